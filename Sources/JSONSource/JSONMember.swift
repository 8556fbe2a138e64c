/// A key of an object with its value; `keySpan` covers the key with its quotation marks.
package struct JSONMember: Sendable {
    package let value: JSONValue
    /// Nil for the key that stands before the value on its tape.
    private let built: BuiltKey?

    private final class BuiltKey: Sendable {
        let text: String
        let span: SourceSpan

        init(_ text: String, at span: SourceSpan) {
            self.text = text
            self.span = span
        }
    }

    package init(key: String, keySpan: SourceSpan, value: JSONValue) {
        self.value = value
        built = BuiltKey(key, at: keySpan)
    }

    /// The member that a value on a tape is part of.
    init(written value: JSONValue) {
        self.value = value
        built = nil
    }
}

extension JSONMember {
    package var key: String {
        if let built { return built.text }
        guard case .written(let tape, let node) = value.storage else { return "" }
        return tape.key(of: tape.node(Int(node)))
    }

    package var keySpan: SourceSpan {
        if let built { return built.span }
        guard case .written(let tape, let node) = value.storage else { return .nowhere }
        return tape.keySpan(of: tape.node(Int(node)))
    }

    /// Whether the key is a word, without making a string of it.
    package func hasKey(_ name: JSONName) -> Bool {
        if let built { return built.text == name.text }
        guard case .written(let tape, let node) = value.storage else { return false }
        return tape.key(of: tape.node(Int(node)), is: name)
    }

    /// The place of the key among names, without making a string of it.
    package func index(in names: [JSONName]) -> Int? { names.firstIndex { hasKey($0) } }

    /// The member with another value, at the place of its key.
    package func replacing(_ value: JSONValue) -> JSONMember {
        JSONMember(key: key, keySpan: keySpan, value: value)
    }
}
