package import JSONSource
package import PolicyLanguage

/// One statement with what each of its elements made of the request.
package struct ToldStatement: Sendable {
    /// The name of its policy; nil for the one policy of a resource or role.
    package let policy: String?
    package let policyARN: String?
    /// The Sid, or the index where there is none.
    package let label: String
    package let sid: String?
    package let index: Int
    package let effect: Statement.Effect
    package let span: SourceSpan
    /// Principal, action, resource and conditions, in this order, where the statement has them.
    package let elements: [Element]

    package struct Element: Sendable {
        package let kind: Kind
        package let outcome: Outcome
        /// What was compared with what, a sentence without period.
        package let text: String
        /// Whether it tells requests apart; `"Action": "*"` does not.
        package let isSelective: Bool
        /// The key of a condition; elsewhere the statement.
        package let span: SourceSpan
    }

    package enum Kind: String, Sendable {
        case principal
        case action
        case resource
        case condition
    }

    package enum Outcome: String, Sendable {
        case matches
        case fails
        /// Unknown keys decide.
        case open
    }

    package var failed: [Element] { elements.filter { $0.outcome == .fails } }
    package var conditions: [Element] { elements.filter { $0.kind == .condition } }

    package var outcome: Outcome {
        if !failed.isEmpty { return .fails }
        return elements.contains { $0.outcome == .open } ? .open : .matches
    }
}
