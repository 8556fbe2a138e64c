/// Reads the fields of one object and reports what is missing, unknown or of the wrong type.
///
/// Problems go into ``diagnostics`` of the reader's owner; a field that cannot be used reads as
/// absent, so one mistake does not hide the next.
package struct ObjectReader {
    package let value: JSONValue
    private let kind: StaticString?
    private let name: String

    /// What messages call the object: "the account 'prod'", "step 3".
    package var owner: String { kind.map { "\($0) '\(name)'" } ?? name }

    /// Nil, with a diagnostic, when the value is no object.
    ///
    /// Nil as well for a reference that leads nowhere, which has been reported already.
    package init?(_ value: JSONValue, _ owner: String, _ diagnostics: inout [Diagnostic]) {
        self.init(value, nil, owner, &diagnostics)
    }

    /// The reader of something with a name: "the role" and "Deploy"; the words are put together
    /// where a message needs them.
    package init?(
        _ value: JSONValue,
        _ kind: StaticString?,
        _ name: String,
        _ diagnostics: inout [Diagnostic]
    ) {
        if value.origin == .missing { return nil }
        self.value = value
        self.kind = kind
        self.name = name
        guard value.isObject else {
            diagnostics.append(.wrongType(owner, expected: "an object", found: value))
            return nil
        }
    }
}

extension ObjectReader {
    package var members: [JSONMember] { value.members ?? [] }

    package func member(_ field: String) -> JSONMember? {
        value.member(field)
    }

    /// Reports every member that the format does not have, see ``allow(_:synonyms:_:)``.
    package func allow(
        _ format: ObjectFormat,
        synonyms: [String: String] = [:],
        _ diagnostics: inout [Diagnostic]
    ) {
        if value.hasKeys(only: format.names) { return }
        allow(format.names.map(\.text), synonyms: synonyms, &diagnostics)
    }

    /// As ``allow(_:synonyms:_:)``, for names that are compared without making strings.
    package func allow(only known: [JSONName], _ diagnostics: inout [Diagnostic]) {
        if !value.hasKeys(only: known) { allow(known.map(\.text), &diagnostics) }
    }

    /// Reports every member whose key is not among the known ones.
    ///
    /// `synonyms` are words people take for a field, in lower case, with the field's own name.
    package func allow(
        _ known: [String],
        synonyms: [String: String] = [:],
        _ diagnostics: inout [Diagnostic]
    ) {
        for member in value.eachMember {
            let key = member.key
            if known.contains(key) { continue }
            // Beyond a few hundred mistakes nobody reads the suggestions.
            let near =
                diagnostics.count < 300
                ? synonyms[key.lowercased()] ?? NearestName.of(key, among: known)
                : nil
            diagnostics.append(
                .unknownField(
                    key,
                    in: owner,
                    at: member.keySpan,
                    known: known,
                    nearest: near
                )
            )
            diagnostics.keepWithinLimit()
        }
    }

    /// The value of a field, nil when it is absent or null.
    package func present(_ field: String) -> JSONValue? {
        value[field].flatMap { $0.isNull ? nil : $0 }
    }

    /// The value of a field that must be there.
    package func required(_ field: String, _ diagnostics: inout [Diagnostic]) -> JSONValue? {
        if let found = value[field] { return found }
        reportMissing(field, &diagnostics)
        return nil
    }

    /// The value of a field that must be there and say something, so not `null`.
    package func given(_ field: String, _ diagnostics: inout [Diagnostic]) -> JSONValue? {
        guard let found = required(field, &diagnostics) else { return nil }
        guard found.isNull else { return found }
        diagnostics.append(.wrongType("'\(field)'", expected: "a value", found: found))
        return nil
    }

    /// Reports that a field is missing, unless it was found misspelled a moment ago, or one of
    /// those that may stand in its place.
    package func reportMissing(
        _ field: String,
        orElse others: [String] = [],
        _ diagnostics: inout [Diagnostic]
    ) {
        let keys = Set(members.map(\.keySpan))
        // Mistakes of one object are reported together; far back there are those of others.
        let isMisspelled = diagnostics.suffix(100).contains { diagnostic in
            guard let meant = diagnostic.misspelledField else { return false }
            return (meant == field || others.contains(meant)) && keys.contains(diagnostic.span)
        }
        if !isMisspelled { diagnostics.append(.missingField(field, in: owner, at: value.span)) }
    }

    package func string(_ field: String, _ diagnostics: inout [Diagnostic]) -> String? {
        guard let found = present(field) else { return nil }
        guard let text = found.string else {
            diagnostics.append(.wrongType("'\(field)'", expected: "a string", found: found))
            return nil
        }
        return text
    }

    package func bool(_ field: String, _ diagnostics: inout [Diagnostic]) -> Bool? {
        guard let found = present(field) else { return nil }
        guard case .bool(let flag) = found.content else {
            diagnostics.append(.wrongType("'\(field)'", expected: "true or false", found: found))
            return nil
        }
        return flag
    }

    package func integer(_ field: String, _ diagnostics: inout [Diagnostic]) -> Int? {
        guard let found = present(field) else { return nil }
        guard case .number(let text) = found.content else {
            diagnostics.append(.wrongType("'\(field)'", expected: "a whole number", found: found))
            return nil
        }
        guard let number = Int(text) else {
            let message = "'\(field)' must be a whole number, not \(text)"
            diagnostics.append(.error("json.wrong-type", message, at: found.span))
            return nil
        }
        return number
    }

    /// The elements of a list of strings with their places; wrong elements are reported.
    package func strings(
        _ field: String,
        _ diagnostics: inout [Diagnostic]
    ) -> [SourceString]? {
        guard let found = present(field) else { return nil }
        guard let elements = found.elements else {
            diagnostics.append(
                .wrongType("'\(field)'", expected: "a list of strings", found: found)
            )
            return nil
        }
        return elements.compactMap { SourceString($0, "an element of '\(field)'", &diagnostics) }
    }

    /// The members of a field that is an object of named things; empty when absent.
    package func entries(_ field: String, _ diagnostics: inout [Diagnostic]) -> [JSONMember] {
        guard let found = present(field) else { return [] }
        guard let members = found.members else {
            diagnostics.append(.wrongType("'\(field)'", expected: "an object", found: found))
            return []
        }
        return members
    }
}

/// A string with the place it was read from.
package struct SourceString: Sendable, Hashable {
    package let text: String
    package let span: SourceSpan

    package init(_ text: String, at span: SourceSpan) {
        self.text = text
        self.span = span
    }

    /// Nil, with a diagnostic, when the value is no string.
    package init?(_ value: JSONValue, _ what: String, _ diagnostics: inout [Diagnostic]) {
        guard let text = value.string else {
            diagnostics.append(.wrongType(what, expected: "a string", found: value))
            return nil
        }
        self.init(text, at: value.span)
    }
}
