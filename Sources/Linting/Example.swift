/// JSON that shows a check at work: what it finds stands between `«` and `»`.
///
/// An example without marks is one that the check lets pass.
package struct Example: Sendable {
    package let form: Form
    package let text: String

    package enum Form: Sendable {
        /// One statement, shown without the document around it.
        case statement(PolicyKind)
        case policy(PolicyKind)
        /// An organization file.
        case organization
    }

    package static func statement(_ kind: PolicyKind, _ text: String) -> Example {
        Example(form: .statement(kind), text: text)
    }

    package static func policy(_ kind: PolicyKind, _ text: String) -> Example {
        Example(form: .policy(kind), text: text)
    }

    package static func organization(_ text: String) -> Example {
        Example(form: .organization, text: text)
    }
}

extension Example {
    /// Whether the check finds something in it.
    package var isFound: Bool { text.contains("«") }

    /// The text without marks, a statement wrapped into its document.
    package var plain: String {
        let unmarked = String(text.filter { $0 != "«" && $0 != "»" })
        switch form {
        case .statement: return Self.documentHead + unmarked + "]}"
        case .policy, .organization: return unmarked
        }
    }

    static let documentHead = #"{"Version": "2012-10-17", "Statement": ["#
}
