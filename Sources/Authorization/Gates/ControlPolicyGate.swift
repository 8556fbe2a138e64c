import OrganizationModel
import PolicyLanguage
import ServiceCatalog

/// The policies of one type attached to one node or account on the way down from the root.
struct ControlPolicyLevel: Sendable {
    /// The unit's path or the account's name.
    let target: String
    let policies: [Policy]
}

/// The control policies on the way to each account; empty where a type does not apply.
struct ControlPolicyPlans: Sendable {
    /// By place of the account in the organization.
    private let plans: [Plan]
    private let managementAccount: AccountID?

    private struct Plan: Sendable {
        var serviceControl: [ControlPolicyLevel] = []
        var resourceControl: [ControlPolicyLevel] = []
    }

    init(_ organization: Organization) {
        managementAccount = organization.identity?.managementAccount
        let nodes = organization.nodes.map {
            Plan(
                serviceControl: [.init(target: $0.path, policies: $0.serviceControlPolicies)],
                resourceControl: [.init(target: $0.path, policies: $0.resourceControlPolicies)]
            )
        }
        let enabled = organization.enabledPolicyTypes
        var paths: [Plan] = []
        // A parent stands before its children, whose way goes on from his.
        for (place, node) in organization.nodes.enumerated() {
            var path = node.parent.map { paths[$0] } ?? Plan()
            path.serviceControl += nodes[place].serviceControl
            path.resourceControl += nodes[place].resourceControl
            paths.append(path)
        }
        plans = organization.accounts.map { account in
            // Neither type reaches the management account or accounts outside (ROOT-8, SCP-1).
            guard case .member(let node) = account.membership,
                !organization.isManagementAccount(account)
            else { return Plan() }
            var plan = Plan()
            if enabled.contains(.serviceControlPolicy) {
                plan.serviceControl =
                    paths[node].serviceControl
                    + [.init(target: account.name, policies: account.serviceControlPolicies)]
            }
            if enabled.contains(.resourceControlPolicy) {
                plan.resourceControl =
                    paths[node].resourceControl
                    + [.init(target: account.name, policies: account.resourceControlPolicies)]
            }
            return plan
        }
    }
}

extension ControlPolicyPlans {
    /// The levels of a type on the way to an account, the root first.
    func levels(_ kind: LayerKind, of account: Int) -> [ControlPolicyLevel] {
        kind == .serviceControl ? plans[account].serviceControl : plans[account].resourceControl
    }

    /// Service control policies: every level must allow, and none may deny.
    ///
    /// Service-linked roles, services and anonymous callers are under none (SCP-1).
    ///
    /// Source: Organizations User Guide, "SCP evaluation" (SCP-2…4).
    func serviceControl(_ evaluation: Evaluation) -> AskedLayer {
        let subject = evaluation.subject
        guard let account = subject.account else { return .not(.callerHasNoAccount) }
        if subject.isServiceLinked { return .not(.isServiceLinked) }
        if ServiceCatalog.isBeyondSCPs(evaluation.request.action.service) {
            return .not(.isBeyondSCPs)
        }
        return levels(.serviceControl, .serviceControlPolicy, of: account, evaluation)
    }

    /// Resource control policies of the owner's account, for the services they reach (RCP-1, RCP-5,
    /// RCP-6): none may deny; RCPFullAWSAccess always allows.
    ///
    /// Source: Organizations User Guide, "RCP evaluation" (RCP-2).
    func resourceControl(_ evaluation: Evaluation) -> AskedLayer {
        let action = evaluation.request.action
        guard let owner = evaluation.target.owner else { return .not(.ownerIsUnknown) }
        if evaluation.subject.isServiceLinked { return .not(.isServiceLinked) }
        guard Self.reachWithRCPs(action) else { return .not(.isNotReachedByRCPs) }
        guard evaluation.target.requested.isResource else { return .not(.namesNoResource) }
        // A service's ability to assume its service-linked role is beyond RCPs (RCP-1).
        if case .service = evaluation.subject.kind,
            evaluation.target.role?.isServiceLinked ?? false
        {
            return .not(.serviceAssumesItsRole)
        }
        return levels(.resourceControl, .resourceControlPolicy, of: owner, evaluation)
    }

    /// Whether RCPs reach an action (RCP-5, RCP-6).
    static func reachWithRCPs(_ action: ActionName) -> Bool {
        ServiceCatalog.isReachedByRCPs(action.service) && action.canonical != "kms:retiregrant"
    }

    /// Whether an account, by its place, is under policies of a type.
    func hasLevels(_ kind: LayerKind, of account: Int) -> Bool {
        !levels(kind, of: account).isEmpty
    }

    /// The account whose SCPs a caller is under, unless the action is beyond them, by its place; nil
    /// for none.
    func serviceControl(over subject: Subject, in organization: Organization) -> Int? {
        guard let account = subject.account, !subject.isServiceLinked,
            let place = organization.index(of: account.id)
        else { return nil }
        return plans[place].serviceControl.isEmpty ? nil : place
    }

    private func levels(
        _ kind: LayerKind,
        _ type: PolicyType,
        of account: Account,
        _ evaluation: Evaluation
    ) -> AskedLayer {
        if evaluation.request.without.contains(type) { return .not(.leftOut) }
        if let place = evaluation.keys.organization.index(of: account.id),
            !levels(kind, of: place).isEmpty
        {
            return .levels(account: place)
        }
        if !account.isMember { return .not(.isOutside) }
        return .not(account.id == managementAccount ? .isManagementAccount : .typeIsNotEnabled)
    }
}

extension RequestedResource {
    /// S3's account-level actions name no resource of their own.
    var isResource: Bool {
        switch self {
        case .none, .named("arn:aws:s3:::*"): false
        case .named: true
        }
    }
}
