/// A JSON value to be written: members keep the order they are given in.
package enum JSONOutput: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    /// A number as text that is already JSON.
    case number(String)
    case string(String)
    case array([JSONOutput])
    case object([Member])

    package struct Member: Sendable, Hashable {
        package let key: String
        package let value: JSONOutput

        package init(_ key: String, _ value: JSONOutput) {
            self.key = key
            self.value = value
        }
    }

    /// An object from pairs; pairs whose value is nil are left out.
    package static func fields(_ pairs: KeyValuePairs<String, JSONOutput?>) -> JSONOutput {
        .object(pairs.compactMap { pair in pair.value.map { Member(pair.key, $0) } })
    }

    package static func optional(_ text: String?) -> JSONOutput {
        text.map { .string($0) } ?? .null
    }

    package static func strings(_ texts: some Sequence<String>) -> JSONOutput {
        .array(texts.map { .string($0) })
    }
}

extension JSONOutput {
    /// A value that was read, to be written again.
    package init(_ value: JSONValue) {
        switch value.content {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .number(let text): self = .number(text)
        case .string(let text): self = .string(text)
        case .array(let elements): self = .array(elements.map { JSONOutput($0) })
        case .object(let members):
            self = .object(members.map { Member($0.key, JSONOutput($0.value)) })
        }
    }

    /// One line without spaces.
    package var compact: String {
        var writer = JSONWriter(indent: nil)
        writer.value(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Indented by two spaces as a part of something longer, so many levels deep in it.
    package func pretty(depth: Int) -> String {
        var writer = JSONWriter(indent: 2, depth: depth)
        writer.value(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Indented by two spaces, ending in a line break.
    package var pretty: String {
        var writer = JSONWriter(indent: 2)
        writer.value(self)
        return String(decoding: writer.bytes, as: UTF8.self) + "\n"
    }
}
