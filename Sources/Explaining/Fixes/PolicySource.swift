import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage

/// A policy document that can be edited, with where it stands and who has it.
struct PolicySource {
    let place: Place
    let document: PolicyDocument
    /// The document as it is written.
    let value: JSONValue
    /// As sentences name it: "the inline policy 'X' of the role 'Y'".
    let title: String
    /// Whether others have the policy as well.
    let isShared: Bool
    /// Whether it is a policy of users and roles.
    let isIdentity: Bool

    init?(
        _ place: Place,
        _ grammar: PolicyGrammar,
        _ title: String,
        isShared: Bool,
        in state: OrganizationState
    ) {
        guard let value = state.value(at: place),
            let document = PolicyParser.parse(value, as: grammar).value
        else { return nil }
        self.place = place
        self.document = document
        self.value = value
        self.title = title
        self.isShared = isShared
        isIdentity = grammar == .identity
    }
}

extension CandidateFinder {
    /// The documents that a reason may mean; who shares a name with it does not survive the trial.
    func sources(of reason: Reason, _ view: RequestView, _ request: Request) -> [PolicySource] {
        switch reason.policyType {
        case .serviceControlPolicy:
            return [control(.serviceControlPolicy, reason)].compactMap { $0 }
        case .resourceControlPolicy:
            return [control(.resourceControlPolicy, reason)].compactMap { $0 }
        case .identityPolicy: return identitySources(reason.policy, request)
        case .permissionsBoundary:
            guard let holder = Holder(request.caller, in: organization) else { return [] }
            return [managed(reason.policy, in: holder.account, "the permissions boundary")]
                .compactMap { $0 }
        case .trustPolicy: return [trust(view)].compactMap { $0 }
        case .resourcePolicy, .vpcEndpointPolicy:
            return [resourceSource(reason.target ?? "", reason.policyType)].compactMap { $0 }
        case .sessionPolicy, .blockPublicAccess, .serviceRule: return []
        }
    }

    private func control(_ type: ControlPolicyType, _ reason: Reason) -> PolicySource? {
        reason.policy.flatMap { controlPolicy(type, $0) }
    }

    func controlPolicy(_ type: ControlPolicyType, _ name: String) -> PolicySource? {
        let isService = type == .serviceControlPolicy
        let kind = isService ? "service control policy" : "resource control policy"
        return PolicySource(
            .controlPolicy(type, name),
            isService ? .serviceControl : .resourceControl,
            "the \(kind) '\(name)'",
            isShared: true,
            in: state
        )
    }

    func trust(_ view: RequestView) -> PolicySource? {
        guard let owner = view.owner, let role = view.role else { return nil }
        return PolicySource(
            .account(owner.name, ["iam", "roles", role.name, "trustPolicy"]),
            .trust,
            "the trust policy of '\(owner.name):role/\(role.name)'",
            isShared: false,
            in: state
        )
    }

    func resourceSource(_ arn: String, _ type: PolicyType) -> PolicySource? {
        guard let found = organization.listed(arn),
            let key = state.key(ofResource: arn, in: found.account)
        else { return nil }
        let isEndpoint = type == .vpcEndpointPolicy
        return PolicySource(
            .account(found.account.name, ["resources", key, "policy"]),
            isEndpoint ? .vpcEndpoint : .resource,
            isEndpoint ? "the endpoint policy of '\(arn)'" : "the resource policy of '\(arn)'",
            isShared: false,
            in: state
        )
    }

    func managed(_ name: String?, in account: Account, _ kind: String) -> PolicySource? {
        guard let name = customerManaged(name, in: account),
            let path = state.path(ofManagedPolicy: name, in: account)
        else { return nil }
        let place = Place.account(account.name, path)
        return PolicySource(place, .identity, "\(kind) '\(name)'", isShared: true, in: state)
    }

    /// The name in its account of a policy that is given by name or ARN.
    func customerManaged(_ name: String?, in account: Account) -> String? {
        guard let name else { return nil }
        let known = account.settings.managedPolicies
        if known[name] != nil { return name }
        return known.sorted { $0.key < $1.key }.first { $0.value.arn == name }?.key
    }

    /// Inline policies of the caller and his groups, and managed ones of the account.
    private func identitySources(_ name: String?, _ request: Request) -> [PolicySource] {
        guard let name, let holder = Holder(request.caller, in: organization) else { return [] }
        var found: [PolicySource?] = []
        switch holder {
        case .user(let account, let user):
            let title = "the inline policy '\(name)' of \(holder.title)"
            found.append(inline(holder.place("inlinePolicies", name), title, false))
            for group in account.user(user)?.groups ?? [] {
                let title = "the inline policy '\(name)' of the group '\(account.name):\(group)'"
                let path = ["iam", "groups", group, "inlinePolicies", name]
                found.append(inline(.account(account.name, path), title, true))
            }
        case .role:
            let title = "the inline policy '\(name)' of \(holder.title)"
            found.append(inline(holder.place("inlinePolicies", name), title, false))
        case .permissionSet:
            let title = "the inline policy of \(holder.title)"
            if name == "AwsSSOInlinePolicy" {
                found.append(inline(holder.place("inlinePolicy"), title, true))
            }
        }
        found.append(managed(name, in: holder.account, "the managed policy"))
        return found.compactMap { $0 }
    }

    private func inline(_ place: Place, _ title: String, _ isShared: Bool) -> PolicySource? {
        PolicySource(place, .identity, title, isShared: isShared, in: state)
    }
}
