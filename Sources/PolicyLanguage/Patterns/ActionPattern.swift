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
        var text = text
        guard let tokens = text.withUTF8({ Self.tokens(of: $0) }) else { return nil }
        self.text = text
        isEverything = tokens == [.run] || tokens == [.run, .byte(UInt8(ascii: ":")), .run]
        wildcard = Wildcard(tokens)
    }

    // PERF: one pass; an AWS managed policy has up to thousands of actions.
    private static func tokens(of bytes: UnsafeBufferPointer<UInt8>) -> [Wildcard.Token]? {
        let star = UInt8(ascii: "*")
        if bytes.count == 1, bytes[0] == star { return [.run] }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            colon + 1 < bytes.count
        else { return nil }
        let isAnyService = colon == 1 && bytes[0] == star
        var tokens: [Wildcard.Token] = []
        tokens.reserveCapacity(bytes.count)
        for (place, byte) in bytes.enumerated() {
            switch byte {
            case star where place > colon || isAnyService: tokens.append(.run)
            case UInt8(ascii: "?") where place > colon: tokens.append(.character)
            case UInt8(ascii: ":") where place == colon: tokens.append(.byte(byte))
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): tokens.append(.byte(byte | 0x20))
            case _ where ActionName.isPrefixByte(byte): tokens.append(.byte(byte))
            default: return nil
            }
        }
        return tokens
    }

    /// What an action's name in lower case is compared with.
    package var tokens: [Wildcard.Token] { wildcard.tokens }

    package func matches(_ action: ActionName) -> Bool {
        isEverything || isOfService(of: action) && wildcard.matches(action.canonical)
    }

    /// Whether the prefixes fit.
    // PERF: who-can asks every policy about one action, and most patterns are of other services.
    package func isOfService(of action: ActionName) -> Bool {
        var bytes = text.utf8.makeIterator()
        for byte in action.canonical.utf8 {
            guard let own = bytes.next() else { return false }
            if own == UInt8(ascii: "*") { return true }
            guard Self.lowercased(own) == byte else { return false }
            if byte == UInt8(ascii: ":") { return true }
        }
        return false
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    /// The service prefix in lower case, nil for every service.
    package var service: String? {
        let prefix = text.utf8.prefix { $0 != UInt8(ascii: ":") }
        if prefix.first == UInt8(ascii: "*") { return nil }
        return String(unsafeUninitializedCapacity: prefix.count) { bytes in
            bytes.initialize(fromContentsOf: prefix.lazy.map(Self.lowercased))
        }
    }

    /// What follows the prefix, as written; `*` for every action.
    package var name: String {
        text.firstIndex(of: ":").map { String(text[text.index(after: $0)...]) } ?? "*"
    }
}
