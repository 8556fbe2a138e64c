import Authorization
import JSONSource
import PolicyLanguage

// Policy types left out of a question, and keys whose values nobody knows.
extension FieldReader {
    /// The policy types of `without`; a service's own rules stand whatever is left out.
    mutating func without(_ object: ObjectReader) -> Set<PolicyType> {
        let names = object.strings("without", &diagnostics) ?? []
        warnRepeated(names, in: "without")
        return Set(names.compactMap { policyTypeLeftOut($0) })
    }

    /// A policy type that a question can leave out.
    mutating func policyTypeLeftOut(_ name: SourceString) -> PolicyType? {
        guard let type = choice(name, "policy type", PolicyType.self) else { return nil }
        guard type != .serviceRule else {
            refuse(
                "request.without-rules",
                "a service's own rules cannot be left out: no policy makes them",
                at: name.span
            )
            return nil
        }
        return type
    }

    /// The keys of `unknownKeys`, which the context of the same request cannot give.
    mutating func unknownKeys(_ object: ObjectReader, _ context: GivenContext) -> UnknownKeys {
        let names = object.strings("unknownKeys", &diagnostics) ?? []
        warnRepeated(names, in: "unknownKeys") { $0.lowercased() }
        var keys = UnknownKeys()
        for name in names { insertUnknown(name, into: &keys, context) }
        return keys
    }

    /// Adds a key, a family such as `aws:PrincipalTag/*`, or `*`.
    mutating func insertUnknown(
        _ name: SourceString,
        into keys: inout UnknownKeys,
        _ context: GivenContext
    ) {
        let isFamily = name.text.hasSuffix("/*") || name.text.hasSuffix(":*")
        let stars = name.text.utf8.count { $0 == UInt8(ascii: "*") }
        let isKey = name.text.contains(":") && stars == (isFamily ? 1 : 0)
        guard name.text == "*" || isKey else {
            let message =
                "'\(name.text)' is not a condition key: expected a key such as aws:SourceIp, a "
                + "family such as aws:RequestTag/* or ec2:*, or * for every key nobody gave"
            refuse("request.invalid-context-key", message, at: name.span)
            return
        }
        if let given = context.entries.first(where: { $0.key.canonical == name.text.lowercased() })
        {
            let message = "'\(given.key)' is given and cannot be unknown as well"
            refuse("request.known-key", message, at: name.span)
            return
        }
        keys.insert(name.text)
    }
}
