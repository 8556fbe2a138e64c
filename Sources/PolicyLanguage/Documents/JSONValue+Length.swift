package import JSONSource

extension JSONValue {
    /// The length of the value written without white space outside strings, in characters.
    package var compactLength: Int {
        switch content {
        case .null: 4
        case .bool(let flag): flag ? 4 : 5
        case .number(let text): text.utf8.count
        case .string(let text): text.unicodeScalars.count + 2
        case .array(let elements):
            elements.reduce(2 + max(0, elements.count - 1)) { $0 + $1.compactLength }
        case .object(let members):
            members.reduce(2 + max(0, members.count - 1)) {
                $0 + $1.key.unicodeScalars.count + 3 + $1.value.compactLength
            }
        }
    }
}
