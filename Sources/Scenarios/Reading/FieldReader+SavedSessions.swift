import JSONSource
import PolicyLanguage

// Steps held against one another: sessions kept and used, steps after which nothing comes.
extension FieldReader {
    /// Reports sessions that are kept under a name and never used, or not under a name at all.
    mutating func checkSavedSessions(_ steps: [JSONValue], defaults: StepDefaults) {
        var unused: [String: SourceSpan] = [:]
        for step in steps {
            for name in Self.sessions(in: step, defaults: defaults) {
                unused[name] = nil
            }
            // Elsewhere the field is unknown, and said to be.
            guard SessionCall.Verb.allCases.contains(where: { step[$0.rawValue] != nil }),
                let value = step["saveAs"], let text = value.string
            else { continue }
            checkSessionName(text, at: value.span)
            let name = Self.plainSessionName(text)
            warnDenied(step, at: value.span)
            if let earlier = unused[name] {
                let message = "the session '\(name)' is saved again before it was used"
                let problem = Diagnostic.warning("scenario.saved-twice", message, at: value.span)
                diagnostics.append(problem.noting("it was saved here", at: earlier))
            }
            unused[name] = value.span
        }
        for span in unused.sorted(by: { $0.value.start < $1.value.start }) {
            let message = "the session '\(span.key)' is saved and never used"
            diagnostics.append(.warning("scenario.unused-session", message, at: span.value))
        }
    }

    /// The names behind `$` in the principal of a step, or a list of them.
    private static func sessions(in step: JSONValue, defaults: StepDefaults) -> [String] {
        let own = step["principal"].flatMap { $0.isNull ? nil : $0 }
        guard let principal = own ?? defaults.principal else { return [] }
        return (principal.elements ?? [principal]).compactMap(\.string)
            .filter { $0.hasPrefix("$") }.map(plainSessionName)
    }

    /// The name alone, also where `$` stands before it by mistake.
    static func plainSessionName(_ name: String) -> String { String(name.drop { $0 == "$" }) }

    private mutating func checkSessionName(_ name: String, at span: SourceSpan) {
        if name.hasPrefix("$") {
            let message = "'saveAs' takes the name alone; '$' stands before it where it is used"
            let help = "did you mean '\(name.dropFirst())'?"
            diagnostics.append(.error("scenario.session-name", message, at: span, help: help))
        } else if name.isEmpty {
            refuse("scenario.session-name", "'saveAs' is an empty name", at: span)
        }
    }

    /// What is expected to fail leaves no session to keep.
    private mutating func warnDenied(_ step: JSONValue, at span: SourceSpan) {
        guard let expect = step["expect"], let word = expect.string, word != "allowed",
            Expectation.Verdict(rawValue: word) != nil
        else { return }
        let message = "there is no session to save where '\(word)' is expected"
        let problem = Diagnostic.warning("scenario.session-not-obtained", message, at: span)
        diagnostics.append(problem.noting("'expect' stands here", at: expect.span))
    }

    /// Warns of steps that only move the clock, where no step after them looks at it.
    mutating func warnIdleSteps(_ steps: [JSONValue], in list: JSONValue) {
        let clocks = steps.reversed().prefix { step in
            let verbs = (step.members ?? []).map(\.key).filter(Self.verbs.contains)
            return !verbs.isEmpty && Set(verbs).isSubset(of: ["advance", "at"])
        }
        if !steps.isEmpty, clocks.count == steps.count {
            let message = "the steps only move the clock: nothing is checked"
            diagnostics.append(.warning("scenario.no-steps", message, at: list.span))
            return
        }
        for step in clocks.reversed() {
            let message = "no step after this one looks at the clock"
            diagnostics.append(.warning("scenario.idle-clock", message, at: step.span))
        }
    }
}
