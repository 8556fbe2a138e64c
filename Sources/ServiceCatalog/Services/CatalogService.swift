import JSONSource
import PolicyLanguage
import Synchronization

/// A service of AWS with its actions, resource types and condition keys.
///
/// Source: Service Authorization Reference, "Actions, resources, and condition keys for AWS
/// services". The lines of a service are looked at when first asked for.
package final class CatalogService: Sendable {
    /// In lower case, as in `s3:GetObject`.
    package let prefix: String
    /// Whether resource control policies reach the service (RCP-6).
    package let isReachedByRCPs: Bool
    /// The number of its first action among those of all services.
    let firstActionNumber: Int
    private let title: EmbeddedText
    private let counts: [Int]
    private let body: EmbeddedText
    private let loaded = AtomicLazyReference<Lines>()
    private let loadedFormats = AtomicLazyReference<Formats>()

    /// Takes a service, header line and body, from the front of the text.
    init(takenFrom text: inout EmbeddedText, firstActionNumber: Int) {
        self.firstActionNumber = firstActionNumber
        var header = text.take(until: .newline)
        header.drop(1)
        prefix = header.take(until: .tab).string
        title = header.take(until: .tab)
        isReachedByRCPs = header.take(until: .tab).first == UInt8(ascii: "r")
        counts = (0..<3).map { _ in header.take(until: .tab).number }
        body = text.take(header.number)
    }

    /// The name, such as `Amazon S3`.
    package var name: String { title.string }

    /// How many actions it has; its lines need not be looked at.
    var actionCount: Int { counts[2] }
}

extension CatalogService {
    /// The action of a name without prefix, in any case.
    package func action(_ name: String) -> CatalogAction? {
        lines.actions[name].map { CatalogAction(service: self, entry: $0) }
    }

    /// The action at a place among the service's actions by name.
    func action(at index: Int) -> CatalogAction {
        CatalogAction(service: self, entry: lines.actions.all[index])
    }

    /// The place of an action among the service's actions by name.
    func actionIndex(of name: String) -> Int? { lines.actions.index(of: name) }

    /// All actions, by name.
    package var actions: [CatalogAction] {
        lines.actions.all.map { CatalogAction(service: self, entry: $0) }
    }

    /// The actions that a name with the wildcards `*` and `?` covers, by name.
    ///
    /// - Complexity: O(log actions + actions with the letters before the first wildcard).
    package func actions(matching pattern: String) -> [CatalogAction] {
        let letters = pattern.prefix { $0 != "*" && $0 != "?" }
        var found = lines.actions.beginning(with: String(letters))
        let rest = pattern.utf8.dropFirst(letters.utf8.count)
        if !rest.elementsEqual("*".utf8) {
            let wildcard = Wildcard(actionName: pattern)
            found = found.filter { wildcard.matches($0.name.string.lowercased()) }[...]
        }
        return found.map { CatalogAction(service: self, entry: $0) }
    }

    /// The name of the action somebody probably meant.
    package func nearestAction(to name: String) -> String? {
        NearestName.of(name, among: lines.actions.all.map(\.name.string))
    }
}

extension CatalogService {
    /// The resource type of a name as the Service Authorization Reference spells it.
    package func resourceType(_ name: String) -> CatalogResourceType? {
        lines.resourceTypes[name].map(CatalogResourceType.init)
    }

    /// All resource types, by name.
    package var resourceTypes: [CatalogResourceType] {
        lines.resourceTypes.all.map(CatalogResourceType.init)
    }

    /// The condition key of a name in any case, `aws:RequestTag/team` by its template.
    package func conditionKey(_ name: String) -> CatalogConditionKey? {
        keyEntry(name).map(CatalogConditionKey.init)
    }

    /// The name of a key, or of its template, as the tables of the service spell it.
    func listedName(ofKey name: String) -> EmbeddedText? { keyEntry(name)?.name }

    private func keyEntry(_ name: String) -> SortedEntries.Entry? {
        let lines = lines
        if let entry = lines.conditionKeys[name] { return entry }
        if lines.keyTemplates.isEmpty { return nil }
        let canonical = name.lowercased()
        return lines.keyTemplates.first { $0.pattern.matches(canonical) }?.entry
    }

