package import Authorization
package import JSONSource
import OrganizationModel
package import Scenarios

/// What a run is about: scenarios, the guardrails of their organizations and the faults in them.
package struct MutationPlan: Sendable {
    package let guardrails: [Guardrail]
    package private(set) var mutants: [Mutant]
    /// Whether more mutants could have been made.
    package let isBounded: Bool
    let scenarios: [Scenario]
    let worlds: [World]
    /// The guardrails that an organization attaches somewhere.
    let attached: Set<Int>

    /// More mutants than these are not made.
    package static var mutantLimit: Int { MutantMaker.limit }

    /// An organization with the scenarios that are replayed on it.
    struct World: Sendable {
        let state: OrganizationState
        let engine: Engine
        var scenarios: [Int] = []
    }

    /// The policy types that can be asked for.
    package static let types: [PolicyType] = [
        .serviceControlPolicy, .resourceControlPolicy, .permissionsBoundary, .trustPolicy,
        .resourcePolicy, .vpcEndpointPolicy, .identityPolicy,
    ]

    /// All faults in guardrails of some types that the organizations of the scenarios hold.
    package init(_ scenarios: [Scenario], types: Set<PolicyType>, sources: SourceMap) {
        self.scenarios = scenarios
        var worlds: [World] = []
        var known: [ObjectIdentifier: Int] = [:]
        for (index, scenario) in scenarios.enumerated() {
            let identity = ObjectIdentifier(scenario.state.organization)
            let world = known[identity] ?? worlds.count
            if world == worlds.count {
                known[identity] = world
                worlds.append(World(state: scenario.state, engine: scenario.engine))
            }
            worlds[world].scenarios.append(index)
        }
        var finder = GuardrailFinder(sources: sources)
        for (index, world) in worlds.enumerated() { finder.add(world.state.value, world: index) }
        let attachments = Dictionary(grouping: finder.attachments, by: \.guardrail)
        var maker = MutantMaker(sources: sources)
        for (index, guardrail) in finder.guardrails.enumerated()
        where types.contains(guardrail.type) {
            maker.add(guardrail, at: index)
            for attachment in attachments[index] ?? [] {
                maker.add(attachment, of: guardrail.type)
            }
        }
        self.worlds = worlds
        guardrails = finder.guardrails
        attached = Set(attachments.keys)
        mutants = maker.mutants
        isBounded = maker.isBounded
    }
}

extension MutationPlan {
    /// The same plan with one of so many mutants.
    package func every(_ stride: Int) -> MutationPlan {
        var copy = self
        copy.mutants = mutants.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
        return copy
    }

    /// The organizations that a mutant changes, as their files read then.
    package func files(of mutant: Mutant) -> [(world: Int, file: JSONValue)] {
        var files: [Int: JSONValue] = [:]
        func edit(_ world: Int, _ change: (JSONValue) -> JSONValue) {
            files[world] = change(files[world] ?? worlds[world].state.value)
        }
        switch mutant.change {
        case .document(let document):
            for place in guardrails[mutant.guardrail].places {
                edit(place.world) { $0.setting(place.path, to: document) ?? $0 }
            }
        case .attachment(let policy, let edits):
            for one in edits { edit(one.world) { one.applied(to: $0, policy) } }
        }
        return files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
