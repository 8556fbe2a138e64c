extension Evaluation {
    /// The Allow statements that grant a request, or what is missing.
    struct Grant {
        var allows: [ReferenceReason] = []
        var missing: [ReferenceReason] = []
    }

    private var policyType: String {
        request.isAboutTrust ? "trustPolicy" : "resourcePolicy"
    }

    /// The resource, trust or key policy of the resource.
    var resourcePolicy: PolicyDocument? {
        if request.isAboutTrust {
            return request.role?.trustPolicy
        }
        if request.isAboutKey, request.listed?.policy == nil {
            return defaultKeyPolicy
        }
        // VPCE-1: an endpoint's policy is about calls through it, never a grant on the endpoint.
        if request.segment(5).hasPrefix("vpc-endpoint/") {
            return nil
        }
        return request.listed?.policy
    }

    /// KMS-1, KMS-2: a key whose policy the file leaves out delegates to its account.
    private var defaultKeyPolicy: PolicyDocument? {
        request.ownerID.map { owner in
            PolicyDocument(
                .object([
                    "Version": .string("2012-10-17"),
                    "Statement": .object([
                        "Sid": .string("Enable IAM User Permissions"),
                        "Effect": .string("Allow"),
                        "Principal": .object(["AWS": .string("arn:aws:iam::\(owner):root")]),
                        "Action": .string("kms:*"), "Resource": .string("*"),
                    ]),
                ])
            )
        }
    }

    func resourceReason(
        policy: String? = nil,
        statement: String? = nil,
        kind: String
    ) -> ReferenceReason {
        // The resource whose policy it is; the one asked for where there is no policy.
        let isListed = !request.isAboutTrust && resourcePolicy != nil && request.listed != nil
        return ReferenceReason(
            policyType: policyType,
            policy: policy,
            statement: statement,
            target: isListed ? request.listed?.arn : request.resource,
            kind: kind
        )
    }

    /// The Allows of the resource policy, and of grants of a key, with their grades.
    private func resourceAllows() -> [(reason: ReferenceReason, grade: PrincipalElement.Grade)] {
        var result: [(reason: ReferenceReason, grade: PrincipalElement.Grade)] = []
        for statement in resourcePolicy.map({ fitting(.allow, in: $0) }) ?? [] {
            if let grade = statement.principals?.grade(for: caller) {
                result.append((resourceReason(statement: statement.label, kind: "allow"), grade))
            }
        }
        return result
    }

    /// KMS-6: grants that name the caller and the operation, with the grade of the name.
    private func keyGrants() -> [(reason: ReferenceReason, grade: PrincipalElement.Grade)] {
        guard request.isAboutKey, let key = request.listed else {
            return []
        }
        var result: [(reason: ReferenceReason, grade: PrincipalElement.Grade)] = []
        for (index, grant) in key.grants.enumerated() {
            guard grant.operations.contains(where: { $0.lowercased() == request.name }),
                let grade = PrincipalElement.grade(entry: grant.grantee, caller: caller)
            else {
                continue
            }
            let reason = ReferenceReason(
                policyType: policyType,
                policy: "grant \(index)",
                target: key.arn,
                kind: "allow"
            )
            result.append((reason, grade))
        }
        return result
    }

    func grant() -> Grant {
        let allows = resourceAllows()
        let grants = keyGrants()
        if !caller.hasIdentitySide {
            return grantWithoutIdentity(allows + grants)
        }
        return request.isSameAccount || request.isAboutRootSession
            ? grantInAccount(allows + grants) : grantAcrossAccounts(allows, grants)
    }

    /// SVC-1, SVC-5, ROOT-1, ROOT-3, XACC-5.
    private func grantWithoutIdentity(
        _ allows: [(reason: ReferenceReason, grade: PrincipalElement.Grade)]
    ) -> Grant {
        let isMasterOfAll =
            caller.kind == .root && request.isSameAccount && !request.isAboutKey
            && !request.isAboutTrust
        if allows.isEmpty, !isMasterOfAll {
            return Grant(missing: [resourceReason(kind: "implicitDeny")])
        }
        return Grant(allows: allows.map(\.reason))
    }

    /// What the identity side allows, and what it lacks.
    private func identitySide() -> (
        allows: [ReferenceReason], identity: [ReferenceReason], limits: [ReferenceReason]
    ) {
        let allows = caller.policies.flatMap { policy in
            fitting(.allow, in: policy.document, completing: true).map { statement in
                ReferenceReason(
                    policyType: "identityPolicy",
                    policy: policy.name,
                    statement: statement.label,
                    target: caller.principalARN,
                    kind: "allow"
                )
            }
        }
        func missing(_ type: String) -> ReferenceReason {
            ReferenceReason(policyType: type, target: caller.principalARN, kind: "implicitDeny")
        }
        var limits: [ReferenceReason] = []
        // EVAL-30
        if let boundary = caller.boundary,
            fitting(.allow, in: boundary.document, completing: true).isEmpty
        {
            limits.append(missing("permissionsBoundary"))
        }
        if caller.lacksSessionPolicy || isSilentForSession {
            limits.append(missing("sessionPolicy"))
        }
        let isAllowed = !allows.isEmpty || changesOwnPassword
        return (allows, isAllowed ? [] : [missing("identityPolicy")], limits)
    }

    /// EVAL-14: session policies add up before they cut.
    private var isSilentForSession: Bool {
        guard let policies = caller.session?.policies else {
            return false
        }
        return policies.allSatisfy { fitting(.allow, in: $0.document, completing: true).isEmpty }
    }

    /// ENT-12: what the password policy lets every user do.
    private var changesOwnPassword: Bool {
        guard caller.kind == .user, caller.account?.allowsPasswordChange ?? false,
            request.service == "iam"
        else {
            return false
        }
        return request.name == "getaccountpasswordpolicy"
            || (request.name == "changepassword" && request.resource == caller.entityARN)
    }

    /// EVAL-6, EVAL-7 and the grades of semantics section 4.2.
    private func grantInAccount(
        _ allows: [(reason: ReferenceReason, grade: PrincipalElement.Grade)]
    ) -> Grant {
        let side = identitySide()
        let identityHolds = side.identity.isEmpty && side.limits.isEmpty
        let needsResource = request.isAboutTrust || request.isAboutKey
        let best = allows.map(\.grade).max()
        // EVAL-21: for trust and key policies the account only delegates.
        let delegates = allows.contains { $0.grade == .account }
        let byIdentity = identityHolds && (!needsResource || delegates)
        var granting: [ReferenceReason] = []
        for allow in allows {
            let suffices =
                switch allow.grade {
                case .direct:
                    true
                case .limited:
                    side.limits.isEmpty
                case .account:
                    needsResource && byIdentity
                }
            if suffices {
                granting.append(allow.reason)
            }
        }
        if byIdentity {
            granting += side.allows
        }
        if request.carriesSourceIdentity, best != nil {
            // STS-14: the identity policy must allow it too, however strong the trust is.
            if !side.identity.isEmpty {
                return Grant(missing: side.identity + (best == .direct ? [] : side.limits))
            }
            granting += side.allows
        }
        if best == .direct || byIdentity || (best == .limited && side.limits.isEmpty) {
            return Grant(allows: granting)
        }
        // Nothing grants: what stands in the way.
        if best == .limited {
            return Grant(missing: side.limits)
        }
        if needsResource, best == nil {
            return Grant(missing: [resourceReason(kind: "implicitDeny")])
        }
        return Grant(missing: side.identity + side.limits)
    }

    /// XACC-1 to XACC-4, KMS-6.
    private func grantAcrossAccounts(
        _ allows: [(reason: ReferenceReason, grade: PrincipalElement.Grade)],
        _ grants: [(reason: ReferenceReason, grade: PrincipalElement.Grade)]
    ) -> Grant {
        let side = identitySide()
        let listed = (allows + grants).map(\.reason) + side.allows
        // KMS-6 taken literally: no identity policy is needed.
        if let best = grants.map(\.grade).max() {
            if best == .direct || side.limits.isEmpty {
                return Grant(allows: listed)
            }
            return Grant(missing: side.limits)
        }
        var missing = side.identity + side.limits
        if allows.isEmpty {
            missing.append(resourceReason(kind: "implicitDeny"))
        }
        return missing.isEmpty ? Grant(allows: listed) : Grant(missing: missing)
    }
}
