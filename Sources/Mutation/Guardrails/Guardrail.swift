package import Authorization
package import JSONSource
import PolicyLanguage

/// A policy document of the user's own, with every place of every organization that holds it.
///
/// What several files refer to is one document: a fault in it is a fault everywhere.
package struct Guardrail: Sendable {
    package let type: PolicyType
    let grammar: PolicyGrammar
    /// As sentences name it: "service control policy 'X'".
    package let title: String
    let value: JSONValue
    package var span: SourceSpan { value.span }
    /// The ARN of whose policy it is, for the one policy of a role or resource; nil where several
    /// have it.
    var resource: String?
    /// Where it stands.
    var places: [Place] = []

    struct Place: Sendable {
        /// Which of the organizations.
        let world: Int
        /// The keys that lead there.
        let path: [String]
        /// What trace and reasons know the document by there.
        let span: SourceSpan
    }
}

/// A place where an organization attaches a guardrail.
struct Attachment: Sendable {
    /// Which of the guardrails.
    let guardrail: Int
    let policy: String
    /// A unit's path, an account, or who is bounded.
    let target: String
    /// Where the name stands.
    let span: SourceSpan
    var places: [Place]

    struct Place: Sendable {
        let world: Int
        /// The list of attached policies, or the boundary.
        let path: [String]
        /// The units and accounts right below, for a control policy.
        let children: [Child]
    }

    struct Child: Sendable {
        let name: String
        /// Where its list stands, or would stand.
        let path: [String]
    }
}
