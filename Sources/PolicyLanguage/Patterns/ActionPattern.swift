/// One entry of `Action` or `NotAction`.
///
/// Source: IAM User Guide, "IAM JSON policy elements: Action" (ACT-1, ACT-2).
package struct ActionPattern: Sendable, Hashable {
    package let text: String
    private let wildcard: Wildcard
    package let isEverything: Bool

    /// Nil unless the text is `*` or `prefix:Name` with wildcards in the name; `*` alone may
    /// stand for the prefix.
    package init?(_ text: String) {
        self.text = text
        let canonical = text.lowercased()
        isEverything = canonical == "*" || canonical == "*:*"
        wildcard = Wildcard(
            canonical.utf8.map {
                switch $0 {
                case UInt8(ascii: "*"): .run
                case UInt8(ascii: "?"): .character
                default: .byte($0)
                }
            }
        )
        if isEverything { return }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty, !parts[0].isEmpty else { return nil }
        guard parts[0] == "*" || parts[0].utf8.allSatisfy(ActionName.isPrefixByte) else {
            return nil
        }
        let isName: (UInt8) -> Bool = {
            ActionName.isPrefixByte($0) || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?")
        }
        guard parts[1].utf8.allSatisfy(isName) else { return nil }
    }

    /// What an action's name in lower case is compared with.
    package var tokens: [Wildcard.Token] { wildcard.tokens }

    package func matches(_ action: ActionName) -> Bool {
        isEverything || wildcard.matches(action.canonical)
    }

    /// The service prefix in lower case, nil for every service.
    package var service: String? {
        let prefix = text.prefix { $0 != ":" }.lowercased()
        return prefix == "*" ? nil : prefix
    }

    /// What follows the prefix, as written; `*` for every action.
    package var name: String {
        text.firstIndex(of: ":").map { String(text[text.index(after: $0)...]) } ?? "*"
    }
}
