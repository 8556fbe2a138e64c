package import Authorization
package import JSONSource
package import OrganizationModel
package import Parallelism
import PolicyLanguage

/// Reads scenario files and the organizations they name.
package struct ScenarioReader {
    /// Reads files; its diagnostics are those of the whole run.
    package private(set) var loader: DocumentLoader
    /// What is left of the work that one run does.
    package private(set) var budget: ReplayBudget
    private var worlds: [String: World?] = [:]
    /// Policies of all organizations, many of which are the same.
    private let library = PolicyLibrary()
    private let workers: Workers

    /// What is read is the same with any number of workers.
    package init(
        loader: DocumentLoader,
        budget: ReplayBudget = ReplayBudget(),
        workers: Workers = .one
    ) {
        self.loader = loader
        self.loader.workers = workers
        self.budget = budget
        self.workers = workers
    }

    package var diagnostics: [Diagnostic] { loader.diagnostics }

    /// An organization with the engine that answers for it.
    package struct World {
        package let state: OrganizationState
        package let engine: Engine
        fileprivate var isSound = true
    }
}

extension ScenarioReader {
    package mutating func report(_ problems: [Diagnostic]) {
        loader.report(problems)
    }

    /// Whether a file looks like a scenario: an object with `scenario` or `steps`.
    ///
    /// A file that is no JSON counts as one, so that its error is reported.
    package mutating func isScenario(_ path: String) -> Bool {
        guard let value = loader.file(path, namedAt: nil) else { return true }
        return value["scenario"] != nil || value["steps"] != nil
    }

    /// The scenario in a file; nil, with diagnostics, when nothing of it can be replayed.
    package mutating func read(_ path: String) -> Scenario? {
        guard let value = loader.load(path, namedAt: nil) else { return nil }
        return finish(ScenarioDraft(value, path: path))
    }

    /// The scenarios in some files, in their order: what concerns one file alone is read in
    /// parallel.
    package mutating func read(_ paths: [String], by workers: Workers) -> [Scenario?] {
        loader.prefetch(paths, by: workers)
        let values = paths.map { (path: $0, value: loader.load($0, namedAt: nil)) }
        let drafts = workers.map(values) { path, value in
            value.map { ScenarioDraft($0, path: path) }
        }
        return drafts.map { draft in draft.flatMap { finish($0) } }
    }

    /// The files among some that look like scenarios, see ``isScenario(_:)``.
    package mutating func scenarios(among paths: [String], by workers: Workers) -> [String] {
        loader.prefetch(paths, by: workers)
        return paths.filter { isScenario($0) }
    }

    /// A scenario with its organization; its work is counted.
    private mutating func finish(_ draft: ScenarioDraft) -> Scenario? {
        var draft = draft
        defer { loader.report(draft.diagnostics) }
        guard let organization = draft.organization,
            let world = world(organization, in: draft.file), loader.isComplete(draft.file)
        else { return nil }
        if let problem = budget.charge(draft.steps, on: world.state) {
            draft.diagnostics.append(problem)
            return nil
        }
        return Scenario(
            file: draft.file,
            name: draft.name,
            description: draft.description,
            tags: draft.tags,
            clock: draft.clock,
            state: world.state,
            engine: world.engine,
            steps: draft.steps,
            isSound: !draft.diagnostics.hasErrors && loader.isSound(draft.file) && world.isSound,
            source: draft.source
        )
    }

    /// The engine for an organization file.
    package mutating func engine(path: String, namedAt span: SourceSpan?) -> Engine? {
        world(path: path, namedAt: span)?.engine
    }

    /// The organization in a file, read once however many scenarios name it.
    package mutating func world(path: String, namedAt span: SourceSpan?) -> World? {
        if let known = worlds[path] { return known }
        guard let value = loader.load(path, namedAt: span) else { return nil }
        var world = world(value, isWhole: loader.isComplete(path))
        // Of an organization of which a part is missing nothing can be asked.
        if !loader.isComplete(path) { world = nil }
        world?.isSound = loader.isSound(path)
        worlds[path] = world
        return world
    }

    /// `isWhole` says that no part is missing: what is, cannot be called unknown.
    private mutating func world(_ value: JSONValue, isWhole: Bool = true) -> World? {
        let parsed = OrganizationState.load(value, library: library, workers: workers)
        loader.report(
            parsed.diagnostics.filter { isWhole || !$0.code.hasPrefix("organization.unknown-") }
        )
        return parsed.value.map { World(state: $0, engine: Engine($0.organization)) }
    }

    /// A path, an inline organization, or a list of those merged left to right.
    private mutating func world(_ value: JSONValue, in path: String) -> World? {
        switch value.content {
        case .string(let reference):
            let target = FilePath.join(reference, relativeTo: path)
            return world(path: target, namedAt: value.span)
        case .object: return world(value)
        case .array(let layers):
            let values = layers.compactMap { layer(of: $0, in: path) }
            guard values.count == layers.count, let base = values.first else {
                if layers.isEmpty {
                    let message = "'organization' is an empty list"
                    loader.report([.error("scenario.organization", message, at: value.span)])
                }
                return nil
            }
            return world(values.dropFirst().reduce(base) { $0.merging($1) })
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
}
