package import Coverage
import JSONSource

/// Coverage for people: a line a file that has something no check decided, the worst first, then
/// the figures.
package struct CoverageText {
    /// How many places of one kind are named before the rest is counted.
    private static let shown = 12
    private let report: CoverageReport
    private let style: TextStyle

    package init(_ report: CoverageReport, style: TextStyle) {
        self.report = report
        self.style = style
    }

    package var text: String { (files + figures + notes).map { $0 + "\n" }.joined() }

    private var files: [String] {
        guard report.total.all > 0 else { return ["coverage: there is nothing to decide"] }
        let open = report.files.filter { $0.total.decided < $0.total.all }
        guard !open.isEmpty else { return ["coverage: checks decided everything there is"] }
        let sorted = open.sorted {
            ($0.total.thousandths, $0.path) < ($1.total.thousandths, $1.path)
        }
        let lines = sorted.map { file in
            let percent = style.paint(Self.percent(file.total).leading(7), .bad)
            return "  \(percent)  \(file.path.printable)  \(Self.gaps(file))"
        }
        let whole = report.files.count - open.count
        let rest = whole == 0 ? [] : ["  \("100 %".leading(7))  \(whole.counted("other file"))"]
        return ["coverage: what no check decided"] + lines + rest
    }

    private var figures: [String] {
        let rows =
            CoverageReport.Part.allCases.map { ($0.words, report.ratio($0)) }
            + [("all", report.total)]
        let width = rows.map { $0.0.count }.max() ?? 0
        return rows.compactMap { name, ratio in
            guard ratio.all > 0 else { return nil }
            let label = name + String(repeating: " ", count: width - name.count)
            let percent = Self.percent(ratio).leading(7)
            let colour: TextStyle.Colour = ratio.decided == ratio.all ? .good : .bad
            return style.paint("  \(percent)  \(label)  \(ratio.decided) of \(ratio.all)", colour)
        }
    }

    private var notes: [String] {
        guard report.cutSurveys > 0 else { return [] }
        let questions = report.cutSurveys.counted("question")
        let verb = report.cutSurveys == 1 ? "concerns" : "concern"
        return [
            "  \(questions) about everybody \(verb) more callers than the "
                + "\(CoverageReport.surveyLimit) that are followed"
        ]
    }

    /// What of a file no check decided, by its lines.
    private static func gaps(_ file: CoverageReport.File) -> String {
        func lines<Item>(_ items: [Item], _ line: (Item) -> Int) -> [Int] {
            Set(items.map(line)).sorted()
        }
        let kinds: [(String, [Int])] = [
            ("statement", lines(file.statements.filter { $0.hits == 0 }) { $0.lines.lowerBound }),
            ("condition that never held", lines(file.conditions.filter { $0.held == 0 }, \.line)),
            (
                "condition that never failed alone",
                lines(file.conditions.filter { $0.failed == 0 }, \.line)
            ),
            ("attachment", lines(file.of(.attachment).filter { $0.hits == 0 }, \.line)),
            ("trust policy", lines(file.of(.trustPolicy).filter { $0.hits == 0 }, \.line)),
            ("permission set", lines(file.of(.permissionSet).filter { $0.hits == 0 }, \.line)),
        ]
        return kinds.filter { !$0.1.isEmpty }.map { name, lines in
            let rest = lines.count - shown
            let named = lines.prefix(shown).map(String.init).joined(separator: ", ")
            return "\(name): \(named)" + (rest > 0 ? ", … and \(rest) more" : "")
        }
        .joined(separator: "; ")
    }

    /// With one digit, rounded down.
    package static func percent(_ ratio: CoverageReport.Ratio) -> String {
        percent(thousandths: ratio.thousandths)
    }

    package static func percent(thousandths: Int) -> String {
        let tenths = thousandths % 10
        return "\(thousandths / 10)\(tenths == 0 ? "" : ".\(tenths)") %"
    }
}

extension CoverageReport.Part {
    var words: String {
        switch self {
        case .statements: "statements"
        case .conditionBranches: "condition branches"
        case .attachments: "attachments"
        case .trustPolicies: "trust policies"
        case .permissionSets: "permission sets"
        }
    }
}

extension String {
    /// With spaces before it, up to a width.
    fileprivate func leading(_ width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
