package import History
import JSONSource
import PolicyLanguage

/// What came of recorded calls, as a page for a browser.
package struct ReplayPage {
    /// How many rows of a table are shown before the rest is counted.
    private static let shown = 500

    package init() {}

    package func html(_ summary: ReplaySummary) -> String {
        let sections = ChangeSection.sections(of: summary)
        return HTMLPage(title: "Recorded calls under \(summary.organization)", script: .rows) {
            HTML(.header, .class("overview")) {
                HTML(.h1) { "Recorded calls under \(summary.organization)" }
                HTML(.p) { summary.headline }
                if let remark = summary.passedOver { HTML(.p) { remark } }
                if let gap = summary.gap { HTML(.p, .class("remark")) { gap } }
                controls
            }
            for (overlay, name) in summary.overlays.enumerated() {
                HTML(.section) {
                    HTML(.h2) { "Against \(name)" }
                    HTML(.p) { chips(summary, overlay) }
                    for section in sections where section.overlay == overlay { part(section) }
                }
            }
            untold(summary.changes.settled.rest.count, "request")
            HTML(.section) {
                HTML(.h2) { "What AWS did, and what is decided here" }
                HTML(.ul) {
                    for one in Reproduction.allCases where summary.count(one) > 0 {
                        HTML(.li) { "\(summary.count(one)) \(one.words)" }
                    }
                }
            }
            disagreements(summary)
            unmodelled(summary)
            problems(summary)
        }.rendered
    }

    /// Shown by the script that serves them.
    private var controls: HTML {
        HTML(.div, .id("controls"), .class("controls"), .plain("hidden")) {
            HTML(
                .input,
                .id("search"),
                .plain("type", "search"),
                .plain("placeholder", "principal, action, account, policy"),
                .label("search the rows")
            )
            HTML(.span, .id("shown"), .class("lead"), .plain("role", "status")) {}
        }
    }

    private func chips(_ summary: ReplaySummary, _ overlay: Int) -> [HTML] {
        Effect.allCases.compactMap { effect in
            let count = summary.count(effect, under: overlay)
            guard count > 0 || effect == .newlyDenied else { return nil }
            let look =
                switch effect {
                case .newlyDenied: count > 0 ? "bad" : "good"
                case .couldBeDenied, .couldBeAllowed, .notAsked: "open"
                case .newlyAllowed, .same: "good"
                }
            return HTML(.span, .class("chip \(look)")) { "\(count) \(effect.words)" }
        }
    }

    private func part(_ section: ChangeSection) -> HTML {
        HTML(.div, .class("group")) {
            HTML(.div, .class("head")) {
                HTML(.h3) { "\(section.count.counted("request")) \(section.effect.heading)" }
                HTML(.ul) {
                    for statement in section.statements {
                        HTML(.li) {
                            statement.words
                            if let location = statement.location {
                                HTML(.span, .class("place")) { " \(location)" }
                            }
                        }
                    }
                    if section.statements.isEmpty { HTML(.li) { "what no file tells" } }
                }
            }
            table(
                ["requests", "action", "principal", "first (UTC)", "last"],
                section.rows.map { row in
                    [
                        String(row.tally.count), row.key.action, row.key.principal,
                        row.tally.first?.words ?? "", row.tally.last?.words ?? "",
                    ]
                }
            )
        }
    }

    private func table(_ titles: [String], _ rows: [[String]]) -> [HTML] {
        let more = rows.count - Self.shown
        return [
            HTML(.table, titles.last == "last" ? .class("times") : nil) {
                HTML(.thead) { HTML(.tr) { for title in titles { HTML(.th) { title } } } }
                HTML(.tbody) {
                    for row in rows.prefix(Self.shown) {
                        HTML(.tr) { for cell in row { HTML(.td) { cell } } }
                    }
                }
            }
        ] + (more > 0 ? [HTML(.p, .class("rest")) { "and \(more) more, see --format json" }] : [])
    }

    private func section(_ title: String, _ titles: [String], _ rows: [[String]]) -> HTML? {
        if rows.isEmpty { return nil }
        return HTML(.section) {
            HTML(.h2) { title }
            HTML(.div, .class("group")) { table(titles, rows) }
        }
    }

    private func disagreements(_ summary: ReplaySummary) -> HTML? {
        section(
            "Where they differ, and what the organization file may lack",
            ["requests", "action", "principal", "AWS", "here", "may lack"],
            summary.disagreements.oftenFirst.map { key, tally in
                [
                    String(tally.count), key.action, key.principal, key.recorded, key.simulated,
                    key.missingPiece,
                ]
            }
        )
    }

    private func unmodelled(_ summary: ReplaySummary) -> HTML? {
        section(
            "Not asked, so that nothing is known of them",
            ["records", "event", "why"],
            summary.unmodelled.oftenFirst.map {
                [String($0.tally.count), $0.key.event, $0.key.reason]
            }
        )
    }

    private func problems(_ summary: ReplaySummary) -> [HTML] {
        let (files, records) = (summary.badFiles.settled, summary.badRecords.settled)
        return [
            section(
                "Not read, or not to the end",
                ["file", "behind record", "why"],
                files.groups.map { key, _ in
                    [key.file, key.number > 0 ? String(key.number) : "", key.message]
                }
            ),
            section(
                "Records that could not be read",
                ["file", "record", "why"],
                records.groups.map { key, _ in [key.file, String(key.number), key.message] }
            ),
            untold(files.rest.count + records.rest.count, "file or record"),
        ].compactMap(\.self)
    }

    /// What an answer counts together, since there was too much of it.
    private func untold(_ count: Int, _ noun: String) -> HTML? {
        if count == 0 { return nil }
        return HTML(.p, .class("rest")) {
            "and \(count.counted(noun)) that no answer tells one by one"
        }
    }
}
