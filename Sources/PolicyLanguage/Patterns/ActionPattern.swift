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
        let bytes = text.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let prefix = bytes[..<colon]
        let name = bytes[bytes.index(after: colon)...]
        guard !prefix.isEmpty, !name.isEmpty else { return nil }
        let isAnyService = prefix.elementsEqual(CollectionOfOne(UInt8(ascii: "*")))
        guard isAnyService || prefix.allSatisfy(ActionName.isPrefixByte) else { return nil }
        let isName = name.allSatisfy {
            ActionName.isPrefixByte($0) || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?")
        }
        guard isName else { return nil }
    }

    /// What an action's name in lower case is compared with.
    package var tokens: [Wildcard.Token] { wildcard.tokens }

    package func matches(_ action: ActionName) -> Bool {
        isEverything || wildcard.matches(action.canonical)
    }

    /// The service prefix in lower case, nil for every service.
    package var service: String? {
        let prefix = Substring(text.utf8.prefix { $0 != UInt8(ascii: ":") }).lowercased()
        return prefix == "*" ? nil : prefix
    }

    /// What follows the prefix, as written; `*` for every action.
    package var name: String {
        text.firstIndex(of: ":").map { String(text[text.index(after: $0)...]) } ?? "*"
    }
}
