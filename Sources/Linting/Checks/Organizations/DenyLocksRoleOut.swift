import JSONSource
import PolicyLanguage

extension Check {
    static let denyLocksRoleOut = Check(
        "deny-locks-role-out",
        .warning,
        "an SCP stops those whom a role's trust policy lets in",
        why: """
            Whoever the trust policy names is stopped by the SCP of his own account, a pipeline \
            for instance; the Deny was probably meant for everybody else.
            """,
        fix: "Exempt those who may, with `ArnNotLike` on `aws:PrincipalArn`.",
        source: "Organizations User Guide, \"SCP evaluation\" (STS-5, SCP-2)",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "serviceControlPolicies": {"Baseline": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Deny", "Action": ["iam:UpdateRole", "sts:AssumeRole"],
                    "Resource": «"arn:aws:iam::*:role/Platform*"»}]}},
                 "root": {"serviceControlPolicies": ["FullAWSAccess", "Baseline"],
                  "accounts": {"m": {"id": "111111111111"}, "a": {"id": "222222222222", "iam": {
                   "roles": {"PlatformAdmin": {"trustPolicy": {"Version": "2012-10-17",
                    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                     "Principal": {"AWS": "arn:aws:iam::222222222222:role/Pipeline"}}]}},
                    "Pipeline": {"trustPolicy": {"Version": "2012-10-17", "Statement": [
                     {"Effect": "Allow", "Action": "sts:AssumeRole",
                      "Principal": {"Service": "codebuild.amazonaws.com"}}]}}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "serviceControlPolicies": {"Baseline": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Deny", "Action": ["sts:AssumeRole"],
                    "Resource": "arn:aws:iam::*:role/Platform*", "Condition": {"ArnNotLike":
                     {"aws:PrincipalArn": "arn:aws:iam::*:role/Pipeline"}}}]}},
                 "root": {"serviceControlPolicies": ["FullAWSAccess", "Baseline"],
                  "accounts": {"m": {"id": "111111111111"}, "a": {"id": "222222222222", "iam": {
                   "roles": {"PlatformAdmin": {"trustPolicy": {"Version": "2012-10-17",
                    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                     "Principal": {"AWS": "arn:aws:iam::222222222222:role/Pipeline"}}]}},
                    "Pipeline": {"trustPolicy": {"Version": "2012-10-17", "Statement": [
                     {"Effect": "Allow", "Action": "sts:AssumeRole",
                      "Principal": {"Service": "codebuild.amazonaws.com"}}]}}}}}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            let denies = organization.policies.contains { policy in
                policy.kind == .serviceControlPolicy
                    && policy.statements.contains(where: \.deniesRoles)
            }
            guard denies else { return [] }
            let trusts = organization.trustsByAccount
            return organization.ownAccounts.filter { !organization.isManagementAccount($0) }
                .flatMap { account -> [Remark] in
                    let statements = organization.documents(
                        .serviceControlPolicy,
                        reaching: account
                    )
                    .flatMap(\.statements).filter(\.deniesRoles)
                    return (trusts[account.id] ?? []).flatMap { trust in
                        statements.compactMap { lockedOut(trust, by: $0) }
                    }
                }.uniqued()
        }
    )

    /// A Deny of the role that somebody is trusted with, unless it exempts him.
    private static func lockedOut(_ trust: Trust, by statement: WrittenStatement) -> Remark? {
        let role = Glob(trust.role.arn)
        // A Deny of every role is no mistake about one of them.
        let entry = statement.resources?.entries.first {
            !Glob.isEverything($0.text) && Glob($0.text).covers(role)
        }
        guard let entry, !statement.exempts(trust.principal.text) else { return nil }
        let message =
            "'\(trust.principal.text)' may not assume '\(trust.role.name)', which trusts it"
        return Remark(message, at: entry.span)
            .noting("the trust policy lets it in", at: trust.principal.span)
    }
}

/// A role, and a principal of AWS that its trust policy lets in.
private struct Trust {
    let role: WrittenOrganization.Entity
    let principal: SourceString
}

extension WrittenOrganization {
    /// The roles, wherever they are, by the accounts that they trust or trust somebody in.
    fileprivate var trustsByAccount: [String: [Trust]] {
        let trusts = accounts.flatMap(\.roles).flatMap { role in
            policies[role.policies].filter { $0.kind == .trustPolicy }.flatMap(\.statements)
                .filter { $0.isAllow && $0.concerns("sts:AssumeRole") }
                .flatMap { $0.principals?.entries(ofKind: "AWS") ?? [] }
                .map { Trust(role: role, principal: $0.text) }
        }
        return Dictionary(grouping: trusts) { trust in
            ARN(trust.principal.text)?.account ?? trust.principal.text
        }
    }
}

extension WrittenStatement {
    /// A Deny of assuming roles that lists them, with nothing asked but who it is.
    fileprivate var deniesRoles: Bool {
        isDeny && resources?.isNegated == false && concerns("sts:AssumeRole")
            && conditions.allSatisfy(\.exemptsPrincipals)
    }

    /// Whether a condition leaves a principal out; of a whole account somebody may always be left.
    fileprivate func exempts(_ principal: String) -> Bool {
        if conditions.isEmpty { return false }
        guard let arn = ARN(principal), arn.service == "iam", arn.resource != "root" else {
            return true
        }
        return conditions.contains { condition in
            condition.values.contains { Glob($0.text).covers(Glob(principal)) }
        }
    }
}
