package import PolicyLanguage

/// The condition keys of a request whose values nobody knows: each may be absent or anything.
package struct UnknownKeys: Sendable, Hashable {
    /// Every key that a real call could carry and that nobody gave.
    private var areAllOthers = false
    /// Canonical names; of a family such as `aws:PrincipalTag/*` what stands before the star.
    private var names: Set<String> = []
    private var families: Set<String> = []
    /// Of `ec2:*` the service: all of its keys that a real call could carry and that nobody gave.
    private var services: Set<String> = []

    package init() {}

    /// Adds a key, a family such as `aws:RequestTag/*`, the keys of a service such as `ec2:*`, or
    /// `*` for every key nobody gave.
    package mutating func insert(_ name: String) {
        let canonical = ConditionKey(name).canonical
        if canonical == "*" {
            areAllOthers = true
        } else if canonical.hasSuffix("/*") {
            families.insert(String(canonical.dropLast()))
        } else if canonical.hasSuffix(":*") {
            services.insert(String(canonical.dropLast()))
        } else {
            names.insert(canonical)
        }
    }

    package mutating func formUnion(_ others: UnknownKeys) {
        areAllOthers = areAllOthers || others.areAllOthers
        names.formUnion(others.names)
        families.formUnion(others.families)
        services.formUnion(others.services)
    }

    package var isEmpty: Bool {
        !areAllOthers && names.isEmpty && families.isEmpty && services.isEmpty
    }

    /// Whether the key is unknown if a real call could carry it and nobody gave it.
    func mayMean(_ key: ConditionKey) -> Bool {
        areAllOthers || services.contains { key.canonical.hasPrefix($0) }
    }

    /// Whether the key, or its family, is named.
    package func name(_ key: ConditionKey) -> Bool {
        names.contains(key.canonical) || families.contains { key.canonical.hasPrefix($0) }
    }
}
