import Authorization
import Coverage
import JSONSource

// What checks decided of the policies, and what not.
extension RunPage {
    /// More gaps of one file are counted.
    private static let gapLimit = 200

    func coverage(_ report: CoverageReport) -> HTML {
        HTML(.section, .class("coverage")) {
            HTML(.h2) { "Coverage \(CoverageText.percent(report.total))" }
            HTML(.table) {
                HTML(.tbody) {
                    for part in CoverageReport.Part.allCases where report.ratio(part).all > 0 {
                        let ratio = report.ratio(part)
                        HTML(.tr) {
                            HTML(.th, .plain("scope", "row")) { part.words }
                            HTML(.td) { CoverageText.percent(ratio) }
                            HTML(.td) { "\(ratio.decided) of \(ratio.all)" }
                        }
                    }
                }
            }
            let open = report.files.filter { $0.total.decided < $0.total.all }
            if open.isEmpty {
                HTML(.p) { "Checks decided everything there is." }
            } else {
                HTML(.p, .class("lead")) { "What no check decided:" }
                for file in open { gaps(of: file) }
            }
        }
    }

    private func gaps(of file: CoverageReport.File) -> HTML {
        let gaps = Self.gaps(file)
        return HTML(.details, .plain("open")) {
            HTML(.summary) {
                HTML(.code) { file.path }
                " \(CoverageText.percent(file.total))"
            }
            HTML(.ul) {
                for gap in gaps.prefix(Self.gapLimit) {
                    HTML(.li) {
                        HTML(.code, .class("place")) { "line \(gap.line)" }
                        " \(gap.text)"
                    }
                }
            }
            ExplanationPage.rest(gaps.count - Self.gapLimit, "gap")
        }
    }

    /// What of a file no check decided, in the order of its lines.
    private static func gaps(_ file: CoverageReport.File) -> [(line: Int, text: String)] {
        var gaps: [(line: Int, text: String)] = []
        for statement in file.statements where statement.hits == 0 {
            let text = "statement \(statement.label) of \(statement.policy.name)"
            gaps.append((statement.lines.lowerBound, text))
        }
        for condition in file.conditions {
            let text = "\(condition.text) in \(condition.statement) of \(condition.policy.name)"
            if condition.held == 0 { gaps.append((condition.line, "\(text) never held")) }
            if condition.failed == 0 {
                gaps.append((condition.line, "\(text) never decided by failing"))
            }
        }
        for place in file.places where place.hits == 0 { gaps.append((place.line, place.text)) }
        return gaps.sorted { ($0.line, $0.text) < ($1.line, $1.text) }
    }
}
