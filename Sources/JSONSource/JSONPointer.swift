/// A path into a JSON value (RFC 6901); the leading `/` may be left out.
package struct JSONPointer: Sendable, Hashable {
    package let parts: [String]

    package init(parts: [String]) {
        self.parts = parts
    }

    /// Nil when a `~` is followed by anything but `0` or `1`.
    package init?(_ text: String) {
        guard !text.isEmpty else {
            parts = []
            return
        }
        var decoded: [String] = []
        let hasSlash = text.utf8.first == UInt8(ascii: "/")
        for part in text.parts(at: "/").dropFirst(hasSlash ? 1 : 0) {
            let pieces = part.parts(at: "~")
            var name = String(pieces[0])
            for piece in pieces.dropFirst() {
                guard let mark = piece.unicodeScalars.first, mark == "0" || mark == "1" else {
                    return nil
                }
                name += (mark == "0" ? "~" : "/") + String(piece.unicodeScalars.dropFirst())
            }
            decoded.append(name)
        }
        parts = decoded
    }

    /// What the pointer leads to; `member` finds the member of an object, `element` that of an array.
    package func value(
        in document: JSONValue,
        member: (JSONValue, String) -> JSONValue? = { $0[$1] },
        element: (JSONValue, Int) -> JSONValue? = { $0.element($1) }
    ) -> JSONValue? {
        var current = document
        for part in parts {
            switch current.kind {
            case .object:
                guard let next = member(current, part) else { return nil }
                current = next
            case .array:
                // RFC 6901: digits without a sign and without leading zeros.
                guard let index = Int(part), String(index) == part,
                    let next = element(current, index)
                else { return nil }
                current = next
            case .null, .true, .false, .number, .string:
                return nil
            }
        }
        return current
    }
}

extension JSONPointer: CustomStringConvertible {
    package var description: String {
        parts.map { part in
            let escaped = part.parts(at: "~").joined(separator: "~0")
            return "/" + escaped.parts(at: "/").joined(separator: "~1")
        }
        .joined()
    }
}
