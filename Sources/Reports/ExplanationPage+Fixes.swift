import Authorization
import Explaining
import JSONSource

// What would change the verdict.
extension ExplanationPage.Article {
    private static let fixLimit = 20
    private static let effectLimit = 30
    /// A change that writes a whole policy anew may be long.
    private static let lineLimit = 400

    var changes: HTML? {
        guard !answer.fixes.isEmpty || answer.fixNote != nil else { return nil }
        let isAllowed = decision.outcome == .allowed
        return section(isAllowed ? "What would stop it" : "What would change it") {
            if let note = answer.fixNote { HTML(.p) { note } }
            if !answer.fixes.isEmpty {
                HTML(.p, .class("lead")) {
                    answer.fixes.count > 1
                        ? "Each of these alone, the smallest first; the engine has confirmed them all:"
                        : "The engine has confirmed it:"
                }
                HTML(.ol, .class("fixes")) {
                    for told in answer.fixes.prefix(Self.fixLimit) { fix(told) }
                }
            }
            rest(answer.fixes.count - Self.fixLimit, "way")
        }
    }

    private func fix(_ told: ToldFix) -> HTML {
        let edits = told.fix.edits
        return HTML(.li, .class("card")) {
            if edits.count == 1 {
                HTML(.p) { edits[0].sentence }
            } else {
                HTML(.p) { "All of these together:" }
                HTML(.ul) { for edit in edits { HTML(.li) { edit.sentence } } }
            }
            HTML(.p, .class("after")) {
                "then: "
                HTML(.strong) { told.fix.decision.outcome.words }
            }
            effects(told.opened, "also allowed then", style: "opens")
            effects(told.closed, "no longer allowed then", style: "closes")
            if !told.fix.changes.isEmpty {
                HTML(.details, .class("change")) {
                    HTML(.summary) { "the change as a step of a scenario" }
                    json(.fields(["change": told.fix.changeStep]))
                }
            }
        }
    }

    private func effects(_ names: [String], _ words: String, style: String) -> HTML? {
        guard !names.isEmpty else { return nil }
        return HTML(.details, .class(style), .plain("open")) {
            HTML(.summary) { "\(names.count.counted("other check")) \(words)" }
            HTML(.ul) { for name in names.prefix(Self.effectLimit) { HTML(.li) { name } } }
            rest(names.count - Self.effectLimit, "check")
        }
    }

    /// JSON as it is put into a file.
    func json(_ value: JSONOutput) -> HTML {
        let lines = value.pretty(depth: 0).split(separator: "\n", omittingEmptySubsequences: false)
        return HTML(.div) {
            HTML(.pre) {
                for line in lines.prefix(Self.lineLimit) {
                    String(line)
                    HTML.newline
                }
            }
            rest(lines.count - Self.lineLimit, "line")
        }
    }
}
