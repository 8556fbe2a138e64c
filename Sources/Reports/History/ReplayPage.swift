package import History
import JSONSource

/// What came of recorded calls, as a page for a browser.
package struct ReplayPage {
    /// How many rows of a table are shown before the rest is counted.
    private static let shown = 500

    package init() {}

    package func html(_ summary: ReplaySummary) -> String {
        let sections = ChangeSection.sections(of: summary)
        return HTMLPage(title: "Recorded calls under \(summary.organization)") {
            HTML(.header, .class("overview")) {
                HTML(.h1) { "Recorded calls under \(summary.organization)" }
                HTML(.p) {
                    summary.records.count.counted("record") + " of "
                        + summary.files.counted("file") + " " + summary.records.span
                }
            }
            for (overlay, name) in summary.overlays.enumerated() {
                HTML(.section) {
                    HTML(.h2) { "Against \(name)" }
                    HTML(.p) { chips(summary, overlay) }
                    for section in sections where section.overlay == overlay { part(section) }
                }
            }
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

    private func part(_ section: ChangeSection) -> [HTML] {
        [
            HTML(.h3) { "\(section.count.counted("request")) \(section.effect.heading)" },
            HTML(.ul) {
                for statement in section.statements {
                    HTML(.li) {
                        statement.words
                        if let location = statement.location {
                            HTML(.span, .class("place")) { " \(location)" }
                        }
                    }
                }
            },
            table(
                ["requests", "action", "principal", "account", "when"],
                section.rows.map { row in
                    [
                        String(row.tally.count), row.key.action, row.key.principal,
                        row.key.account, row.tally.span,
                    ]
                }
            ),
        ]
    }

    private func table(_ titles: [String], _ rows: [[String]]) -> HTML {
        HTML(.div) {
            HTML(.table) {
                HTML(.thead) { HTML(.tr) { for title in titles { HTML(.th) { title } } } }
                HTML(.tbody) {
                    for row in rows.prefix(Self.shown) {
                        HTML(.tr) { for cell in row { HTML(.td) { cell } } }
                    }
                }
            }
            if rows.count > Self.shown {
                HTML(.p, .class("rest")) { "and \(rows.count - Self.shown) more" }
            }
        }
    }

    private func disagreements(_ summary: ReplaySummary) -> HTML? {
        let groups = summary.disagreements.settled.groups
        if groups.isEmpty { return nil }
        return HTML(.section) {
            HTML(.h2) { "Where they differ, and what the organization file may lack" }
            table(
                ["requests", "action", "principal", "AWS", "here", "may lack"],
                groups.map { key, tally in
                    [
                        String(tally.count), key.action, key.principal, key.recorded,
                        key.simulated, key.missingPiece,
                    ]
                }
            )
        }
    }

    private func unmodelled(_ summary: ReplaySummary) -> HTML? {
        let groups = summary.unmodelled.settled.groups
        if groups.isEmpty { return nil }
        return HTML(.section) {
            HTML(.h2) { "Not asked, so that nothing is known of them" }
            table(
                ["records", "event", "why"],
                groups.map { [String($0.tally.count), $0.key.event, $0.key.reason] }
            )
        }
    }

    private func problems(_ summary: ReplaySummary) -> HTML? {
        let groups = summary.badFiles.settled.groups + summary.badRecords.settled.groups
        if groups.isEmpty { return nil }
        return HTML(.section) {
            HTML(.h2) { "Not read" }
            table(
                ["file", "record", "why"],
                groups.map { [$0.key.file, String($0.key.number), $0.key.message] }
            )
        }
    }
}
