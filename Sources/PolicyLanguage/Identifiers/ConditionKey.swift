/// A condition key such as `aws:PrincipalTag/team`; names are compared without regard to case.
///
/// Source: IAM User Guide, "IAM JSON policy elements: Condition" (COND-4).
package struct ConditionKey: Sendable, Hashable, CustomStringConvertible {
    package let description: String
    package let canonical: String

    package init(_ text: some StringProtocol) {
        description = String(text)
        let lower = text.lowercased()
        // Beyond ASCII Swift compares strings by canonical equivalence, AWS by their bytes.
        canonical =
            lower.utf8.allSatisfy { $0 < 0x80 }
            ? lower
            : lower.unicodeScalars.map {
                $0.isASCII ? String($0) : "\\u{\(String($0.value, radix: 16))}"
            }
            .joined()
    }

    package static func == (left: ConditionKey, right: ConditionKey) -> Bool {
        left.canonical == right.canonical
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
