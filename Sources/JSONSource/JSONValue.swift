/// A JSON value as it stands in its file: order, duplicates and positions are kept.
package struct JSONValue: Sendable {
    package let content: Content
    package let span: SourceSpan
    package let origin: Origin

    /// How a value came to be what it is.
    package enum Origin: Sendable {
        /// As it stands in its file, references put in place.
        case file
        /// Made by an overlay or a change: what its place shows is not all of it.
        case edited
        /// Stands for a reference that leads nowhere, which has been reported.
        case missing
    }

    package enum Content: Sendable {
        case null
        case bool(Bool)
        /// The number's text, unchanged: `1.0` stays `1.0`.
        case number(String)
        case string(String)
        case array([JSONValue])
        case object([JSONMember])
    }

    package init(_ content: Content, at span: SourceSpan, origin: Origin = .file) {
        self.content = content
        self.span = span
        self.origin = origin
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

    /// How many values this is, with all in it.
    package var count: Int {
        switch content {
        case .null, .bool, .number, .string: 1
        case .array(let elements): elements.reduce(1) { $0 + $1.count }
        case .object(let members): members.reduce(1) { $0 + $1.value.count }
        }
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
