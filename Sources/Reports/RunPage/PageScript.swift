/// A program within a page, which the browser runs as no other: its hash stands in the page's
/// Content-Security-Policy.
struct PageScript {
    let text: StaticString
    /// SHA-256 of the text in base64; a test holds it.
    let hash: String

    /// Shows the checks that are searched for; without it the page shows all.
    static let filter = PageScript(
        text: """
            const search = document.getElementById("search");
            const shown = document.getElementById("shown");
            const scenarios = [...document.querySelectorAll(".scenario")].map(scenario => ({
              scenario,
              isOpen: scenario.open,
              checks: [...scenario.querySelectorAll(".check")].map(check => ({
                check, step: check.closest(".step"),
                text: (scenario.dataset.name + " " + check.dataset.name).toLowerCase()
              }))
            }));
            function filter() {
              const words = search.value.toLowerCase().split(/\\s+/).filter(word => word);
              const kind = document.querySelector("input[name=kind]:checked").value;
              const isAll = !words.length && kind === "all";
              let count = 0;
              for (const { scenario, checks, isOpen } of scenarios) {
                const before = count;
                for (const step of scenario.querySelectorAll(".step")) step.hidden = true;
                for (const { check, step, text } of checks) {
                  const fits = words.every(word => text.includes(word))
                    && (kind === "all" || check.classList.contains(kind));
                  check.hidden = !fits;
                  if (fits) { count += 1; step.hidden = false; }
                }
                scenario.hidden = !isAll && count === before;
                scenario.open = isAll ? isOpen : count > before;
              }
              shown.textContent = isAll ? "" : count + (count === 1 ? " check" : " checks");
            }
            document.getElementById("controls").hidden = false;
            search.addEventListener("input", filter);
            for (const choice of document.querySelectorAll("input[name=kind]"))
              choice.addEventListener("change", filter);
            window.addEventListener("beforeprint", () => {
              for (const details of document.querySelectorAll(".scenario")) details.open = true;
            });
            if (search.value) filter();

            """,
        hash: "dLp2rC7Z43ceCYd0RcY4rfmUeqWa/XQLsVU6ZRnz8qs="
    )

    /// Shows the rows of tables that are searched for; without it the page shows all.
    static let rows = PageScript(
        text: """
            const search = document.getElementById("search");
            const shown = document.getElementById("shown");
            const groups = [...document.querySelectorAll(".group")].map(group => {
              const head = group.querySelector(".head");
              const words = head ? head.textContent : "";
              return { group, rows: [...group.querySelectorAll("tbody tr")].map(row => ({
                row, text: (words + " " + row.innerText).toLowerCase()
              })) };
            });
            function filter() {
              const words = search.value.toLowerCase().split(/\\s+/).filter(word => word);
              let count = 0;
              for (const { group, rows } of groups) {
                const before = count;
                for (const { row, text } of rows) {
                  row.hidden = !words.every(word => text.includes(word));
                  if (!row.hidden) count += 1;
                }
                group.hidden = words.length > 0 && count === before;
              }
              shown.textContent = words.length ? count + (count === 1 ? " row" : " rows") : "";
            }
            document.getElementById("controls").hidden = false;
            search.addEventListener("input", filter);
            if (search.value) filter();

            """,
        hash: "nel3Zx+gaDVeX5CsSAWxMJphQnT011TPH+SI66o5MjM="
    )
}
