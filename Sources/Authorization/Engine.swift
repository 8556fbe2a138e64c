package import OrganizationModel
import PolicyLanguage
import ServiceCatalog

/// Decides requests against one organization.
///
/// Every layer is evaluated even after one has failed, so that the reasons of a denial are
/// complete. The engine never throws: a decision is a value.
///
/// Source: IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny
/// access"; "Cross-account policy evaluation logic" (semantics sections 4 and 10).
package struct Engine: Sendable {
    package let organization: Organization
    /// Control policy levels on the way to each account; empty where a type does not apply.
    private let plans: [AccountPlan]

    private struct AccountPlan: Sendable {
        let serviceControl: [ControlPolicyLevel]
        let resourceControl: [ControlPolicyLevel]
    }

    package init(_ organization: Organization) {
        self.organization = organization
        plans = organization.accounts.map { account in
            // Neither type reaches the management account or accounts outside (ROOT-8, SCP-1).
            guard account.isMember, !organization.isManagementAccount(account) else {
                return AccountPlan(serviceControl: [], resourceControl: [])
            }
            return AccountPlan(
                serviceControl: Self.levels(.serviceControlPolicy, to: account, in: organization),
                resourceControl: Self.levels(.resourceControlPolicy, to: account, in: organization)
            )
        }
    }

    private static func levels(
        _ type: ControlPolicyType,
        to account: Account,
        in organization: Organization
    ) -> [ControlPolicyLevel] {
        guard organization.enabledPolicyTypes.contains(type) else { return [] }
        func policies(_ service: [Policy], _ resource: [Policy]) -> [Policy] {
            type == .serviceControlPolicy ? service : resource
        }
        let nodes = organization.path(to: account).map {
            ControlPolicyLevel(
                target: $0.path,
                policies: policies($0.serviceControlPolicies, $0.resourceControlPolicies)
            )
        }
        let own = policies(account.serviceControlPolicies, account.resourceControlPolicies)
        return nodes + [ControlPolicyLevel(target: account.name, policies: own)]
    }
}

extension Engine {
    /// The decision on one request, that is on one pair of action and resource (EVAL-33).
    ///
    /// Where keys are unknown, the decision holds whatever they are, or says what it depends on.
    package func decide(_ request: Request, telling detail: Detail = .reasons) -> Decision {
        if request.unknownKeys.isEmpty { return evaluate(request, detail).decision }
        return UnknownSearch.decide(request) { evaluate($0, .reasons, $1) }
    }

    /// The decision on several requests of one call, all of which must be allowed (EVAL-33), where
    /// the same keys are unknown: ways to be allowed must suit all of them at once.
    ///
    /// They differ by action and resource alone. Source: as ``decide(_:telling:)``.
    package func decideTogether(_ requests: [Request]) -> Decision {
        guard let first = requests.first else { return Decision(.allowed) }
        return UnknownSearch.decide(first) { branch, openStatements in
            Evaluated(
                all: requests.map { request in
                    var request = request
                    request.context = branch.context
                    return evaluate(request, .reasons, openStatements)
                }
            )
        }
    }

    /// The decision with every statement that was looked at; unknown keys are left open.
    package func trace(_ request: Request) -> (decision: Decision, trace: Trace) {
        let traced = evaluate(request, .everyStatement)
        let decision = request.unknownKeys.isEmpty ? traced.decision : decide(request)
        return (decision, traced.trace)
    }

    /// The decision with what it rests on, open statements counted one way.
    private func evaluate(
        _ request: Request,
        _ detail: Detail,
        _ openStatements: OpenStatements = .favourDeny
    ) -> Evaluated {
        guard let caller = Subject(request.caller, in: organization) else {
            return Evaluated(Decision(.invalid, notes: ["the caller does not exist any more"]))
        }
        let subject = caller.without(request.without)
        if let expiry = subject.session?.expiresAt, expiry <= request.instant {
            return Evaluated(Decision(.expiredToken, notes: ["the session expired at \(expiry)"]))
        }
        let target = ResourceTarget(request, subject: subject, in: organization)
        for account in [subject.account, target.owner] {
            if let account, !account.isUsable {
                let note = "the account '\(account.name)' is \(account.status.rawValue)"
                return Evaluated(Decision(.invalid, notes: [note]))
            }
        }
        let filled = ContextBuilder.context(of: request, by: subject, on: target, in: organization)
        var evaluation = Evaluation(
            request: request,
            subject: subject,
            target: target,
            filled: filled,
            detail: detail,
            openStatements: openStatements
        )
        switch evaluation.serviceRule() {
        case .allowed(let rule):
            return Evaluated(Decision(.allowed, notes: [rule]), evaluation)
        case .denied(let rule):
            let reason = Reason(.serviceRule, .implicitDeny, explanation: rule)
            let decision = Decision(.implicitDeny, reasons: [reason], notes: evaluation.notes)
            return Evaluated(decision, evaluation)
        case nil: break
        }
        let findings = findings(&evaluation)
        return Evaluated(decision(findings, evaluation), evaluation)
    }

