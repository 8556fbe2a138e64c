/// A JSON value as it stands in a file; numbers keep their text.
package enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSON])
    case object([String: JSON])
}

extension JSON {
    /// The member `key` of an object; nil where this is none, or the member is absent or null.
    package subscript(key: String) -> JSON? {
        guard case .object(let members) = self, let value = members[key], value != .null else {
            return nil
        }
        return value
    }

    /// The text of a string.
    package var text: String? {
        guard case .string(let text) = self else {
            return nil
        }
        return text
    }

    /// The value of a number without a fraction.
    package var wholeNumber: Int? {
        guard case .number(let text) = self else {
            return nil
        }
        return Int(text)
    }

    /// The elements of an array.
    package var elements: [JSON]? {
        guard case .array(let elements) = self else {
            return nil
        }
        return elements
    }

    /// The members of an object.
    package var members: [String: JSON]? {
        guard case .object(let members) = self else {
            return nil
        }
        return members
    }

    /// The members of an object in the order of their names.
    package var sortedMembers: [(name: String, value: JSON)] {
        (members ?? [:]).sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }

    /// True for the JSON literal `true`.
    package var isTrue: Bool {
        self == .bool(true)
    }

    /// A single value or a list of values, as a list (GRAM-10).
    package var listed: [JSON] {
        elements ?? [self]
    }

    /// A scalar as policies compare it: strings as they are, `true`, `10` as text (GRAM-11).
    package var scalarText: String? {
        switch self {
        case .string(let text), .number(let text):
            text
        case .bool(let value):
            value ? "true" : "false"
        case .null, .array, .object:
            nil
        }
    }
}
