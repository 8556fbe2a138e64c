package import JSONSource

/// What a JSON file is to the linter.
package enum FileContent: Sendable {
    case policy(JSONValue)
    case organization(JSONValue)
    /// A scenario on organizations in other files.
    case scenario
    case other

    package init(_ value: JSONValue) {
        let keys = Set((value.members ?? []).map(\.key))
        if keys.contains("Statement") {
            self = .policy(value)
        } else if !keys.isDisjoint(with: ["root", "externalAccounts"]) {
            self = .organization(value)
        } else if !keys.isDisjoint(with: ["scenario", "steps"]) {
            // A scenario may bring its organization with it.
            if let own = value["organization"], own.members != nil {
                self = .organization(own)
            } else {
                self = .scenario
            }
        } else {
            self = .other
        }
    }

    package var isPassedOver: Bool {
        switch self {
        case .policy, .organization: false
        case .scenario, .other: true
        }
    }
}
