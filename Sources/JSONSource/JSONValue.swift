/// A JSON value as it stands in its file: order, duplicates and positions are kept.
///
/// It is either a view of a ``JSONTape``, which costs nothing to make, or was built: read from a
/// file with mistakes, edited or merged.
package struct JSONValue: Sendable {
    let storage: Storage

    enum Storage: Sendable {
        case written(JSONTape, node: UInt32)
        case built(BuiltJSON)
    }

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
        storage = .built(BuiltJSON(content, at: span, origin: origin))
    }

    init(_ tape: JSONTape, at node: Int) {
        storage = .written(tape, node: UInt32(truncatingIfNeeded: node))
    }
}

/// A value that stands on no tape.
final class BuiltJSON: Sendable {
    let content: JSONValue.Content
    let span: SourceSpan
    let origin: JSONValue.Origin

    init(_ content: JSONValue.Content, at span: SourceSpan, origin: JSONValue.Origin) {
        self.content = content
        self.span = span
        self.origin = origin
    }

    var kind: JSONKind {
        switch content {
        case .null: .null
        case .bool(let flag): flag ? .true : .false
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }
}

extension JSONValue {
    package var kind: JSONKind {
        switch storage {
        case .written(let tape, let node): tape.node(Int(node)).kind
        case .built(let built): built.kind
        }
    }

    /// What the value is, with arrays and strings made for it; see ``JSONChildren`` for a way to go
    /// through many values without.
    package var content: Content {
        switch storage {
        case .built(let built): return built.content
        case .written(let tape, let index):
            let node = tape.node(Int(index))
            switch node.kind {
            case .null: return .null
            case .true: return .bool(true)
            case .false: return .bool(false)
            case .number: return .number(tape.digits(of: node))
            case .string: return .string(tape.text(of: node))
            case .array: return .array(JSONChildren(tape, of: node, at: Int(index)).values)
            case .object: return .object(JSONChildren(tape, of: node, at: Int(index)).members)
            }
        }
    }

    package var span: SourceSpan {
        switch storage {
        case .written(let tape, let node): tape.span(of: tape.node(Int(node)))
        case .built(let built): built.span
        }
    }

    package var origin: Origin {
        switch storage {
        case .written: .file
        case .built(let built): built.origin
        }
    }

    package var members: [JSONMember]? {
        switch storage {
        case .written(let tape, let index):
            let node = tape.node(Int(index))
            guard node.kind == .object else { return nil }
            return JSONChildren(tape, of: node, at: Int(index)).members
        case .built(let built):
            if case .object(let members) = built.content { return members }
            return nil
        }
    }

    package var elements: [JSONValue]? {
        switch storage {
        case .written(let tape, let index):
            let node = tape.node(Int(index))
            guard node.kind == .array else { return nil }
            return JSONChildren(tape, of: node, at: Int(index)).values
        case .built(let built):
            if case .array(let elements) = built.content { return elements }
            return nil
        }
    }

    package var string: String? {
        switch storage {
        case .written(let tape, let index):
            let node = tape.node(Int(index))
            return node.kind == .string ? tape.text(of: node) : nil
        case .built(let built):
            if case .string(let text) = built.content { return text }
            return nil
        }
    }

    package var isNull: Bool { kind == .null }
    package var isObject: Bool { kind == .object }
    package var isArray: Bool { kind == .array }
    package var isString: Bool { kind == .string }

    /// The value of a member; the first one where a key stands twice.
    package subscript(key: String) -> JSONValue? {
        switch storage {
        case .written(let tape, let index): tape.value(of: key, in: Int(index))
        case .built(let built):
            if case .object(let members) = built.content {
                members.first { $0.key == key }?.value
            } else {
                nil
            }
        }
    }

    /// How many values this is, with all in it.
    package var count: Int {
        switch storage {
        case .written(let tape, let node):
            return Int(tape.node(Int(node)).next) - Int(node)
        case .built(let built):
            switch built.content {
            case .null, .bool, .number, .string: return 1
            case .array(let elements): return elements.reduce(1) { $0 + $1.count }
            case .object(let members): return members.reduce(1) { $0 + $1.value.count }
            }
        }
    }

    /// What a message calls this kind of value: "an object", "a string", ….
    package var kindName: String {
        switch kind {
        case .null: "null"
        case .true, .false: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
