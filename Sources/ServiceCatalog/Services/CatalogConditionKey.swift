/// A condition key that requests to a service, or to all, can carry.
///
/// Source: Service Authorization Reference, "Condition keys table"; for those of all services see
/// `GlobalConditionKeys`. The type is the service's: two services may type a key of the same name
/// differently.
package struct CatalogConditionKey: Sendable, Hashable {
    /// As AWS spells it, a template where it holds `${…}` or `<…>`.
    package let name: String
    package let type: ValueType
    /// Whether the key holds a set of values (COND-12).
    package let isMultivalued: Bool

    package enum ValueType: Sendable {
        case string
        case arn
        case bool
        case numeric
        case date
        case ipAddress
    }

    init(name: String, type: ValueType, isMultivalued: Bool) {
        self.name = name
        self.type = type
        self.isMultivalued = isMultivalued
    }

    init(_ entry: SortedEntries.Entry) {
        name = entry.name.string
        isMultivalued = entry.letter >= UInt8(ascii: "a")
        type =
            switch entry.letter & ~0x20 {
            case UInt8(ascii: "S"): .string
            case UInt8(ascii: "A"): .arn
            case UInt8(ascii: "B"): .bool
            case UInt8(ascii: "N"): .numeric
            case UInt8(ascii: "D"): .date
            case UInt8(ascii: "I"): .ipAddress
            default: preconditionFailure("the generator writes no other type")
            }
    }

    /// Whether part of the name is the caller's, as in `aws:RequestTag/${TagKey}`.
    package var isTemplate: Bool {
        name.utf8.contains { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "<") }
    }
}
