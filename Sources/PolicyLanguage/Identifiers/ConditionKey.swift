/// A condition key such as `aws:PrincipalTag/team`; names are compared without regard to case.
///
/// Source: IAM User Guide, "IAM JSON policy elements: Condition" (COND-4).
package struct ConditionKey: Sendable, Hashable, CustomStringConvertible {
    /// Keys are copied far more often than made: both names count as one thing that is held.
    private let names: Names

    private final class Names: Sendable {
        let description: String
        let canonical: String

        init(description: String, canonical: String) {
            self.description = description
            self.canonical = canonical
        }
    }

    package var description: String { names.description }
    package var canonical: String { names.canonical }

    package init(_ text: some StringProtocol) {
        let lower = text.lowercased()
        // Beyond ASCII Swift compares strings by canonical equivalence, AWS by their bytes.
        let canonical =
            lower.utf8.allSatisfy { $0 < 0x80 }
            ? lower
            : lower.unicodeScalars.map {
                $0.isASCII ? String($0) : "\\u{\(String($0.value, radix: 16))}"
            }
            .joined()
        names = Names(description: String(text), canonical: canonical)
    }

    package static func == (left: ConditionKey, right: ConditionKey) -> Bool {
        left.names === right.names || left.canonical == right.canonical
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(canonical)
    }
}

extension ConditionKey: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) {
        self.init(text)
    }
}
