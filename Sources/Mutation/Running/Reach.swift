import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
import Scenarios

/// Which checks ask which guardrails: a fault can only be noticed by those.
struct Reach: Sendable {
    /// Checks by the place of their step.
    typealias Checks = [Int: [Int]]

    /// By guardrail and scenario.
    private var documents: [Int: [Int: Checks]] = [:]
    /// The checks that ask control policies, whichever are attached, by type and scenario.
    private var levels: [PolicyType: [Int: Checks]] = [:]
    /// The last step of a scenario that is about everything: a change, or a question about everybody.
    private var everything: [Int: Int] = [:]
    /// The organizations that a step of some scenario changes.
    private var changing: Set<Int> = []
    /// What was asked of whom, for those who look for other requests.
    private(set) var asked: [Asked] = []

    /// A request of a scenario with what it was asked of.
    struct Asked: Sendable {
        let scenario: Int
        let step: Int
        let principal: String?
        let request: Request
        let isFirstState: Bool
        let guardrails: Set<Int>
    }

    /// So many requests are kept to look for others near them.
    static let keptLimit = 20_000
}

extension Reach {
    /// What the checks of scenarios that pass ask.
    init(_ plan: MutationPlan) {
        var places: [SourceSpan: [Int]] = [:]
        for (index, guardrail) in plan.guardrails.enumerated() {
            for span in Set(guardrail.places.map(\.span)) {
                places[span, default: []].append(index)
            }
        }
        for (number, world) in plan.worlds.enumerated() {
            let steps = world.scenarios.lazy.flatMap { plan.scenarios[$0].steps }
            if steps.contains(where: \.isChange) { changing.insert(number) }
        }
        for (number, scenario) in plan.scenarios.enumerated() {
            for (place, step) in scenario.steps.enumerated() where step.isAboutEverything {
                everything[number] = place
            }
            var counts: [Int: Int] = [:]
            let heard = Heard()
            _ = ScenarioReplay.run(scenario, explaining: .none) { heard.observations.append($0) }
            for observation in heard.observations {
                let step = observation.step.index
                let check = counts[step, default: 0]
                counts[step] = check + 1
                add(observation, number, step, check, places)
            }
        }
    }

    private mutating func add(
        _ observation: ScenarioReplay.Observation,
        _ scenario: Int,
        _ step: Int,
        _ check: Int,
        _ places: [SourceSpan: [Int]]
    ) {
        let requests: [Request]
        switch observation.question {
        case .request(let request): requests = [request]
        case .call: requests = observation.question.answer(observation.engine).requests
        }
        // A call that was settled before anything was asked may hang on anything.
        if requests.isEmpty { everything[scenario] = max(everything[scenario] ?? 0, step) }
        var found: Set<Int> = []
        var types: Set<PolicyType> = []
        for request in requests {
            let own = Self.policies(request, observation.engine, &types)
                .flatMap { places[$0.document.span] ?? [] }
            found.formUnion(own)
            guard asked.count < Self.keptLimit else { continue }
            asked.append(
                Asked(
                    scenario: scenario,
                    step: step,
                    principal: observation.principal,
                    request: request,
                    isFirstState: observation.state.changeCount == 0,
                    guardrails: Set(own)
                )
            )
        }
        for guardrail in found {
            documents[guardrail, default: [:]][scenario, default: [:]][step, default: []]
                .append(check)
        }
        for type in types {
            levels[type, default: [:]][scenario, default: [:]][step, default: []].append(check)
        }
    }

    /// Every policy that bears on a request, and the types of control policies that do.
    private static func policies(
        _ request: Request,
        _ engine: Engine,
        _ types: inout Set<PolicyType>
    ) -> [Policy] {
        let layers = engine.trace(request).trace.layers
        types.formUnion(layers.map(\.policyType))
        var policies = layers.flatMap(\.policies)
        // Block Public Access reads a bucket's policy as a whole (S3-3), and a layer that was left
        // out of a question is none the less somebody's.
        if let view = engine.view(of: request) {
            policies += [view.governing?.policy, view.role?.trustPolicy].compactMap { $0 }
            policies += view.identityPolicies + (view.sessionPolicies ?? [])
            policies += [view.permissionsBoundary].compactMap { $0 }
        }
        if let endpoint = request.endpoint?.description {
            let listed = engine.organization.listed(endpoint)?.resource.policy
            policies += [listed].compactMap { $0 }
        }
        return policies
    }

    /// What is to be asked of a scenario about a mutant; nil where nothing can notice it.
    func extent(of mutant: Mutant, in scenario: Int) -> ScenarioTrial.Extent? {
        let checks: Checks
        switch mutant.change {
        case .document: checks = documents[mutant.guardrail]?[scenario] ?? [:]
        case .attachment(_, let edits):
            switch edits.first?.path.last {
            case "serviceControlPolicies":
                checks = levels[.serviceControlPolicy]?[scenario] ?? [:]
            case "resourceControlPolicies":
                checks = levels[.resourceControlPolicy]?[scenario] ?? [:]
            default: checks = documents[mutant.guardrail]?[scenario] ?? [:]
            }
        }
        let last = [checks.keys.max(), everything[scenario]].compactMap { $0 }.max()
        return last.map { .some(checks, through: $0) }
    }

    /// Whether an organization is not the same from the first step of its scenarios to the last.
    func mayChange(_ world: Int) -> Bool { changing.contains(world) }
}

/// What a replay told.
private final class Heard {
    var observations: [ScenarioReplay.Observation] = []
}

extension Step {
    fileprivate var isChange: Bool { if case .change = verb { true } else { false } }

    /// Whether it is about more than the policies of one caller and one resource.
    fileprivate var isAboutEverything: Bool {
        switch verb {
        case .whoCan, .change: true
        case .action, .session, .advance, .at: false
        }
    }
}
