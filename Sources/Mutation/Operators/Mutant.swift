package import JSONSource

/// One small fault in one guardrail.
package struct Mutant: Sendable {
    /// The same in every run as long as nobody touches what it is about.
    package let id: String
    package let kind: MutationOperator
    /// Which of the guardrails.
    package let guardrail: Int
    /// What it changes.
    package let span: SourceSpan
    /// "drops the statement 'DenyAll'".
    package let sentence: String
    /// The statement it is in, counted from 0; nil for an attachment.
    let statement: Int?
    let change: Change

    enum Change: Sendable {
        /// What the document says then.
        case document(JSONValue)
        /// A policy by its name, with where it goes and where it comes.
        case attachment(String, [Edit])
    }

    struct Edit: Sendable {
        let world: Int
        /// Where the list of attached policies stands, or the boundary.
        let path: [String]
        let verb: Verb

        enum Verb: Sendable {
            case detach
            case attach
            case takeBoundary
        }
    }
}

/// A fault in a document, before it has a name.
struct Draft {
    let kind: MutationOperator
    let statement: Int
    /// What tells it from others of its kind.
    let detail: String
    let span: SourceSpan
    let sentence: String
    let document: JSONValue
}

/// A short name of something that is the same in every run (FNV-1a).
func stableID(_ text: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String((String(repeating: "0", count: 16 - digits.count) + digits).prefix(10))
}
