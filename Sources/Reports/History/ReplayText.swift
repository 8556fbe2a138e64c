package import History
import JSONSource

/// What came of recorded calls, for people: what would newly be denied comes first.
package struct ReplayText {
    private let style: TextStyle
    /// How many rows of a list are shown before the rest is counted.
    private static let shown = 20

    package init(style: TextStyle) {
        self.style = style
    }

    package func text(_ summary: ReplaySummary) -> String {
        var lines = [head(summary)]
        let sections = ChangeSection.sections(of: summary)
        for (overlay, name) in summary.overlays.enumerated() {
            lines += ["", verdict(summary, overlay, name)]
            for section in sections where section.overlay == overlay { lines += text(section) }
        }
        let others = summary.changes.settled.rest
        if others.count > 0 { lines.append("\(others.count) more changes are not told one by one") }
        lines += ["", "What AWS did, and what \(summary.organization.printable) decides:"]
        for one in Reproduction.allCases where summary.count(one) > 0 {
            let isBad = one == .contradicted || one == .otherReason
            let count = "  \(summary.count(one))  \(one.words)"
            lines.append(isBad ? style.paint(count, .bad) : count)
        }
        lines += disagreements(summary) + unmodelled(summary) + problems(summary)
        return lines.joined(separator: "\n") + "\n"
    }

    private func head(_ summary: ReplaySummary) -> String {
        let records = summary.records
        let span = records.first.flatMap { first in
            records.last.map { ", \(first) to \($0)" }
        }
        return records.count.counted("record") + " of " + summary.files.counted("file")
            + (span ?? "")
    }

    private func verdict(_ summary: ReplaySummary, _ overlay: Int, _ name: String) -> String {
        let counts = Effect.allCases.map { (effect: $0, count: summary.count($0, under: overlay)) }
        let shown = counts.filter { $0.count > 0 || $0.effect == .newlyDenied }
        let words = shown.map { "\($0.count) \($0.effect.words)" }.joined(separator: ", ")
        let isBad = summary.count(.newlyDenied, under: overlay) > 0
        return style.paint("Against \(name.printable): \(words)", isBad ? .bad : .good)
    }

    private func text(_ section: ChangeSection) -> [String] {
        let mark =
            section.effect == .newlyDenied ? "✗" : section.effect == .newlyAllowed ? "✓" : "?"
        let calls = section.count.counted("request")
        var lines = ["  \(mark) \(calls) \(section.effect.heading)"]
        for statement in section.statements {
            lines.append("      \(statement.words.printable)")
            if let location = statement.location {
                lines.append("        " + style.paint(location.printable, .faint))
            }
        }
        if section.statements.isEmpty { lines.append("      what is not told") }
        for row in section.rows.prefix(Self.shown) {
            let key = row.key
            lines.append(
                "    \(row.tally.count)× \(key.action) by \(key.principal)"
                    + " \(row.tally.span)".printable
            )
        }
        return lines + rest(of: section.rows.count)
    }

    private func rest(of count: Int) -> [String] {
        count > Self.shown ? ["    … and \(count - Self.shown) more, see --format json"] : []
    }

    private func disagreements(_ summary: ReplaySummary) -> [String] {
        let settled = summary.disagreements.settled
        guard !settled.groups.isEmpty else { return [] }
        let rows = settled.groups.sorted {
            $0.tally.count != $1.tally.count ? $0.tally.count > $1.tally.count : $0.key < $1.key
        }
        var lines = ["", "Where they differ, and what the organization file may lack:"]
        for (key, tally) in rows.prefix(Self.shown) {
            lines.append("  \(tally.count)× \(key.action) by \(key.principal)")
            lines.append("      AWS: \(key.recorded.printable); here: \(key.simulated.printable)")
            lines.append("      \(key.missingPiece.printable)")
        }
        return lines + rest(of: rows.count)
    }

    private func unmodelled(_ summary: ReplaySummary) -> [String] {
        let settled = summary.unmodelled.settled
        guard !settled.groups.isEmpty else { return [] }
        let rows = settled.groups.sorted {
            $0.tally.count != $1.tally.count ? $0.tally.count > $1.tally.count : $0.key < $1.key
        }
        var lines = ["", "Not asked, so that nothing is known of them:"]
        for (key, tally) in rows.prefix(Self.shown) {
            lines.append("  \(tally.count)× \(key.event.printable): \(key.reason.printable)")
        }
        return lines + rest(of: rows.count)
    }

    private func problems(_ summary: ReplaySummary) -> [String] {
        var lines: [String] = []
        let files = summary.badFiles.settled
        if !files.groups.isEmpty {
            lines += ["", style.paint("Not read, or not to the end:", .bad)]
            for (key, _) in files.groups.prefix(Self.shown) {
                let place = key.number > 0 ? ", behind record \(key.number)" : ""
                lines.append("  \(key.file.printable)\(place): \(key.message.printable)")
            }
            lines += rest(of: files.groups.count)
        }
        let records = summary.badRecords.settled
        if !records.groups.isEmpty {
            let count = summary.badRecordCount
            lines += ["", style.paint("\(count.counted("record")) could not be read:", .bad)]
            for (key, _) in records.groups.prefix(Self.shown) {
                lines.append("  \(key.file.printable)#\(key.number): \(key.message.printable)")
            }
            lines += rest(of: count)
        }
        return lines
    }
}
