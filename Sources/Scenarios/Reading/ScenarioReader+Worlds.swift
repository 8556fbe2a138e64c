package import Authorization
package import JSONSource
import OrganizationModel
import Parallelism

// Organizations are found and put together in the order in which they are named, and read, which
// takes much longer and hangs on nothing else, side by side.
extension ScenarioReader {
    /// The engine for an organization file.
    package mutating func engine(path: String, namedAt span: SourceSpan?) -> Engine? {
        world(path: path, namedAt: span)?.engine
    }

    /// The organization in a file, read once however many scenarios name it.
    package mutating func world(path: String, namedAt span: SourceSpan?) -> World? {
        var unread = UnreadWorlds()
        guard let place = locate(path, namedAt: span, among: &unread) else { return nil }
        return world(place, among: unread.read(library, by: workers))
    }

    /// The organization in a file with others laid over it, left to right.
    package mutating func world(path: String, overlays: [String]) -> World? {
        let names = ([path] + overlays).map { JSONValue(.string($0), at: .nowhere) }
        var unread = UnreadWorlds()
        let list = JSONValue(.array(names), at: .nowhere)
        guard let place = locate(list, in: "", among: &unread) else { return nil }
        return world(place, among: unread.read(library, by: workers))
    }

    /// Finds the organization of a scenario.
    mutating func locate(
        _ draft: ScenarioDraft,
        among unread: inout UnreadWorlds
    ) -> LocatedScenario {
        let world = draft.organization.flatMap { locate($0, in: draft.file, among: &unread) }
        return LocatedScenario(
            world: world,
            isComplete: loader.isComplete(draft.file),
            isSound: loader.isSound(draft.file)
        )
    }

    private mutating func locate(
        _ path: String,
        namedAt span: SourceSpan?,
        among unread: inout UnreadWorlds
    ) -> WorldPlace? {
        if worlds[path] != nil { return .file(path, nil) }
        if let number = unread.numbers[path] { return .file(path, number) }
        guard let value = loader.load(path, namedAt: span) else { return nil }
        let world = UnreadWorld(
            value: value,
            isComplete: loader.isComplete(path),
            isSound: loader.isSound(path)
        )
        unread.numbers[path] = unread.all.count
        return .file(path, unread.add(world))
    }

    /// A path, an inline organization, or a list of those merged left to right.
    private mutating func locate(
        _ value: JSONValue,
        in path: String,
        among unread: inout UnreadWorlds
    ) -> WorldPlace? {
        switch value.content {
        case .string(let reference):
            let target = FilePath.join(reference, relativeTo: path)
            return locate(target, namedAt: value.span, among: &unread)
        case .object: return .own(unread.add(UnreadWorld(value: value)))
        case .array(let layers):
            let values = layers.compactMap { layer(of: $0, in: path) }
            guard values.count == layers.count, let base = values.first else {
                if layers.isEmpty {
                    let message = "'organization' is an empty list"
                    loader.report([.error("scenario.organization", message, at: value.span)])
                }
                return nil
            }
            let merged = values.dropFirst().reduce(base) { $0.merging($1) }
            return .own(unread.add(UnreadWorld(value: merged)))
        case .null, .bool, .number:
            let expected = "a path, an organization or a list of those"
            loader.report([.wrongType("'organization'", expected: expected, found: value)])
            return nil
        }
    }

    private mutating func layer(of value: JSONValue, in path: String) -> JSONValue? {
        if let reference = value.string {
            let target = FilePath.join(reference, relativeTo: path)
            let layer = loader.load(target, namedAt: value.span)
            return loader.isSound(target) ? layer : nil
        }
        if value.members != nil { return value }
        let expected = "a path or an organization"
        loader.report([.wrongType("a layer of 'organization'", expected: expected, found: value)])
        return nil
    }

    /// The organization at a place; what is wrong with it is told when it is first asked for.
    mutating func world(_ place: WorldPlace, among read: [ReadWorld]) -> World? {
        switch place {
        case .own(let number): return settle(read[number])
        case .file(let path, let number):
            if let known = worlds[path] { return known }
            let world = number.flatMap { settle(read[$0]) }
            worlds[path] = .some(world)
            return world
        }
    }

    private mutating func settle(_ read: ReadWorld) -> World? {
        loader.report(read.diagnostics)
        return read.world
    }
}

/// A scenario whose organization was looked for, and what could be said of its file then.
struct LocatedScenario {
    let world: WorldPlace?
    let isComplete: Bool
    let isSound: Bool
}

/// Where the organization of a scenario is found.
enum WorldPlace {
    /// In a file, and under this number among those that are not read yet.
    case file(String, Int?)
    /// It is the scenario's own.
    case own(Int)
}

/// Organizations that are to be read, in the order in which they were named.
struct UnreadWorlds {
    private(set) var all: [UnreadWorld] = []
    /// Those in files.
    var numbers: [String: Int] = [:]

    /// Adds one and says its number.
    mutating func add(_ world: UnreadWorld) -> Int {
        all.append(world)
        return all.count - 1
    }

    /// Reads all: small ones side by side, large ones one by one with all threads.
    func read(_ library: PolicyLibrary, by workers: Workers) -> [ReadWorld] {
        var read = workers.map(all) { $0.isLarge ? nil : ReadWorld($0, library, by: .one) }
        for (number, world) in all.enumerated() where read[number] == nil {
            read[number] = ReadWorld(world, library, by: workers)
        }
        return read.compactMap { $0 }
    }
}

/// An organization with its references put in place.
struct UnreadWorld: Sendable {
    let value: JSONValue
    /// Whether no part is missing.
    var isComplete = true
    var isSound = true

    /// Whether its accounts are worth being read by several threads.
    var isLarge: Bool { value.count > 10_000 }
}

/// An organization as it was read, and what is to be told of it.
struct ReadWorld: Sendable {
    let world: ScenarioReader.World?
    let diagnostics: [Diagnostic]

    init(_ unread: UnreadWorld, _ library: PolicyLibrary, by workers: Workers) {
        let parsed = OrganizationState.load(unread.value, library: library, workers: workers)
        // What is missing cannot be called unknown.
        diagnostics = parsed.diagnostics.filter {
            unread.isComplete || !$0.code.hasPrefix("organization.unknown-")
        }
        // Of an organization of which a part is missing nothing can be asked.
        guard unread.isComplete, let state = parsed.value else {
            world = nil
            return
        }
        world = ScenarioReader.World(
            state: state,
            engine: Engine(state.organization),
            isSound: unread.isSound
        )
    }
}
