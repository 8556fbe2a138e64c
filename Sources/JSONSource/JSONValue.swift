/// A JSON value as it stands in its file: order, duplicates and positions are kept.
package struct JSONValue: Sendable {
    package let content: Content
    package let span: SourceSpan
    /// Whether an overlay or a change made the value: what its place shows is then not all of it.
    package let isEdited: Bool

    package enum Content: Sendable {
        case null
        case bool(Bool)
        /// The number's text, unchanged: `1.0` stays `1.0`.
        case number(String)
        case string(String)
        case array([JSONValue])
        case object([JSONMember])
    }

    package init(_ content: Content, at span: SourceSpan, isEdited: Bool = false) {
        self.content = content
        self.span = span
        self.isEdited = isEdited
    }
}

/// A key of an object with its value; `keySpan` covers the key with its quotation marks.
package struct JSONMember: Sendable {
    package let key: String
    package let keySpan: SourceSpan
    package let value: JSONValue

    package init(key: String, keySpan: SourceSpan, value: JSONValue) {
        self.key = key
        self.keySpan = keySpan
        self.value = value
    }
}

extension JSONValue {
    package var members: [JSONMember]? {
        if case .object(let members) = content { members } else { nil }
    }

    package var elements: [JSONValue]? {
        if case .array(let elements) = content { elements } else { nil }
    }

    package var string: String? {
        if case .string(let text) = content { text } else { nil }
    }

    package var isNull: Bool {
        if case .null = content { true } else { false }
    }

    /// The value of a member; the first one where a key stands twice.
    package subscript(key: String) -> JSONValue? {
        members?.first { $0.key == key }?.value
    }

    /// What a message calls this kind of value: "an object", "a string", ….
    package var kindName: String {
        switch content {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
