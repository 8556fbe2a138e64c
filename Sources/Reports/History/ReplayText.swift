package import History
import JSONSource

/// What came of recorded calls, for people: what would newly be denied comes first.
///
/// Lines fit eighty columns where words do.
package struct ReplayText {
    private let style: TextStyle
    /// How many rows of a list are shown before the rest is counted.
    private static let shown = 20

    package init(style: TextStyle) {
        self.style = style
    }

    package func text(_ summary: ReplaySummary) -> String {
        var lines = Wrapping.line("", summary.headline, hanging: 2)
        if let remark = summary.passedOver { lines += Wrapping.line("", remark, hanging: 2) }
        if let gap = summary.gap { lines += paragraph(gap, .bad) }
        let sections = ChangeSection.sections(of: summary)
        for overlay in summary.overlays.indices {
            lines += [""] + verdict(summary, overlay)
            for section in sections where section.overlay == overlay { lines += text(section) }
        }
        let others = summary.changes.settled.rest.count
        if others > 0 {
            lines += ["", "… and \(others.counted("request")) that no answer tells one by one"]
        }
        lines += ["", "What AWS did, and what \(summary.organization.printable) decides:"]
        let width = Reproduction.allCases.map { String(summary.count($0)).count }.max() ?? 0
        for one in Reproduction.allCases where summary.count(one) > 0 {
            let number = String(summary.count(one))
            let start = String(repeating: " ", count: width + 2 - number.count) + number + "  "
            let isBad = one == .contradicted || one == .otherReason
            lines += Wrapping.line(start, one.words).map { isBad ? style.paint($0, .bad) : $0 }
        }
        lines += disagreements(summary) + unmodelled(summary) + problems(summary)
        return lines.joined(separator: "\n") + "\n"
    }

    private func verdict(_ summary: ReplaySummary, _ overlay: Int) -> [String] {
        let counts = Effect.allCases.map { (effect: $0, count: summary.count($0, under: overlay)) }
        let shown = counts.filter { $0.count > 0 || $0.effect == .newlyDenied }
        let words = shown.map { "\($0.count) \($0.effect.words)" }.joined(separator: ", ")
        let isBad = summary.count(.newlyDenied, under: overlay) > 0
        return paragraph("Against \(summary.overlays[overlay]): \(words)", isBad ? .bad : .good)
    }

    private func paragraph(_ text: String, _ colour: TextStyle.Colour) -> [String] {
        Wrapping.line("", text, hanging: 2).map { style.paint($0, colour) }
    }

    private func text(_ section: ChangeSection) -> [String] {
        let mark =
            switch section.effect {
            case .newlyDenied: "✗"
            case .newlyAllowed: "✓"
            case .couldBeDenied, .couldBeAllowed, .notAsked, .same: "?"
            }
        let calls = section.count.counted("request")
        var lines = Wrapping.line("  \(mark) ", "\(calls) \(section.effect.heading)")
        for statement in section.statements {
            lines += Wrapping.line("      ", statement.words, hanging: 8)
            if let location = statement.location {
                lines.append("        " + style.paint(location.printable, .faint))
            }
        }
        if section.statements.isEmpty { lines.append("      what no file tells") }
        return lines
            + list(section.rows) { key, tally in
                let row = "\(tally.count)× \(key.action) by \(key.principal) \(tally.days)"
                return Wrapping.line("    ", row, hanging: 8)
            }
    }

    /// The first rows of a list, and how many more there are.
    private func list<Row>(_ rows: [Row], _ text: (Row) -> [String]) -> [String] {
        let more = rows.count - Self.shown
        return rows.prefix(Self.shown).flatMap(text)
            + (more > 0 ? ["    … and \(more) more, see --format json"] : [])
    }

    private func disagreements(_ summary: ReplaySummary) -> [String] {
        let rows = summary.disagreements.oftenFirst
        if rows.isEmpty { return [] }
        return ["", "Where they differ, and what the organization file may lack:"]
            + list(rows) { key, tally in
                Wrapping.line("  ", "\(tally.count)× \(key.action) by \(key.principal)", hanging: 6)
                    + Wrapping.line("      ", "AWS: \(key.recorded); here: \(key.simulated)")
                    + Wrapping.line("      ", key.missingPiece)
            }
    }

    private func unmodelled(_ summary: ReplaySummary) -> [String] {
        let rows = summary.unmodelled.oftenFirst
        if rows.isEmpty { return [] }
        return ["", "Not asked, so that nothing is known of them:"]
            + list(rows) { key, tally in
                Wrapping.line("  ", "\(tally.count)× \(key.event): \(key.reason)", hanging: 6)
            }
    }

    private func problems(_ summary: ReplaySummary) -> [String] {
        var lines: [String] = []
        let files = summary.badFiles.settled
        if !summary.badFiles.isEmpty {
            lines += ["", style.paint("Not read, or not to the end:", .bad)]
            lines += list(files.groups) { key, _ in
                let place = key.number > 0 ? ", behind record \(key.number)" : ""
                return Wrapping.line("  ", "\(key.file)\(place): \(key.message)", hanging: 6)
            }
            lines += untold(files.rest.count)
        }
        let records = summary.badRecords.settled
        if !summary.badRecords.isEmpty {
            let count = summary.badRecordCount.counted("record")
            lines += ["", style.paint("\(count) could not be read:", .bad)]
            lines += list(records.groups) { key, _ in
                Wrapping.line("  ", "\(key.file)#\(key.number): \(key.message)", hanging: 6)
            }
            lines += untold(records.rest.count)
        }
        return lines
    }

    private func untold(_ count: Int) -> [String] {
        count > 0 ? ["    … and \(count) that no answer tells one by one"] : []
    }
}
