/// A type of resource that actions of a service name.
///
/// Source: Service Authorization Reference, "Resource types table".
package struct CatalogResourceType: Sendable, Hashable {
    package let name: String
    /// Such as `arn:${Partition}:s3:::${BucketName}`; a few types have two.
    package let arnFormats: [String]
    /// Keys that every action on such a resource carries.
    package let conditionKeys: [String]

    init(_ entry: SortedEntries.Entry) {
        var rest = entry.rest
        name = entry.name.string
        arnFormats = rest.take(until: .tab).split(at: UInt8(ascii: ";")).map(\.string)
        conditionKeys = rest.split(at: .comma).map(\.string)
    }
}
