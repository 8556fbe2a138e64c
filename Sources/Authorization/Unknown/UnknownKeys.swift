package import PolicyLanguage

/// The condition keys of a request whose values nobody knows: each may be absent or anything.
package struct UnknownKeys: Sendable, Hashable {
    /// Every key that a real call could carry and that nobody gave.
    package private(set) var areAllOthers = false
    /// Canonical names; of a family such as `aws:PrincipalTag/*` what stands before the star.
    private var names: Set<String> = []
    private var families: Set<String> = []

    package init() {}

    /// Adds a key, a family such as `aws:RequestTag/*`, or `*` for every key nobody gave.
    package mutating func insert(_ name: String) {
        let canonical = ConditionKey(name).canonical
        if canonical == "*" {
            areAllOthers = true
        } else if canonical.hasSuffix("/*") {
            families.insert(String(canonical.dropLast()))
        } else {
            names.insert(canonical)
        }
    }

    package mutating func formUnion(_ others: UnknownKeys) {
        areAllOthers = areAllOthers || others.areAllOthers
        names.formUnion(others.names)
        families.formUnion(others.families)
    }

    package var isEmpty: Bool { !areAllOthers && names.isEmpty && families.isEmpty }

    /// Whether the key, or its family, is named.
    package func name(_ key: ConditionKey) -> Bool {
        names.contains(key.canonical) || families.contains { key.canonical.hasPrefix($0) }
    }
}
