package import Authorization
import OrganizationModel
package import PolicyLanguage

/// Decides who becomes whom: each call is a request to the engine, its outcome a new caller.
///
/// Source: IAM User Guide, "Methods to assume a role"; AWS STS API Reference (STS-1…41).
package struct SecurityTokenService: Sendable {
    let engine: Engine
    let instant: Instant

    /// What came of a call: the decision, and the caller it makes when it is allowed.
    package struct Outcome: Sendable {
        package let decision: Decision
        package let caller: Caller?
        /// The requests whose decisions make up the decision: those that were denied, or all.
        package let requests: [Request]

        init(decision: Decision, caller: Caller?, requests: [Request] = []) {
            self.decision = decision
            self.caller = caller
            self.requests = requests
        }
    }

    /// One action of a call with what came of it.
    struct Decided {
        let request: Request
        let decision: Decision
    }

    package init(_ engine: Engine, at instant: Instant) {
        self.engine = engine
        self.instant = instant
    }

    /// Who calls, with what comes along with the call.
    package struct Call: Sendable {
        package let caller: Caller
        package let context: GivenContext
        package let endpoint: ARN?
        package let unknownKeys: UnknownKeys
        /// Policy types that are taken not to be there.
        package let without: Set<PolicyType>

        package init(
            _ caller: Caller,
            context: GivenContext = GivenContext(),
            endpoint: ARN? = nil,
            unknownKeys: UnknownKeys = UnknownKeys(),
            without: Set<PolicyType> = []
        ) {
            self.caller = caller
            self.context = context
            self.endpoint = endpoint
            self.unknownKeys = unknownKeys
            self.without = without
        }
    }

    /// Obtains a session for whoever calls; federation and sign-in take no caller.
    package func obtain(_ request: TokenRequest, by call: Call) -> Outcome {
        switch request {
        case .assumeRole(let request): assumeRole(request, by: call)
        case .assumeRoleWithSAML(let request, let federation):
            assumeRoleWithSAML(request, federation, call)
        case .assumeRoleWithWebIdentity(let request, let federation):
            assumeRoleWithWebIdentity(request, federation, call)
        case .getSessionToken(let request): getSessionToken(request, by: call)
        case .getFederationToken(let request): getFederationToken(request, by: call)
        case .assumeRoot(let request): assumeRoot(request, by: call)
        case .signIn(let request): signIn(request)
        }
    }
}

extension SecurityTokenService {
    /// A call AWS rejects before it authorizes it.
    func reject(_ note: String) -> Outcome {
        Outcome(decision: Decision(.invalid, notes: [note]), caller: nil)
    }

    /// A rule of the service that no policy changes.
    func refuse(_ rule: String) -> Outcome {
        let reason = Reason(.serviceRule, .implicitDeny, explanation: rule)
        return Outcome(decision: Decision(.implicitDeny, reasons: [reason]), caller: nil)
    }

    /// The engine's request for one action of a call.
    func request(_ action: ActionName, _ resource: String, _ call: Call) -> Request {
        var request = Request(
            caller: call.caller,
            action: action,
            resource: resource,
            context: call.context,
            endpoint: call.endpoint,
            instant: instant
        )
        request.unknownKeys = call.unknownKeys
        request.without = call.without
        return request
    }

    /// One outcome out of the decisions on all pairs of a call: each must be allowed (EVAL-33).
    func combined(_ pairs: [Decided], _ caller: @autoclosure () -> Caller?) -> Outcome {
        if let settled = pairs.first(where: { $0.decision.outcome.isSettled }) {
            return Outcome(decision: settled.decision, caller: nil, requests: [settled.request])
        }
        let decisions = pairs.map(\.decision)
        let outcomes = Set(decisions.map(\.outcome))
        let outcome: Decision.Outcome =
            if outcomes.contains(.explicitDeny) {
                .explicitDeny
            } else if outcomes.contains(.implicitDeny) {
                .implicitDeny
            } else if outcomes.contains(.undetermined) {
                .undetermined
            } else {
                .allowed
            }
        // A service's rule stands alone, whatever else is missing.
        let ruled = pairs.filter { $0.decision.blockedBy == [.serviceRule] }
        let relevant =
            ruled.isEmpty
            ? pairs.filter { outcome == .allowed || $0.decision.outcome != .allowed } : ruled
        if ruled.isEmpty, outcome == .undetermined, pairs.count > 1 {
            // What unknown keys must be for one pair may be what they must not be for another.
            let requests = pairs.map(\.request)
            let decision = engine.decideTogether(requests)
            return Outcome(
                decision: decision,
                caller: decision.outcome == .allowed ? caller() : nil,
                requests: requests
            )
        }
        let decision = Decision(
            ruled.isEmpty ? outcome : .implicitDeny,
            reasons: relevant.flatMap(\.decision.reasons).unique,
            absentKeys: Set(decisions.flatMap(\.absentKeys)).sorted(),
            notes: decisions.flatMap(\.notes).unique,
            dependsOn: pairs.count == 1 ? decisions[0].dependsOn : []
        )
        return Outcome(
            decision: decision,
            caller: decision.outcome == .allowed ? caller() : nil,
            requests: relevant.map(\.request)
        )
    }
}

extension Decision.Outcome {
    /// Decided without looking at any policy.
    fileprivate var isSettled: Bool {
        switch self {
        case .invalid, .expiredToken: true
        case .allowed, .explicitDeny, .implicitDeny, .undetermined: false
        }
    }
}

extension Array where Element: Hashable {
    /// Each element once, in the order of first appearance.
    var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
