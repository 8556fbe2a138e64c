import JSONSource
import PolicyLanguage

/// How much a request may say of itself, far more than a call to AWS carries: every value may be
/// compared with every value of a policy.
package enum ContextLimits {
    /// Condition keys of one request.
    package static let keys = 200
    /// Values of one key.
    package static let values = 1_000
    /// The bytes of all values of one key.
    package static let bytes = 65_536

    /// Why a key has too much; nil where it has not.
    static func problem(of member: JSONMember) -> String? {
        let texts = (member.value.elements ?? [member.value]).compactMap(\.scalarText)
        if texts.count > values {
            return "'\(member.key)' has \(texts.count) values, at most \(values) are compared"
        }
        let length = texts.reduce(0) { $0 + $1.utf8.count }
        if length > bytes {
            return "the value of '\(member.key)' has \(length) bytes, at most \(bytes) are compared"
        }
        return nil
    }
}
