package import JSONSource

/// A JSON Schema to hold values against: of draft 2020-12 what this project's schemas use.
///
/// A keyword that is not known here is a problem of the schema, not passed over: what nobody looks
/// at cannot fail.
// INVARIANT: what its nodes hold is read once, in `init`, and only looked at from then on.
package struct JSONSchema: @unchecked Sendable {
    private let root: Node
    private let definitions: [String: Node]
    /// Keywords of the schema that are not known.
    package let unknownKeywords: [String]

    package init(_ schema: JSONValue) {
        var unknown: [String] = []
        root = Node(schema, &unknown)
        definitions = Dictionary(
            (schema["$defs"]?.members ?? []).map { ($0.key, Node($0.value, &unknown)) },
            uniquingKeysWith: { first, _ in first }
        )
        unknownKeywords = unknown
    }

    /// The first thing that does not fit, with its place; nil where the value fits.
    package func problem(of value: JSONValue) -> String? {
        if let keyword = unknownKeywords.first { return "the keyword '\(keyword)' is not known" }
        return problem(JSONOutput(value), root, "")
    }

    /// A schema, read once.
    private final class Node {
        var flag: Bool?
        var reference: String?
        var types: [String]?
        var words: [JSONOutput]?
        var pattern: Regex<AnyRegexOutput>?
        var minimum: Double?
        var maximum: Double?
        var items: Node?
        var minItems = 0
        var required: [String] = []
        var properties: [String: Node] = [:]
        var patternProperties: [(Regex<AnyRegexOutput>, Node)] = []
        var additional: Node?
        var all: [Node] = []
        var any: [Node]?
        var one: [Node]?
        var condition: Node?
        var then: Node?
        var otherwise: Node?

        init(_ schema: JSONValue, _ unknown: inout [String]) {
            flag = schema.bool
            for keyword in schema.members ?? [] {
                read(keyword.key, keyword.value, &unknown)
            }
        }

        private func read(_ keyword: String, _ value: JSONValue, _ unknown: inout [String]) {
            func nodes() -> [Node] { (value.elements ?? []).map { Node($0, &unknown) } }
            switch keyword {
            case "$schema", "$defs", "title", "description", "examples": return
            case "$ref": reference = value.string?.replacing("#/$defs/", with: "")
            case "type": types = (value.elements ?? [value]).compactMap(\.string)
            case "enum": words = value.elements?.map { JSONOutput($0) }
            case "pattern":
                pattern = value.string.flatMap { try? Regex($0) }
                if pattern == nil { unknown.append("pattern \(JSONOutput(value).compact)") }
            case "minimum": minimum = Double(JSONOutput(value).compact)
            case "maximum": maximum = Double(JSONOutput(value).compact)
            case "items": items = Node(value, &unknown)
            case "minItems": minItems = Int(JSONOutput(value).compact) ?? 0
            case "required": required = (value.elements ?? []).compactMap(\.string)
            case "properties":
                for member in value.members ?? [] {
                    properties[member.key] = Node(member.value, &unknown)
                }
            case "patternProperties":
                for member in value.members ?? [] {
                    guard let pattern = try? Regex(member.key) else {
                        unknown.append("pattern \(member.key)")
                        continue
                    }
                    patternProperties.append((pattern, Node(member.value, &unknown)))
                }
            case "additionalProperties": additional = Node(value, &unknown)
            case "allOf": all = nodes()
            case "anyOf": any = nodes()
            case "oneOf": one = nodes()
            case "if": condition = Node(value, &unknown)
            case "then": then = Node(value, &unknown)
            case "else": otherwise = Node(value, &unknown)
            default: unknown.append(keyword)
            }
        }
    }
}

extension JSONSchema {
    private func problem(_ value: JSONOutput, _ schema: Node, _ path: String) -> String? {
        if let flag = schema.flag { return flag ? nil : "\(path): nothing may stand here" }
        if let name = schema.reference {
            guard let definition = definitions[name] else { return "no definition '\(name)'" }
            if let problem = problem(value, definition, path) { return problem }
        }
        if let types = schema.types, !types.contains(where: Self.types(of: value).contains) {
            return "\(path): is no \(types.joined(separator: " or "))"
        }
        if let words = schema.words, !words.contains(value) {
            return "\(path): \(value.compact) is none of \(JSONOutput.array(words).compact)"
        }
        if case .string(let text) = value, let pattern = schema.pattern, !text.contains(pattern) {
            return "\(path): '\(text)' does not fit its pattern"
        }
        if let number = Self.number(value) {
            if let least = schema.minimum, number < least { return "\(path): less than \(least)" }
            if let most = schema.maximum, number > most { return "\(path): more than \(most)" }
        }
        if case .array(let elements) = value {
            if elements.count < schema.minItems { return "\(path): too few elements" }
            if let items = schema.items {
                for (index, element) in elements.enumerated() {
                    if let found = problem(element, items, "\(path)/\(index)") { return found }
                }
            }
        }
        if case .object(let members) = value, let found = problem(members, schema, path) {
            return found
        }
        return combined(value, schema, path)
    }

    private func problem(
        _ members: [JSONOutput.Member],
        _ schema: Node,
        _ path: String
    ) -> String? {
        for name in schema.required where !members.contains(where: { $0.key == name }) {
            return "\(path): '\(name)' is missing"
        }
        for member in members {
            let place = "\(path)/\(member.key)"
            var isKnown = false
            if let own = schema.properties[member.key] {
                isKnown = true
                if let found = problem(member.value, own, place) { return found }
            }
            for (pattern, node) in schema.patternProperties where member.key.contains(pattern) {
                isKnown = true
                if let found = problem(member.value, node, place) { return found }
            }
            if !isKnown, let rest = schema.additional,
                let found = problem(member.value, rest, place)
            {
                return found
            }
        }
        return nil
    }

    /// What other schemas say of a value, all, some or one of them.
    private func combined(_ value: JSONOutput, _ schema: Node, _ path: String) -> String? {
        for part in schema.all {
            if let found = problem(value, part, path) { return found }
        }
        if let parts = schema.any, !parts.contains(where: { problem(value, $0, path) == nil }) {
            let reasons = parts.compactMap { problem(value, $0, path) }
            return "\(path): fits nothing of anyOf: \(reasons.joined(separator: "; "))"
        }
        if let parts = schema.one {
            let count = parts.count { problem(value, $0, path) == nil }
            if count != 1 { return "\(path): fits \(count) of oneOf" }
        }
        if let condition = schema.condition {
            let holds = problem(value, condition, path) == nil
            if let branch = holds ? schema.then : schema.otherwise {
                return problem(value, branch, path)
            }
        }
        return nil
    }

    private static func number(_ value: JSONOutput) -> Double? {
        switch value {
        case .integer(let number): Double(number)
        case .number(let text): Double(text)
        case .null, .bool, .string, .array, .object: nil
        }
    }

    private static func types(of value: JSONOutput) -> [String] {
        switch value {
        case .null: ["null"]
        case .bool: ["boolean"]
        case .string: ["string"]
        case .array: ["array"]
        case .object: ["object"]
        case .integer: ["number", "integer"]
        case .number(let text): Int(text) == nil ? ["number"] : ["number", "integer"]
        }
    }
}
