package import JSONSource

/// A JSON Schema to hold values against: of draft 2020-12 what this project's schemas use.
///
/// A keyword that is not known here is a problem of the schema, not passed over: what nobody looks
/// at cannot fail.
package struct JSONSchema {
    private let root: JSONValue

    package init(_ root: JSONValue) { self.root = root }

    /// Why a value does not fit, one sentence each with the place; empty where it fits.
    package func problems(of value: JSONValue) -> [String] { problems(value, root, "") }

    private static let annotations: Set<String> = [
        "$schema", "$defs", "title", "description", "examples", "then", "else",
    ]

    private func problems(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
        if let flag = schema.bool { return flag ? [] : ["\(path): nothing may stand here"] }
        return (schema.members ?? []).flatMap { keyword -> [String] in
            if Self.annotations.contains(keyword.key) { return [] }
            return problems(value, keyword.key, keyword.value, of: schema, path)
        }
    }

    private func problems(
        _ value: JSONValue,
        _ keyword: String,
        _ wanted: JSONValue,
        of schema: JSONValue,
        _ path: String
    ) -> [String] {
        switch keyword {
        case "$ref":
            let name = (wanted.string ?? "").replacing("#/$defs/", with: "")
            guard let definition = root["$defs"]?[name] else { return ["no definition '\(name)'"] }
            return problems(value, definition, path)
        case "type":
            let types = (wanted.elements ?? [wanted]).compactMap(\.string)
            let fits = types.contains { Self.type(of: value).contains($0) }
            return fits ? [] : ["\(path): is no \(types.joined(separator: " or "))"]
        case "enum":
            let fits = wanted.elements?.contains { Self.text($0) == Self.text(value) } == true
            return fits ? [] : ["\(path): \(Self.text(value)) is none of \(Self.text(wanted))"]
        case "pattern":
            guard let text = value.string, !Self.fits(text, wanted) else { return [] }
            return ["\(path): '\(text)' does not fit \(Self.text(wanted))"]
        case "minimum", "maximum":
            guard case .number(let text) = value.content, let number = Double(text),
                let limit = Double(Self.text(wanted))
            else { return [] }
            let fits = keyword == "minimum" ? number >= limit : number <= limit
            return fits ? [] : ["\(path): \(text) is beyond the \(keyword) \(Self.text(wanted))"]
        case "items":
            return (value.elements ?? []).enumerated().flatMap { index, element in
                problems(element, wanted, "\(path)/\(index)")
            }
        case "minItems":
            guard let count = value.elements?.count, let least = Int(Self.text(wanted)) else {
                return []
            }
            return count >= least ? [] : ["\(path): has \(count) elements, not \(least)"]
        case "required":
            guard value.isObject else { return [] }
            let missing = (wanted.elements ?? []).compactMap(\.string).filter { value[$0] == nil }
            return missing.map { "\(path): '\($0)' is missing" }
        case "properties":
            return (value.members ?? []).flatMap { member in
                wanted[member.key].map { problems(member.value, $0, "\(path)/\(member.key)") } ?? []
            }
        case "patternProperties":
            return (value.members ?? []).flatMap { member in
                (wanted.members ?? []).filter { Self.fits(member.key, $0.key) }.flatMap {
                    problems(member.value, $0.value, "\(path)/\(member.key)")
                }
            }
        case "additionalProperties":
            return (value.members ?? []).flatMap { member -> [String] in
                let patterns = schema["patternProperties"]?.members ?? []
                let isKnown =
                    schema["properties"]?[member.key] != nil
                    || patterns.contains { Self.fits(member.key, $0.key) }
                return isKnown ? [] : problems(member.value, wanted, "\(path)/\(member.key)")
            }
        case "allOf": return (wanted.elements ?? []).flatMap { problems(value, $0, path) }
        case "anyOf", "oneOf":
            let each = (wanted.elements ?? []).map { problems(value, $0, path) }
            let count = each.count { $0.isEmpty }
            if count == 1 || count > 1 && keyword == "anyOf" { return [] }
            let reasons = each.flatMap { $0 }.joined(separator: "; ")
            return ["\(path): fits \(count) of \(keyword): \(reasons)"]
        case "if":
            let branch = problems(value, wanted, path).isEmpty ? schema["then"] : schema["else"]
            return branch.map { problems(value, $0, path) } ?? []
        default: return ["the keyword '\(keyword)' is not known"]
        }
    }

    private static func text(_ value: JSONValue) -> String { JSONOutput(value).compact }

    private static func fits(_ text: String, _ pattern: JSONValue) -> Bool {
        pattern.string.map { fits(text, $0) } ?? false
    }

    private static func fits(_ text: String, _ pattern: String) -> Bool {
        guard let pattern = try? Regex(pattern) else { return false }
        return text.contains(pattern)
    }

    private static func type(of value: JSONValue) -> [String] {
        switch value.content {
        case .null: ["null"]
        case .bool: ["boolean"]
        case .string: ["string"]
        case .array: ["array"]
        case .object: ["object"]
        case .number(let text): Int(text) == nil ? ["number"] : ["number", "integer"]
        }
    }
}
