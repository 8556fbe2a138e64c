package import Authorization
package import JSONSource
package import OrganizationModel
package import Parallelism
import PolicyLanguage

/// Reads scenario files and the organizations they name.
package struct ScenarioReader {
    /// Reads files; its diagnostics are those of the whole run.
    package internal(set) var loader: DocumentLoader
    /// What is left of the work that one run does.
    package private(set) var budget: ReplayBudget
    /// The organizations in files, nil for one of which nothing can be asked.
    var worlds: [String: World?] = [:]
    /// Policies of all organizations, many of which are the same.
    let library = PolicyLibrary()
    let workers: Workers

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
        /// Whether it was read without an error.
        let isSound: Bool
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
        scenarios(in: [(path, loader.load(path, namedAt: nil))], by: workers)[0]
    }

    /// The scenarios in some files, in their order.
    package mutating func read(_ paths: [String], by workers: Workers) -> [Scenario?] {
        loader.prefetch(paths, by: workers)
        let values = paths.map { (path: $0, value: loader.load($0, namedAt: nil)) }
        return scenarios(in: values, by: workers)
    }

    /// What concerns one file or one organization alone is read in parallel.
    private mutating func scenarios(
        in values: [(path: String, value: JSONValue?)],
        by workers: Workers
    ) -> [Scenario?] {
        let drafts = workers.map(values) { path, value in
            value.map { ScenarioDraft($0, path: path, by: workers) }
        }
        var unread = UnreadWorlds()
        let located = drafts.map { draft in draft.map { locate($0, among: &unread) } }
        let worlds = unread.read(library, by: workers)
        return zip(drafts, located).map { draft, located in
            guard let draft, let located else { return nil }
            return finish(draft, located, among: worlds)
        }
    }

    /// The files among some that look like scenarios, see ``isScenario(_:)``.
    package mutating func scenarios(among paths: [String], by workers: Workers) -> [String] {
        loader.prefetch(paths, by: workers)
        return paths.filter { isScenario($0) }
    }

    /// A scenario with its organization; its work is counted.
    private mutating func finish(
        _ draft: ScenarioDraft,
        _ located: LocatedScenario,
        among worlds: [ReadWorld]
    ) -> Scenario? {
        var draft = draft
        defer { loader.report(draft.diagnostics) }
        guard let world = located.world.flatMap({ world($0, among: worlds) }), located.isComplete
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
            isSound: !draft.diagnostics.hasErrors && located.isSound && world.isSound,
            source: draft.source
        )
    }
}
