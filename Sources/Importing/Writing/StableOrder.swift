import JSONSource

/// An organization in an order that hangs on what it says alone, so that an export whose answers
/// list the same things in another order gives the same files.
enum StableOrder {
    static func sorted(_ organization: JSONValue) -> JSONValue {
        value(organization, in: .organization)
    }

    /// What an object is, which says what its members are.
    private enum Kind {
        case organization
        case place
        case account
        case iam
        case entity
        case resource
        case identityCenter
        /// Its members are named by those who made them, and are all of one kind.
        indirect case named(Kind)
        /// What its order means is not known, so it stays: a policy, above all.
        case whole
        /// A list in which order means nothing, or a value of one.
        case unordered
    }

    private static func value(_ value: JSONValue, in kind: Kind) -> JSONValue {
        switch value.content {
        case .null, .bool, .number, .string: return value
        case .array(let elements):
            guard case .unordered = kind else { return value }
            let sorted = elements.map { ($0, JSONOutput($0).compact) }.sorted { $0.1 < $1.1 }
            return JSONValue(.array(sorted.map(\.0)), at: value.span, origin: value.origin)
        case .object(let members):
            if case .whole = kind { return value }
            if case .unordered = kind { return value }
            var inner = members.map { member in
                member.replacing(self.value(member.value, in: part(member.key, of: kind)))
            }
            if case .named = kind { inner.sort { $0.key < $1.key } }
            return JSONValue(.object(inner), at: value.span, origin: value.origin)
        }
    }

    private static func part(_ key: String, of kind: Kind) -> Kind {
        switch (kind, key) {
        case (.named(let inner), _): inner
        case (_, "tags"): .named(.whole)
        case (.organization, "serviceControlPolicies"), (.organization, "resourceControlPolicies"),
            (.organization, "awsManagedPolicies"):
            .named(.whole)
        case (.organization, "root"): .place
        case (.organization, "externalAccounts"): .named(.account)
        case (.organization, "delegatedAdministrators"): .named(.unordered)
        case (.organization, "identityCenter"): .identityCenter
        case (.organization, _): .unordered
        case (.place, "accounts"): .named(.account)
        case (.place, "organizationalUnits"): .named(.place)
        case (.account, "iam"): .iam
        case (.account, "resources"): .named(.resource)
        case (.iam, "users"), (.iam, "groups"), (.iam, "roles"), (.iam, "managedPolicies"):
            .named(.entity)
        case (.iam, "instanceProfiles"), (.iam, "samlProviders"): .named(.whole)
        case (.iam, "oidcProviders"): .named(.entity)
        case (.entity, "inlinePolicies"), (.entity, "attributes"): .named(.whole)
        case (.entity, "trustPolicy"), (.entity, "document"), (.entity, "inlinePolicy"),
            (.resource, "policy"):
            .whole
        case (.identityCenter, "users"), (.identityCenter, "groups"),
            (.identityCenter, "permissionSets"):
            .named(.entity)
        case (.place, _), (.account, _), (.entity, _), (.resource, _), (.identityCenter, _):
            .unordered
        default: .whole
        }
    }
}
