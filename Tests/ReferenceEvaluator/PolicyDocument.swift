/// A policy document, taken apart once.
struct PolicyDocument {
    let statements: [Statement]

    init(_ json: JSON) {
        // GRAM-2, GRAM-3: without a version, or with the old one, variables are plain text.
        let variables = json["Version"]?.text == "2012-10-17"
        // GRAM-4: one statement may stand without a list.
        statements = (json["Statement"]?.listed ?? []).enumerated().map { index, statement in
            Statement(statement, index: index, variables: variables)
        }
    }
}

/// One statement of a policy.
struct Statement {
    enum Effect {
        case allow
        case deny
    }

    /// `Action` and `NotAction`, `Resource` and `NotResource`.
    enum Selection<Element: Sendable>: Sendable {
        case only([Element])
        case allExcept([Element])
    }

    /// How a reason names the statement: its Sid, or its index where it has none.
    let label: String
    let effect: Effect
    let actions: Selection<String>
    /// Nil where the policy type has no resource element (trust policies).
    let resources: Selection<ResourcePattern>?
    let principals: PrincipalElement?
    let conditions: [Condition]

    init(_ json: JSON, index: Int, variables: Bool) {
        label = json["Sid"]?.text ?? String(index)
        effect = json["Effect"]?.text == "Deny" ? .deny : .allow
        if let listed = json["NotAction"]?.listed {
            actions = .allExcept(listed.compactMap(\.text))
        } else {
            actions = .only(json["Action"]?.listed.compactMap(\.text) ?? [])
        }
        func patterns(_ list: [JSON]) -> [ResourcePattern] {
            list.compactMap(\.text).map { ResourcePattern($0, variables: variables) }
        }
        if let listed = json["NotResource"]?.listed {
            resources = .allExcept(patterns(listed))
        } else {
            resources = json["Resource"].map { .only(patterns($0.listed)) }
        }
        if let principal = json["Principal"] {
            principals = PrincipalElement(principal, isNegated: false)
        } else {
            principals = json["NotPrincipal"].map { PrincipalElement($0, isNegated: true) }
        }
        // COND-1: operators, and the keys of each, are joined by "and".
        conditions = (json["Condition"]?.sortedMembers ?? []).flatMap { name, keys in
            keys.sortedMembers.map { key, values in
                Condition(
                    operatorName: name,
                    key: key,
                    values: values.listed.compactMap(\.scalarText),
                    variables: variables
                )
            }
        }
    }
}

extension Statement {
    /// Whether `Action` or `NotAction` covers the action (ACT-1, ACT-2, ACT-5).
    func covers(action: String) -> Bool {
        switch actions {
        case .only(let patterns):
            patterns.contains { Self.matches(pattern: $0, action: action) }
        case .allExcept(let patterns):
            !patterns.contains { Self.matches(pattern: $0, action: action) }
        }
    }

    private static func matches(pattern: String, action: String) -> Bool {
        // ACT-2: "*" and "*:*" are every action; elsewhere the service is compared as it stands.
        if pattern == "*" || pattern == "*:*" {
            return true
        }
        let wanted = pattern.lowercased().split(separator: ":", maxSplits: 1)
        let given = action.lowercased().split(separator: ":", maxSplits: 1)
        guard wanted.count == 2, given.count == 2, wanted[0] == given[0] else {
            return false
        }
        return Pattern(wildcards: String(wanted[1])).matches(String(given[1]))
    }

    /// Whether `Resource` or `NotResource` covers the resource (RES-1, RES-8).
    func covers(
        resource: String,
        completingShortPatterns: Bool,
        context: RequestContext
    ) -> Bool {
        func matches(_ pattern: ResourcePattern) -> Bool {
            pattern.matches(resource, completing: completingShortPatterns, context: context)
        }
        switch resources {
        case nil:
            return true
        case .only(let patterns):
            return patterns.contains(where: matches)
        case .allExcept(let patterns):
            return !patterns.contains(where: matches)
        }
    }
}
