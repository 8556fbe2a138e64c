/// JSON that shows a check at work: what it finds stands between `«` and `»`.
///
/// An example without marks is one that the check lets pass. `⟨a×5000⟩` stands for that many
/// letters.
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

    /// The whole file, a statement wrapped into its document, marks and all.
    package var marked: String {
        switch form {
        case .statement:
            #"{"Version": "2012-10-17", "Statement": ["# + Self.expanded(text) + "]}"
        case .policy, .organization: Self.expanded(text)
        }
    }

    /// The whole file without marks.
    package var plain: String { String(marked.filter { $0 != "«" && $0 != "»" }) }

    private static func expanded(_ text: String) -> String {
        guard let start = text.firstIndex(of: "⟨"), let end = text.firstIndex(of: "⟩") else {
            return text
        }
        let parts = text[text.index(after: start)..<end].split(separator: "×")
        guard parts.count == 2, let count = Int(parts[1]) else { return text }
        let letters = String(repeating: String(parts[0]), count: count)
        return text[..<start] + letters + text[text.index(after: end)...]
    }
}
