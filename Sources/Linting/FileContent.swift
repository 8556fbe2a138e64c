package import JSONSource

/// What a JSON file is to the linter.
package enum FileContent: Sendable {
    case policy
    case organization
    /// A scenario, whose organization is looked at on its own.
    case scenario
    case other

    package init(_ value: JSONValue) {
        let keys = Set((value.members ?? []).map(\.key))
        if keys.contains("Statement") {
            self = .policy
        } else if !keys.isDisjoint(with: ["scenario", "steps"]) {
            self = .scenario
        } else if !keys.isDisjoint(with: ["root", "externalAccounts"]) {
            self = .organization
        } else {
            self = .other
        }
    }
}
