/// One request against every policy that is in scope (semantics section 10).
struct Evaluation {
    let organization: Organization
    let request: Request

    var caller: Caller {
        request.caller
    }

    var context: RequestContext {
        request.context
    }

    /// The decision with all its reasons.
    func decision() -> ReferenceDecision {
        var reasons = controlPolicyReasons() + endpointReasons() + identityDenies()
        reasons += resourceDenies()
        // S3-3: an explicit deny.
        if PublicBucket.blocks(request) {
            reasons.append(
                ReferenceReason(
                    policyType: "blockPublicAccess",
                    target: request.listed?.arn,
                    kind: "explicitDeny"
                )
            )
        }
        let grant = grant()
        reasons += grant.missing
        // EVAL-3: one explicit Deny decides.
        if reasons.contains(where: { $0.kind == "explicitDeny" }) {
            return ReferenceDecision(decision: "explicitDeny", reasons: reasons)
        }
        guard reasons.isEmpty else {
            return ReferenceDecision(decision: "implicitDeny", reasons: reasons)
        }
        return ReferenceDecision(decision: "allowed", reasons: grant.allows)
    }
}

extension Evaluation {
    /// Whether action, resource and conditions of a statement fit; the principal is not looked at.
    private func fits(_ statement: Statement, completing: Bool = false) -> Bool {
        statement.covers(action: request.action)
            && statement.covers(
                resource: request.resource,
                completingShortPatterns: completing,
                context: context
            )
            && statement.conditions.allSatisfy { $0.holds(in: context) }
    }

    func fitting(
        _ effect: Statement.Effect,
        in document: PolicyDocument,
        completing: Bool = false
    ) -> [Statement] {
        document.statements.filter {
            $0.effect == effect && fits($0, completing: completing)
        }
    }
}

extension Evaluation {
    private func controlPolicyReasons() -> [ReferenceReason] {
        serviceControlPolicyReasons() + resourceControlPolicyReasons()
    }

    /// SCP-1 to SCP-4: every level must allow, none may deny.
    private func serviceControlPolicyReasons() -> [ReferenceReason] {
        guard organization.usesServiceControlPolicies,
            caller.kind == .root || caller.hasIdentitySide, let account = caller.account,
            account.isMember, !account.isManagement,
            // SVC-3
            !(caller.entity?.isServiceLinked ?? false)
        else {
            return []
        }
        var reasons: [ReferenceReason] = []
        for level in account.levels {
            var isAllowed = false
            for name in level.serviceControlPolicies {
                guard let document = organization.serviceControlPolicies[name] else {
                    continue
                }
                isAllowed = isAllowed || !fitting(.allow, in: document).isEmpty
                reasons += fitting(.deny, in: document).map { statement in
                    ReferenceReason(
                        policyType: "serviceControlPolicy",
                        policy: name,
                        statement: statement.label,
                        target: level.target,
                        kind: "explicitDeny"
                    )
                }
            }
            if !isAllowed {
                reasons.append(
                    ReferenceReason(
                        policyType: "serviceControlPolicy",
                        target: level.target,
                        kind: "implicitDeny"
                    )
                )
            }
        }
        return reasons
    }

    /// RCP-1, RCP-2: any Deny from the root to the owner's account.
    private func resourceControlPolicyReasons() -> [ReferenceReason] {
        guard organization.usesResourceControlPolicies, let owner = request.owner, owner.isMember,
            // XACC-8
            !owner.isManagement,
            // RCP-5, RCP-6
            request.hasResourceType, ActionFacts.servicesWithRCP.contains(request.service),
            // SVC-3
            !(caller.entity?.isServiceLinked ?? false),
            // RCP-1: RetireGrant, and a service that assumes its linked role.
            !(request.service == "kms" && request.name == "retiregrant"),
            !(request.role?.isServiceLinked ?? false && isServicePrincipal)
        else {
            return []
        }
        return owner.levels.flatMap { level in
            level.resourceControlPolicies.flatMap { name -> [ReferenceReason] in
                guard let document = organization.resourceControlPolicies[name] else {
                    return []
                }
                return fitting(.deny, in: document).map { statement in
                    ReferenceReason(
                        policyType: "resourceControlPolicy",
                        policy: name,
                        statement: statement.label,
                        target: level.target,
                        kind: "explicitDeny"
                    )
                }
            }
        }
    }

    private var isServicePrincipal: Bool {
        if case .service = caller.kind {
            return true
        }
        return false
    }
}

extension Evaluation {
    /// VPCE-1: the endpoint's policy must allow and must not deny.
    private func endpointReasons() -> [ReferenceReason] {
        // formats.md section 5: not for a service principal's own calls.
        guard let policy = request.endpoint?.policy, !isServicePrincipal else {
            return []
        }
        func reason(_ statement: String?, _ kind: String) -> ReferenceReason {
            ReferenceReason(
                policyType: "vpcEndpointPolicy",
                statement: statement,
                target: request.endpointARN,
                kind: kind
            )
        }
        var reasons = fitting(.deny, in: policy)
            .filter { $0.principals?.denies(caller) ?? false }
            .map { reason($0.label, "explicitDeny") }
        let isAllowed = fitting(.allow, in: policy).contains {
            $0.principals?.grade(for: caller) != nil
        }
        if !isAllowed {
            reasons.append(reason(nil, "implicitDeny"))
        }
        return reasons
    }

    private func identityDenies() -> [ReferenceReason] {
        func denies(_ type: String, _ policies: [NamedPolicy]) -> [ReferenceReason] {
            policies.flatMap { policy in
                fitting(.deny, in: policy.document, completing: true).map { statement in
                    ReferenceReason(
                        policyType: type,
                        policy: policy.name.isEmpty ? nil : policy.name,
                        statement: statement.label,
                        target: caller.principalARN,
                        kind: "explicitDeny"
                    )
                }
            }
        }
        // ROOT-7: the Denies of a task policy are those of a session policy.
        let bySession = denies("sessionPolicy", caller.session?.policies ?? [])
        guard caller.hasIdentitySide else {
            return bySession
        }
        return denies("identityPolicy", caller.policies)
            + denies("permissionsBoundary", [caller.boundary].compactMap(\.self)) + bySession
    }

    private func resourceDenies() -> [ReferenceReason] {
        guard let policy = resourcePolicy, !ServiceRules.rootOverrulesResourcePolicy(request) else {
            return []
        }
        return fitting(.deny, in: policy)
            .filter { $0.principals?.denies(caller) ?? false }
            .map { resourceReason(statement: $0.label, kind: "explicitDeny") }
    }
}
