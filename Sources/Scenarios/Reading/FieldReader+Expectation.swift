import Authorization
import JSONSource

extension FieldReader {
    /// Words people take for those of the format, in lower case.
    private static let synonyms = [
        "allow": "allowed", "boundary": "permissionsBoundary", "deny": "denied",
        "accessdenied": "denied", "bucketpolicy": "resourcePolicy", "expired": "expiredToken",
        "explicitdenied": "explicitDeny", "implicitdenied": "implicitDeny",
        "keypolicy": "resourcePolicy", "endpointpolicy": "vpcEndpointPolicy",
        "rcp": "resourceControlPolicy", "scp": "serviceControlPolicy",
        "assumerolepolicy": "trustPolicy", "inlinepolicy": "identityPolicy",
        "managedpolicy": "identityPolicy",
    ]

    mutating func expectation(_ object: ObjectReader) -> Expectation? {
        let because = object.present("because").map { elements($0) } ?? []
        let patterns = because.compactMap { reasonPattern($0) }
        let blocked = object.strings("blockedBy", &diagnostics)
        warnRepeated(blocked ?? [], in: "blockedBy")
        let types = blocked?.compactMap { choice($0, "policy type", PolicyType.self) }
        guard let value = object.required("expect", &diagnostics),
            let text = SourceString(value, "'expect'", &diagnostics),
            let verdict = choice(text, "expectation", Expectation.Verdict.self)
        else { return nil }
        checkReasons(object, verdict, at: text.span)
        return Expectation(
            verdict: verdict,
            because: patterns,
            blockedBy: types.map { Set($0) }
        )
    }

    private mutating func reasonPattern(_ value: JSONValue) -> ReasonPattern? {
        guard let object = ObjectReader(value, "'because'", &diagnostics) else { return nil }
        object.allow(
            .reason,
            synonyms: ["sid": "statement", "effect": "kind", "type": "policyType"],
            &diagnostics
        )
        var statement: String?
        if let found = object.present("statement") {
            switch found.content {
            case .string(let text), .number(let text): statement = text
            case .null, .bool, .array, .object:
                let expected = "a Sid or an index from 0"
                diagnostics.append(.wrongType("'statement'", expected: expected, found: found))
            }
        }
        return ReasonPattern(
            policyType: choice("policyType", of: object, "policy type", PolicyType.self),
            policy: object.string("policy", &diagnostics),
            statement: statement,
            target: object.string("target", &diagnostics),
            kind: choice("kind", of: object, "kind", Reason.Kind.self),
            span: value.span
        )
    }

    private mutating func choice<Value: CaseIterable & RawRepresentable<String>>(
        _ field: String,
        of object: ObjectReader,
        _ kind: String,
        _ type: Value.Type
    ) -> Value? {
        guard let value = object.present(field),
            let text = SourceString(value, "'\(field)'", &diagnostics)
        else { return nil }
        return choice(text, kind, type)
    }

    /// One of a closed set of words.
    mutating func choice<Value: CaseIterable & RawRepresentable<String>>(
        _ text: SourceString,
        _ kind: String,
        _ type: Value.Type
    ) -> Value? {
        if let value = Value(rawValue: text.text) { return value }
        let known = Value.allCases.map(\.rawValue)
        let word =
            Self.synonyms[text.text.lowercased()].flatMap { known.contains($0) ? $0 : nil }
            ?? NearestName.of(text.text, among: known)
        let near = word.map { ", did you mean '\($0)'?" } ?? ""
        let list = known.joined(separator: ", ")
        let message = "unknown \(kind) '\(text.text)'\(near) (known: \(list))"
        refuse("scenario.unknown-word", message, at: text.span)
        return nil
    }
}
