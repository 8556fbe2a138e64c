/// A twelve-digit AWS account number.
package struct AccountID: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let description: String

    /// Nil unless the text is exactly twelve ASCII digits.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 12, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        description = String(text)
    }

    package static func < (left: AccountID, right: AccountID) -> Bool {
        left.description < right.description
    }
}
