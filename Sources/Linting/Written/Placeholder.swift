package import JSONSource
import PolicyLanguage

/// Text that somebody was to replace: `<my-org-id>`, `[BUCKET]`, `${Account}`, `{{name}}`.
package enum Placeholder {
    /// The first placeholder in a text.
    package static func first(in text: String) -> String? {
        let marks: [(open: String, close: String, isMeant: (Substring) -> Bool)] = [
            ("{{", "}}", isName), ("<", ">", isName), ("[", "]", isLoud),
            ("${", "}", isForeignVariable), ("%%", "%%", isName), ("@@", "@@", isName),
        ]
        for mark in marks {
            if let found = enclosed(text, mark.open, mark.close, mark.isMeant) { return found }
        }
        let loud = text.uppercased()
        return words.first { isWord($0, of: loud) } ?? blankIdentifier(text)
    }

    /// Whether a word stands in a text and not in a longer one, as in `ChangeMessageVisibility`.
    private static func isWord(_ word: String, of text: String) -> Bool {
        var rest = text[...]
        while let place = rest.firstRange(of: word) {
            let behind = text[place.upperBound...].first
            let before = text[..<place.lowerBound].last
            if behind?.isLetter != true, before?.isLetter != true { return true }
            rest = rest[place.upperBound...]
        }
        return false
    }

    /// Longer names are no names.
    private static let nameLimit = 512

    /// Words that people write where a value is still missing; they are looked for in policies.
    private static let words = ["REPLACE_ME", "REPLACEME", "CHANGE_ME", "CHANGEME", "FIXME"]

    /// What stands between two marks, marks included, where it reads like a name.
    private static func enclosed(
        _ text: String,
        _ open: String,
        _ close: String,
        _ isMeant: (Substring) -> Bool
    ) -> String? {
        var rest = text[...]
        var known: Range<String.Index>?
        while let start = rest.firstRange(of: open) {
            let inner = rest[start.upperBound...]
            // The end of the last one is the end of this one as long as it lies behind it.
            if let end = known, end.lowerBound < inner.startIndex { known = nil }
            known = known ?? inner.firstRange(of: close)
            guard let end = known else { return nil }
            let name = inner[..<end.lowerBound]
            if name.utf8.count <= nameLimit, isMeant(name) {
                return String(rest[start.lowerBound..<end.upperBound])
            }
            rest = inner
        }
        return nil
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.count <= 100 && text.contains { $0.isLetter }
            && text.allSatisfy { $0.isLetter || $0.isNumber || " _-.:/".contains($0) }
    }

    /// Brackets stand in names of log groups and the like; shouting does not.
    private static func isLoud(_ text: Substring) -> Bool {
        isName(text) && text.utf8.count >= 3 && !text.contains { $0.isLowercase }
    }

    /// IAM's variables have a prefix and one colon; those of templates have none or two.
    private static func isForeignVariable(_ text: Substring) -> Bool {
        if text == "*" || text == "?" || text == "$" { return false }
        let key = text.prefix { $0 != "," }
        return key.contains("::") || !key.contains(":") && isName(key)
    }

    /// Ids written with letters that stand for nothing: `o-xxxxxxxxxx`, `vpc-xxxxxxxx`.
    private static func blankIdentifier(_ text: String) -> String? {
        text.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init).first {
            let parts = $0.split(separator: "-")
            return parts.count > 1 && parts[parts.count - 1].utf8.count >= 4
                && parts[parts.count - 1].allSatisfy { "xX".contains($0) }
        }
    }
}

extension SourceString {
    package var placeholder: String? { Placeholder.first(in: text) }
}

extension JSONValue {
    /// Every string of a value, keys included, in the order of the file.
    package var strings: [SourceString] {
        switch content {
        case .string(let text): [SourceString(text, at: span)]
        case .array(let elements): elements.flatMap(\.strings)
        case .object(let members):
            members.flatMap { [SourceString($0.key, at: $0.keySpan)] + $0.value.strings }
        case .null, .bool, .number: []
        }
    }
}
