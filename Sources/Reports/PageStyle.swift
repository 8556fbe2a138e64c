/// How pages look: by light and by night, on a phone and on paper.
///
/// Text has a contrast of 4.5 to 1 and more on all of its backgrounds (WCAG 2.2, 1.4.3).
enum PageStyle {
    static let rules: StaticString = """
        :root {
          color-scheme: light dark;
          --page: #ffffff; --raised: #f5f7f9; --line: #d3d9df; --text: #1c2127; --faint: #58616b;
          --link: #0a58b5; --mark: #fff1b8;
          --good: #0d5f2b; --good-tint: #def5e5; --good-band: #136333;
          --bad: #a11226; --bad-tint: #fdeaea; --bad-band: #a11226;
          --open: #744a00; --open-tint: #fff2cf; --open-band: #744a00;
          --odd: #4b5560; --odd-tint: #e9edf0; --odd-band: #4b5560;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #10151b; --raised: #1a212a; --line: #36404b; --text: #e4eaf0; --faint: #a0abb7;
            --link: #7db4f5; --mark: #4d4210;
            --good: #74dc93; --good-tint: #143321; --good-band: #1a6a38;
            --bad: #ffa29d; --bad-tint: #42191d; --bad-band: #a8293a;
            --open: #f2c877; --open-tint: #3a2f10; --open-band: #7d5a10;
            --odd: #c0c9d2; --odd-tint: #2b343e; --odd-band: #4e5a67;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--page); color: var(--text);
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
        }
        main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }
        h1, h2, h3 { line-height: 1.3; margin: 0; overflow-wrap: anywhere; }
        h2, h3 { font-size: 1.15rem; }
        p, ul, ol, blockquote, pre, table { margin: 0; }
        p, li, td, th, summary { overflow-wrap: anywhere; }
        ul, ol { padding-left: 1.4rem; }
        a { color: var(--link); }
        a:focus-visible, summary:focus-visible, input:focus-visible {
          outline: 2px solid var(--link); outline-offset: 2px;
        }
        code, pre {
          font: 0.875em/1.5 ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace;
        }
        section { margin-top: 2rem; }
        section > h2, section > h3 {
          padding-bottom: .3rem; margin-bottom: .8rem; border-bottom: 1px solid var(--line);
        }
        section > * + p, section > * + ul, section > * + table, section > * + div {
          margin-top: .75rem;
        }
        article + article { margin-top: 3.5rem; }
        .lead, .rest, .where, .after, .arn { color: var(--faint); font-size: .925rem; }
        .rest { font-style: italic; }

        .overview h1 { font-size: 1.6rem; margin-bottom: 1rem; }
        .overview li { margin-bottom: .4rem; overflow-wrap: anywhere; }
        .overview { margin-bottom: 2.5rem; }
        .chip {
          display: inline-block; padding: 0 .55em; margin-right: .5em; border-radius: 1em;
          font-size: .875rem; font-weight: 600; white-space: nowrap;
        }
        .chip.good { color: var(--good); background: var(--good-tint); }
        .chip.bad { color: var(--bad); background: var(--bad-tint); }
        .chip.open { color: var(--open); background: var(--open-tint); }
        .chip.odd { color: var(--odd); background: var(--odd-tint); }

        .verdict { padding: 1.1rem 1.35rem 1.2rem; border-radius: .6rem; color: #ffffff; }
        .verdict.good { background: var(--good-band); }
        .verdict.bad { background: var(--bad-band); }
        .verdict.open { background: var(--open-band); }
        .verdict.odd { background: var(--odd-band); }
        .verdict a, .verdict .arn { color: #ffffff; }
        .verdict .word { display: block; font-size: 1.7rem; line-height: 1.25; }
        .verdict .word::first-letter { text-transform: uppercase; }
        .verdict .question { display: block; font-size: 1.1rem; font-weight: 500; }
        .verdict .arn { font-size: .85rem; }
        .verdict .summary { margin-top: .7rem; }
        .remark {
          margin-top: 1rem; padding: .7rem 1rem; border-left: .25rem solid var(--open);
          background: var(--open-tint);
        }

        .layers { list-style: none; padding: 0; }
        .layer {
          display: grid; grid-template-columns: 1.9rem minmax(0, 1fr); padding: .35rem .5rem;
          border-radius: .4rem;
        }
        .layer .mark { font-weight: 700; }
        .layer strong { font-weight: 600; }
        .layer.good .mark { color: var(--good); }
        .layer.faint, .layer.faint .mark { color: var(--faint); }
        .layer.faint strong { font-weight: 500; }
        .layer.bad .mark { color: var(--bad); }
        .layer.open .mark { color: var(--open); }
        .layer.bad, .layer.open { margin: .35rem 0; padding-top: .6rem; padding-bottom: .7rem; }
        .layer.bad { background: var(--bad-tint); }
        .layer.open { background: var(--open-tint); }
        .layer:target { outline: 2px solid var(--link); }

        .card {
          margin-top: .7rem; padding: .7rem .9rem; border: 1px solid var(--line);
          border-radius: .4rem; background: var(--page); color: var(--text);
        }
        .near { margin-top: .8rem; }
        .near .lead { color: var(--text); }
        .effect {
          padding: 0 .45em; border-radius: .25em; font-size: .8125rem; font-weight: 600;
        }
        .effect.good { color: var(--good); background: var(--good-tint); }
        .effect.bad { color: var(--bad); background: var(--bad-tint); }
        .place { color: var(--faint); }
        .elements { list-style: none; padding: 0; margin-top: .35rem; }
        .elements li { display: grid; grid-template-columns: 4.9rem minmax(0, 1fr); gap: .4rem; }
        .elements .outcome { font-size: .875rem; color: var(--faint); }
        .elements .fails .outcome { color: var(--bad); font-weight: 600; }
        .elements .open .outcome { color: var(--open); font-weight: 600; }
        details { margin-top: .5rem; }
        summary { color: var(--link); cursor: pointer; width: fit-content; max-width: 100%; }
        .card summary { font-size: .925rem; }
        pre {
          margin-top: .4rem; padding: .6rem .8rem; overflow-x: auto; border-radius: .4rem;
          background: var(--raised); border: 1px solid var(--line); tab-size: 4;
        }
        .source { padding: .5rem 0; white-space: normal; }
        .source .line {
          display: grid; grid-template-columns: 4.2rem minmax(0, 1fr); padding-right: .8rem;
          white-space: pre-wrap; overflow-wrap: anywhere;
        }
        .source .number {
          padding: 0 .8rem 0 .4rem; text-align: right; color: var(--faint); user-select: none;
          border-left: .25rem solid transparent;
        }
        .source .key .number { border-left-color: var(--bad); color: var(--text); font-weight: 700; }
        .layer.good .key .number { border-left-color: var(--good); }
        .layer.open .key .number { border-left-color: var(--open); }
        .source mark { background: var(--mark); color: inherit; }
        .source .key mark { font-weight: 700; }

        blockquote {
          padding: .7rem 1rem; border-left: .25rem solid var(--line); background: var(--raised);
        }
        .fixes { list-style: none; padding: 0; counter-reset: fix; }
        .fixes > li { counter-increment: fix; position: relative; padding-left: 2.6rem; }
        .fixes > li::before {
          content: counter(fix); position: absolute; left: .9rem; font-weight: 700;
          color: var(--faint);
        }
        .opens summary { color: var(--open); }
        .closes summary { color: var(--bad); }

        table { width: 100%; border-collapse: collapse; font-size: .925rem; }
        th, td { padding: .35rem .6rem; text-align: left; vertical-align: top; }
        th { font-weight: 600; color: var(--faint); }
        tr { border-bottom: 1px solid var(--line); }
        .keys td:first-child { width: 32%; }
        .keys td:last-child { width: 24%; }
        .keys .absent td, .keys .unknown td { color: var(--open); }
        .hops li { margin-bottom: .6rem; }
        .facts { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem; }
        .facts li {
          margin: 0; padding: 0 .55em; border-radius: .3em; font-size: .875rem;
          background: var(--raised); border: 1px solid var(--line);
        }
        .trace table { margin-top: .9rem; }
        .trace caption {
          padding: .35rem .6rem; text-align: left; font-weight: 600; background: var(--raised);
          overflow-wrap: anywhere;
        }
        .trace th { width: 36%; color: var(--text); font-weight: 400; }
        .trace td:nth-child(2) { width: 9rem; }
        .trace .elements { margin: 0; }
        .trace .elements li { grid-template-columns: 4.2rem minmax(0, 1fr); }
        .trace .fails th, .trace .fails td:nth-child(2) { color: var(--faint); }
        .trace .matches td:nth-child(2) { font-weight: 600; }
        .trace label { display: block; margin-top: .6rem; font-size: .925rem; }
        .trace:has(.filter:checked) tr.fails { display: none; }
        footer { margin-top: 3rem; color: var(--faint); font-size: .875rem; }

        @media (max-width: 40rem) {
          main { padding: .75rem .75rem 2rem; }
          .verdict { padding: .9rem 1rem; }
          .verdict .word { font-size: 1.4rem; }
          .verdict .summary { padding-left: 1.1rem; }
          .layer { grid-template-columns: 1.4rem minmax(0, 1fr); padding-left: .3rem; }
          .card { padding: .6rem .65rem; }
          .layer .card { margin-left: -1.4rem; }
          .elements li { display: block; margin-top: .2rem; }
          .source .line { grid-template-columns: 3rem minmax(0, 1fr); }
          .source .number { padding-right: .5rem; }
          table, caption, tbody, tr, td, thead, th { display: block; }
          .keys thead { display: none; }
          .keys td, .keys td:first-child, .keys td:last-child,
          .trace th, .trace td, .trace td:nth-child(2) { width: auto; padding: .1rem 0; }
          .keys tr, .trace tbody tr { padding: .5rem 0; }
          .trace td:empty { display: none; }
        }
        @media print {
          :root {
            color-scheme: light;
            --page: #ffffff; --raised: #ffffff; --line: #b5bcc4; --text: #000000; --faint: #444c55;
            --link: #000000; --mark: #ffffff;
            --good: #0d5f2b; --good-tint: #ffffff; --good-band: #ffffff;
            --bad: #a11226; --bad-tint: #ffffff; --bad-band: #ffffff;
            --open: #744a00; --open-tint: #ffffff; --open-band: #ffffff;
            --odd: #4b5560; --odd-tint: #ffffff; --odd-band: #ffffff;
          }
          body { font-size: 11pt; }
          main { max-width: none; padding: 0; }
          .verdict { padding: .6rem .9rem; border: 2pt solid; }
          .verdict.good { color: var(--good); }
          .verdict.bad { color: var(--bad); }
          .verdict.open { color: var(--open); }
          .verdict.odd { color: var(--odd); }
          .verdict a, .verdict .arn { color: inherit; }
          .card, .layer.faint, .layer.good, tr, .hops li { break-inside: avoid; }
          h2, h3, .lead { break-after: avoid; }
          article + article { break-before: page; }
          details:not(.trace, .change)::details-content { content-visibility: visible; display: block; }
          pre { white-space: pre-wrap; overflow-wrap: anywhere; }
          .trace label { display: none; }
        }
        """
}