    /// What the layers say, each on its own.
    private func findings(_ evaluation: inout Evaluation) -> Findings {
        var findings = Findings()
        switch resourceControlLevels(evaluation) {
        case .reach(let levels): findings.add(evaluation.resourceControlPolicies(levels))
        case .doNotReach(let why): evaluation.skip(.resourceControlPolicy, why)
        }
        switch serviceControlLevels(evaluation) {
        case .reach(let levels): findings.add(evaluation.serviceControlPolicies(levels))
        case .doNotReach(let why): evaluation.skip(.serviceControlPolicy, why)
        }
        if travelsThroughEndpoint(evaluation) {
            findings.add(evaluation.endpointPolicy(in: organization))
        } else {
            evaluation.skip(.vpcEndpointPolicy, "the call of a service passes no endpoint")
        }
        let grant = evaluation.resourceGrant()
        findings.add(evaluation.resourceDenials(grant))
        findings.add(evaluation.blockPublicAccess())
        let identity = evaluation.identitySide()
        findings.add(evaluation.identityDenials(identity))
        findings.add(evaluation.missingGrant(grant, identity))
        findings.granted = evaluation.granted(grant, identity)
        return findings
    }

    private func decision(_ findings: Findings, _ evaluation: Evaluation) -> Decision {
        let outcome: Decision.Outcome =
            if !findings.explicit.isEmpty {
                .explicitDeny
            } else if !findings.implicit.isEmpty {
                .implicitDeny
            } else {
                .allowed
            }
        if evaluation.detail == .verdict { return Decision(outcome) }
        let blocking = findings.explicit + findings.implicit
        return Decision(
            outcome,
            reasons: outcome == .allowed ? findings.granted : blocking,
            absentKeys: evaluation.absentKeys.sorted { $0.key < $1.key }.map(\.value),
            notes: evaluation.notes
        )
    }

    /// The control policies of one type for a request.
    private enum ControlPolicies {
        case reach([ControlPolicyLevel])
        case doNotReach(String)
    }

    /// Service-linked roles, services and anonymous callers are under no SCP (SCP-1).
    private func serviceControlLevels(_ evaluation: Evaluation) -> ControlPolicies {
        let subject = evaluation.subject
        guard let account = subject.account else {
            return .doNotReach("\(subject.name) belongs to no account")
        }
        let service = evaluation.request.action.service
        if subject.isServiceLinked { return .doNotReach("SCPs do not reach service-linked roles") }
        if ServiceCatalog.isBeyondSCPs(service) {
            return .doNotReach("SCPs do not reach \(service)")
        }
        return levels(.serviceControlPolicy, of: account, evaluation) { $0.serviceControl }
    }

    /// RCPs of the owner's account, for the services they reach (RCP-1, RCP-5, RCP-6).
    private func resourceControlLevels(_ evaluation: Evaluation) -> ControlPolicies {
        let action = evaluation.request.action
        guard let owner = evaluation.target.owner else {
            return .doNotReach("the resource belongs to no account of the file")
        }
        if evaluation.subject.isServiceLinked {
            return .doNotReach("RCPs do not reach service-linked roles")
        }
        guard ServiceCatalog.isReachedByRCPs(action.service), action.canonical != "kms:retiregrant"
        else { return .doNotReach("RCPs do not reach \(action)") }
        guard evaluation.target.requested.isResource else {
            return .doNotReach("\(action) names no resource here")
        }
        if isServiceAssumingItsRole(evaluation) {
            return .doNotReach("RCPs do not reach a service that assumes its own role")
        }
        return levels(.resourceControlPolicy, of: owner, evaluation) { $0.resourceControl }
    }

    private func levels(
        _ type: PolicyType,
        of account: Account,
        _ evaluation: Evaluation,
        _ levels: (AccountPlan) -> [ControlPolicyLevel]
    ) -> ControlPolicies {
        if evaluation.request.without.contains(type) { return .doNotReach(Evaluation.leftOut) }
        let found = plan(account).map(levels) ?? []
        guard found.isEmpty else { return .reach(found) }
        if !account.isMember {
            return .doNotReach("the account '\(account.name)' is outside the organization")
        }
        return .doNotReach(
            organization.isManagementAccount(account)
                ? "the management account is under none" : "the policy type is not enabled"
        )
    }

    /// A service's ability to assume its service-linked role is beyond RCPs (RCP-1).
    private func isServiceAssumingItsRole(_ evaluation: Evaluation) -> Bool {
        guard case .service = evaluation.subject.kind else { return false }
        return evaluation.target.role?.isServiceLinked ?? false
    }

    private func plan(_ account: Account) -> AccountPlan? {
        organization.index(of: account.id).map { plans[$0] }
    }

    /// Calls that services make do not pass the customer's endpoint (VPCE-3).
    private func travelsThroughEndpoint(_ evaluation: Evaluation) -> Bool {
        if case .service = evaluation.subject.kind { return false }
        return evaluation.request.viaService == nil
    }
}

/// A decision with what it rests on.
struct Evaluated {
    let decision: Decision
    let openQuestions: [OpenQuestion]
    let trace: Trace
    /// Nil where nothing was compared.
    let filled: FilledContext?

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
        trace = Trace()
        filled = all.lazy.compactMap(\.filled).first
    }

    fileprivate init(_ decision: Decision, _ evaluation: Evaluation? = nil) {
        self.decision = decision
        openQuestions = evaluation?.openQuestions ?? []
        trace = evaluation?.trace ?? Trace()
        filled = evaluation?.filled
    }
}

/// Everything the layers found, explicit denials apart from what is merely missing.
private struct Findings {
    var explicit: [Reason] = []
    var implicit: [Reason] = []
    var granted: [Reason] = []

    mutating func add(_ reasons: [Reason]) {
        explicit += reasons.filter { $0.kind == .explicitDeny }
        implicit += reasons.filter { $0.kind == .implicitDeny }
    }
}

extension RequestedResource {
    /// S3's account-level actions name no resource of their own.
    fileprivate var isResource: Bool {
        switch self {
        case .none, .named("arn:aws:s3:::*"): false
        case .named: true
        }
    }
}
