extension JSON {
    /// The value as JSON text, on one line, members in the order of their names.
    package var serialized: String {
        switch self {
        case .null:
            return "null"
        case .bool(let value):
            return value ? "true" : "false"
        case .number(let text):
            return text
        case .string(let text):
            return Self.quoted(text)
        case .array(let elements):
            return "[" + elements.map(\.serialized).joined(separator: ",") + "]"
        case .object(let members):
            let pairs = members.sorted { $0.key < $1.key }.map { name, value in
                Self.quoted(name) + ":" + value.serialized
            }
            return "{" + pairs.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"":
                result += "\\\""
            case "\\":
                result += "\\\\"
            case "\n":
                result += "\\n"
            default:
                result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// A list of strings, or the string alone where there is one.
    static func strings(_ texts: [String]) -> JSON {
        texts.count == 1 ? .string(texts[0]) : .array(texts.map { .string($0) })
    }

    /// A policy document with these statements.
    static func policy(_ statements: [JSON], version: String? = "2012-10-17") -> JSON {
        var members: [String: JSON] = ["Statement": .array(statements)]
        members["Version"] = version.map { .string($0) }
        return .object(members)
    }
}
