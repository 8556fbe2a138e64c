package import OrganizationModel
import PolicyLanguage

/// Decides requests against one organization.
///
/// Every layer is evaluated even after one has failed, so that the reasons of a denial are
/// complete. The engine never throws: a decision is a value.
///
/// Source: IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny
/// access"; "Cross-account policy evaluation logic" (semantics sections 4 and 10).
package struct Engine: Sendable {
    package var organization: Organization { surroundings.organization }
    let surroundings: Surroundings
    private let deciders: DeciderPool

    package init(_ organization: Organization) {
        surroundings = Surroundings(organization)
        deciders = DeciderPool()
    }

    /// Who decides on one thread; for those who have many questions.
    package func decider() -> Decider { Decider(surroundings) }

    /// Does work with a decider that is kept for others: for a few dozen questions at a time.
    package func withDecider<Result>(_ work: (inout Decider) -> Result) -> Result {
        deciders.with(self, work)
    }
}

extension Engine {
    /// The decision on one request, that is on one pair of action and resource (EVAL-33).
    ///
    /// Where keys are unknown, the decision holds whatever they are, or says what it depends on.
    package func decide(_ request: Request, telling detail: Detail = .reasons) -> Decision {
        deciders.with(self) { $0.decision(on: request, telling: detail) }
    }

    /// The decision on several requests of one call, all of which must be allowed (EVAL-33), where
    /// the same keys are unknown: ways to be allowed must suit all of them at once.
    ///
    /// They differ by action and resource alone. Source: as ``decide(_:telling:)``.
    package func decideTogether(_ requests: [Request]) -> Decision {
        guard var first = requests.first else { return Decision(.allowed) }
        if organization.hasMissingPolicies { first.leaveMissingPoliciesOpen(of: organization) }
        let unknownKeys = first.unknownKeys
        return deciders.with(self) { decider in
            UnknownSearch.decide(first) { branch, openStatements in
                Evaluated(
                    all: requests.map { request in
                        var request = request
                        request.context = branch.context
                        request.unknownKeys = unknownKeys
                        return decider.evaluate(request, openStatements)
                    }
                )
            }
        }
    }

    /// The decision with every statement that was looked at; unknown keys are left open.
    package func trace(_ asked: Request) -> (decision: Decision, trace: Trace) {
        var request = asked
        if organization.hasMissingPolicies { request.leaveMissingPoliciesOpen(of: organization) }
        return deciders.with(self) { [request] decider in
            let prepared = decider.prepareForTrace(request)
            let outcome = decider.trace(prepared)
            let trace = decider.fullTrace(prepared)
            let decision = decider.evaluated(prepared, outcome).decision
            guard !request.unknownKeys.isEmpty else { return (decision, trace) }
            return (decider.decision(on: request, telling: .reasons), trace)
        }
    }
}

extension Decider {
    /// The decision on one request that need not be prepared.
    package mutating func decision(on asked: Request, telling detail: Detail) -> Decision {
        var request = asked
        if surroundings.organization.hasMissingPolicies {
            request.leaveMissingPoliciesOpen(of: surroundings.organization)
        }
        guard request.unknownKeys.isEmpty else {
            return UnknownSearch.decide(request) { evaluate($0, $1) }
        }
        return switch detail {
        case .reasons: evaluate(request, .favourDeny).decision
        case .verdict: Decision(verdict(prepare(request)))
        }
    }

    /// Everything that may stand in the way of a request, whatever its unknown keys are.
    ///
    /// A decision that is a denial in any case tells only what holds for certain.
    package mutating func possibleBlockers(of asked: Request) -> [Reason] {
        var request = asked
        if surroundings.organization.hasMissingPolicies {
            request.leaveMissingPoliciesOpen(of: surroundings.organization)
        }
        return evaluate(request, .favourDeny).decision.reasons.filter { $0.kind != .allow }
    }

    /// The decision with what it rests on, open statements counted one way.
    fileprivate mutating func evaluate(
        _ request: Request,
        _ openStatements: OpenStatements
    ) -> Evaluated {
        let (firstRequest, firstSlot) = (facts.count, slots.count)
        let prepared = prepare(request, openStatements)
        let evaluated = evaluated(prepared, decide(prepared))
        // A search for unknown keys asks a thousand times.
        forgetRequests(from: firstRequest, slots: firstSlot)
        return evaluated
    }
}

/// A decision with what it rests on.
struct Evaluated {
    let decision: Decision
    let openQuestions: [OpenQuestion]
    /// Nil where nothing was compared.
    private let keys: KeyDerivation?

    var filled: FilledContext? { keys.map { FilledContext($0) } }

    init(_ decision: Decision, openQuestions: [OpenQuestion] = [], keys: KeyDerivation? = nil) {
        self.decision = decision
        self.openQuestions = openQuestions
        self.keys = keys
    }

    /// Requests that must all be allowed, as one.
    fileprivate init(all: [Evaluated]) {
        let outcomes = Set(all.map(\.decision.outcome))
        let order: [Decision.Outcome] = [.invalid, .expiredToken, .explicitDeny, .implicitDeny]
        let outcome = order.first { outcomes.contains($0) } ?? .allowed
        let deciding = all.map(\.decision).filter { outcome == .allowed || $0.outcome != .allowed }
        var seen: Set<Reason> = []
        decision = Decision(
            outcome,
            reasons: deciding.flatMap(\.reasons).filter { seen.insert($0).inserted },
            absentKeys: Set(all.flatMap(\.decision.absentKeys)).sorted(),
            notes: deciding.first?.notes ?? []
        )
        openQuestions = all.flatMap(\.openQuestions)
        keys = all.lazy.compactMap(\.keys).first
    }
}