    /// Whether there is a key `SERVICE:ResourceTag/…`.
    package var hasOwnResourceTagKey: Bool {
        !lines.conditionKeys.beginning(with: "\(prefix):ResourceTag/").isEmpty
    }

    /// All condition keys, by name: those of `aws:` that AWS lists for it and its own.
    package var conditionKeys: [CatalogConditionKey] {
        lines.conditionKeys.all.map(CatalogConditionKey.init)
    }
}

extension CatalogService {
    /// The lines of the body by kind; an object, for several threads to agree on.
    private final class Lines: Sendable {
        let conditionKeys: SortedEntries
        let keyTemplates: [KeyTemplate]
        let resourceTypes: SortedEntries
        let actions: SortedEntries

        init(_ body: EmbeddedText, _ counts: [Int]) {
            var body = body
            conditionKeys = Self.entries(counts[0], letters: 2, &body)
            keyTemplates = conditionKeys.all.compactMap(KeyTemplate.init)
            resourceTypes = Self.entries(counts[1], letters: 1, &body)
            actions = Self.entries(counts[2], letters: 2, &body)
        }

        /// The letters before the name say of which kind the line is and, if two, which type.
        private static func entries(
            _ count: Int,
            letters: Int,
            _ text: inout EmbeddedText
        ) -> SortedEntries {
            var entries = SortedEntries(count: count)
            for _ in 0..<count {
                var line = text.take(until: .newline)
                line.drop(letters - 1)
                let letter = line.first ?? 0
                line.drop(1)
                let name = line.take(until: .tab)
                entries.append(SortedEntries.Entry(name: name, rest: line, letter: letter))
            }
            return entries
        }
    }

    /// A condition key part of whose name is the caller's.
    private struct KeyTemplate: Sendable {
        let entry: SortedEntries.Entry
        let pattern: Wildcard

        init?(_ entry: SortedEntries.Entry) {
            let name = entry.name
            guard name.contains(UInt8(ascii: "$")) || name.contains(UInt8(ascii: "<")) else {
                return nil
            }
            self.entry = entry
            pattern = Wildcard(template: name.string)
        }
    }

    /// The ARN formats of all resource types, by type and made ready once.
    private final class Formats: Sendable {
        let byType: [[ARNFormat]]

        init(_ types: [CatalogResourceType]) {
            byType = types.map { $0.arnFormats.compactMap { ARNFormat($0) } }
        }
    }

    func arnFormats(ofType name: EmbeddedText) -> [ARNFormat] {
        let formats = loadedFormats.load() ?? loadedFormats.storeIfNil(Formats(resourceTypes))
        return lines.resourceTypes.index(of: name.bytes).map { formats.byType[$0] } ?? []
    }

    /// The keys that every action on resources of a type carries.
    func keys(ofType name: EmbeddedText) -> EmbeddedText.Pieces {
        let types = lines.resourceTypes
        var rest = types.index(of: name.bytes).map { types.all[$0].rest } ?? EmbeddedText.empty
        _ = rest.take(until: .tab)
        return rest.split(at: .comma)
    }

    private var lines: Lines { loaded.load() ?? loaded.storeIfNil(Lines(body, counts)) }
}

extension Wildcard {
    /// The name of an action with `*` and `?`, for names in lower case.
    fileprivate init(actionName pattern: String) {
        self.init(
            pattern.lowercased().utf8.map {
                switch $0 {
                case UInt8(ascii: "*"): .run
                case UInt8(ascii: "?"): .character
                default: .byte($0)
                }
            }
        )
    }

    /// A condition key such as `aws:RequestTag/${TagKey}` or `s3:ExistingObjectTag/<key>`; at
    /// least one character stands in the gap.
    fileprivate init(template: String) {
        var tokens: [Token] = []
        var isInGap = false
        for byte in template.lowercased().utf8 {
            switch byte {
            case UInt8(ascii: "$"), UInt8(ascii: "<"):
                isInGap = true
                tokens += [.character, .run]
            case UInt8(ascii: "}"), UInt8(ascii: ">"): isInGap = false
            default: if !isInGap { tokens.append(.byte(byte)) }
            }
        }
        self.init(tokens)
    }
}
