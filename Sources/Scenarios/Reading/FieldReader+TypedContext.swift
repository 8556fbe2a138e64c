import JSONSource

extension FieldReader {
    /// Condition keys as they are typed, as members of one object: `KEY=VALUE` or an object each; a
    /// key that is given again has a set of values.
    mutating func contextMembers(_ context: [String]) -> [JSONMember] {
        var values: [(key: String, values: [JSONValue])] = []
        func add(_ key: String, _ value: JSONValue) {
            if let place = values.firstIndex(where: { $0.key.lowercased() == key.lowercased() }) {
                values[place].values += value.elements ?? [value]
            } else {
                values.append((key, [value]))
            }
        }
        for text in context {
            if text.hasPrefix("{") {
                let parsed = JSONParser.parse(Array(text.utf8), file: SourceSpan.nowhere.file)
                diagnostics += parsed.diagnostics
                for member in parsed.value?.members ?? [] { add(member.key, member.value) }
            } else if let mark = text.firstIndex(of: "=") {
                add(String(text[..<mark]), .text(String(text[text.index(after: mark)...])))
            } else {
                let message = "'\(text)' gives no value: expected KEY=VALUE or a JSON object"
                refuse("request.invalid-context-key", message, at: .nowhere)
            }
        }
        return values.map { key, values in
            let value =
                values.count == 1 ? values[0] : JSONValue(.array(values), at: .nowhere)
            return JSONMember(key: key, keySpan: .nowhere, value: value)
        }
    }
}
