package import PolicyLanguage

/// An action of a service, read from its line in the catalog property by property.
///
/// Source: Service Authorization Reference, "Actions table"; dependent actions as of 2026-04.
package struct CatalogAction: Sendable {
    package let service: CatalogService
    private let entry: SortedEntries.Entry

    init(service: CatalogService, entry: SortedEntries.Entry) {
        self.service = service
        self.entry = entry
    }

    /// Source: Service Authorization Reference, "Access level" of the actions table.
    package enum AccessLevel: Sendable {
        case list
        case read
        case write
        case tagging
        case permissionsManagement
    }

    /// A resource type the action works on.
    package struct ResourceUse: Sendable, Hashable {
        package let name: String
        /// Marked with `*` in the table: the action always needs such a resource.
        package let isRequired: Bool
        /// Keys that the action carries with resources of this type only.
        package let conditionKeys: [String]
    }
}

extension CatalogAction {
    /// Without prefix, as AWS spells it.
    package var name: String { entry.name.string }

    /// With prefix, such as `s3:GetObject`.
    package var qualifiedName: String { "\(service.prefix):\(name)" }

    package var accessLevel: AccessLevel {
        switch entry.letter {
        case UInt8(ascii: "L"): .list
        case UInt8(ascii: "R"): .read
        case UInt8(ascii: "W"): .write
        case UInt8(ascii: "T"): .tagging
        case UInt8(ascii: "P"): .permissionsManagement
        default: preconditionFailure("the generator writes no other access level")
        }
    }

    /// Whether the action names resources; without it is decided on `*` alone (RES-7).
    package var hasResourceTypes: Bool { !field(0).isEmpty }

    /// Required or not: `s3:GetObject` names its types optional and still needs an object.
    package var resourceTypes: [ResourceUse] {
        cells.map { cell in
            let cell = Cell(cell)
            return ResourceUse(
                name: cell.name.string,
                isRequired: cell.isRequired,
                conditionKeys: cell.keys.split(at: .comma).map(\.string)
            )
        }
    }

    /// The names of ``resourceTypes`` alone.
    package var resourceTypeNames: [String] { cells.map { Cell($0).name.string } }

    /// Keys that the action carries whatever the resource, templates as AWS writes them.
    package var conditionKeys: [String] { field(1).split(at: .comma).map(\.string) }

    /// Whether requests for the action can carry a key: always, with some resource type, or as a
    /// key of that type.
    package func carries(_ key: ConditionKey) -> Bool {
        guard let name = service.listedName(ofKey: key.canonical) else { return false }
        return carries(listed: name)
    }

    // PERF: decisions; read where it lies, without a string for each name.
    func carries(listed name: EmbeddedText) -> Bool {
        if field(1).split(at: .comma).contains(where: name.isSame) { return true }
        return cells.contains { cell in
            let cell = Cell(cell)
            return cell.keys.split(at: .comma).contains(where: name.isSame)
                || service.keys(ofType: cell.name).contains(where: name.isSame)
        }
    }

    /// The ARN formats of the resource types that the action works on.
    var arnFormats: [ARNFormat] { cells.flatMap { service.arnFormats(ofType: Cell($0).name) } }

    /// Actions, with prefix, that the caller needs as well.
    package var dependentActions: [String] { field(2).split(at: .comma).map(\.string) }

    /// What the line says of one resource type: `NAME!(KEY,KEY)`, the mark and the keys optional.
    private struct Cell {
        let name: EmbeddedText
        let isRequired: Bool
        let keys: EmbeddedText

        init(_ text: EmbeddedText) {
            var rest = text
            var name = rest.take(until: UInt8(ascii: "("))
            isRequired = name.contains(UInt8(ascii: "!"))
            self.name = name.take(until: UInt8(ascii: "!"))
            keys = rest.take(until: UInt8(ascii: ")"))
        }
    }

    private var cells: EmbeddedText.Pieces { field(0).split(at: UInt8(ascii: ";")) }

    private func field(_ index: Int) -> EmbeddedText {
        var rest = entry.rest
        for _ in 0..<index { _ = rest.take(until: .tab) }
        return rest.take(until: .tab)
    }
}
