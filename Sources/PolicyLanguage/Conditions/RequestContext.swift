/// The value of one condition key in a request.
package struct ContextValue: Sendable, Hashable {
    package let values: [String]
    /// Whether the key holds a set; such a key needs `ForAllValues` or `ForAnyValue` (COND-12).
    package let isMultivalued: Bool

    package init(values: [String], isMultivalued: Bool) {
        self.values = values
        self.isMultivalued = isMultivalued
    }

    package static func single(_ value: String) -> ContextValue {
        ContextValue(values: [value], isMultivalued: false)
    }

    package static func set(_ values: [String]) -> ContextValue {
        ContextValue(values: values, isMultivalued: true)
    }

    /// An empty set, or one that holds only an empty text, counts as no value (COND-35).
    package var isEmptySet: Bool { values.allSatisfy(\.isEmpty) }
}

/// The condition keys of a request with their values; names ignore case.
package struct RequestContext: Sendable, Hashable {
    private var entries: [String: Entry] = [:]

    private struct Entry: Sendable, Hashable {
        let spelling: String
        let value: ContextValue
    }

    package init() {}

    package subscript(key: ConditionKey) -> ContextValue? {
        get { entries[key.canonical]?.value }
        set {
            entries[key.canonical] = newValue.map { Entry(spelling: key.description, value: $0) }
        }
    }

    /// The value a policy variable takes; multivalued keys cannot be variables (VAR-1).
    package func single(_ key: ConditionKey) -> String? {
        guard let value = entries[key.canonical]?.value, !value.isMultivalued else { return nil }
        return value.values.first
    }

    /// The names of all keys as they were written, sorted.
    package var spelledKeys: [String] { entries.values.map(\.spelling).sorted() }
}
