/// How the page of a run looks, beside what all pages have.
enum RunPageStyle {
    static let rules: StaticString = """

        .verdict h1 { font-size: 1.7rem; }
        .problems li { margin-bottom: .5rem; }
        .controls {
          display: flex; flex-wrap: wrap; gap: .5rem 1.2rem; align-items: center;
          position: sticky; top: 0; z-index: 1; margin-top: 1.5rem; padding: .7rem 0;
          background: var(--page); border-bottom: 1px solid var(--line);
        }
        .controls[hidden], tr[hidden], .group[hidden] { display: none; }
        .controls input[type=search] {
          flex: 1 1 16rem; min-width: 0; padding: .4rem .7rem; font: inherit; color: inherit;
          background: var(--raised); border: 1px solid var(--line); border-radius: .4rem;
        }
        .controls label { white-space: nowrap; }
        .group { margin-top: 1.2rem; }
        .group table { margin-top: .6rem; }
        .group .head ul { list-style: none; padding: 0; }
        .group th, .group td:first-child, .times td:nth-last-child(-n+2) { white-space: nowrap; }
        .scenario { margin-top: .9rem; padding-top: .9rem; border-top: 1px solid var(--line); }
        .controls + .scenario { border-top: 0; }
        .scenario > summary { width: auto; color: var(--text); font-weight: 600; }
        .scenario > summary .place { font-weight: 400; }
        .scenario > .lead { margin-top: .4rem; }
        .step { margin: .9rem 0 0 1.1rem; }
        .step h3 { font-size: 1rem; font-weight: 600; }
        .check { padding: .15rem .5rem .15rem 1.6rem; border-radius: .4rem; }
        .check .sign { display: inline-block; width: 1.2rem; margin-left: -1.2rem; font-weight: 700; }
        .check.passed .sign { color: var(--good); }
        .check.failed .sign { color: var(--bad); }
        .check.failed { background: var(--bad-tint); margin: .3rem 0; padding-top: .4rem;
          padding-bottom: .4rem; }
        details.check { margin-top: 0; }
        .check > summary { width: auto; color: inherit; list-style: none; }
        .check > summary::-webkit-details-marker { display: none; }
        .check > summary::after { content: " ▸"; color: var(--faint); }
        .check[open] > summary::after { content: " ▾"; }
        .check .why { color: var(--bad); }
        .check section { margin-top: .8rem; }
        .check section > h3 { font-size: 1rem; }
        .tree ul { list-style: none; padding-left: 1.3rem; border-left: 1px solid var(--line); }
        .tree > ul { padding-left: 0; border-left: 0; }
        .tree li { padding: .15rem 0 .15rem .2rem; }
        .tree .attached { font-size: .925rem; }
        .tree .attached ul { border-left: 0; }
        .tree .attached summary { color: inherit; }
        .tree .id { color: var(--faint); font-size: .875rem; }

        @media (max-width: 40rem) {
          .group thead { display: none; }
          .group td { padding: .1rem 0; }
        }
        @media print {
          .controls { display: none; }
          .scenario, .step, .check { break-inside: auto; }
          .check > summary::after { content: ""; }
        }
        """
}
