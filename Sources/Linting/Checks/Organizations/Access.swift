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

    static let bucketOpenToEveryone = Check(
        "bucket-open-to-everyone",
        .error,
        "a bucket's policy is public and nothing blocks public access",
        why: "Everybody on the internet may do what the policy says.",
        fix: """
            Turn on RestrictPublicBuckets for the account or the bucket, attach an RCP that asks \
            for `aws:PrincipalOrgID`, or name who may.
            """,
        source: "S3 User Guide, \"Blocking public access to your Amazon S3 storage\" (S3-4)",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "resources": {«"arn:aws:s3:::b"»: {"policy": {
                   "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
                    "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "blockPublicAccess": {"restrictPublicBuckets": true},
                 "resources": {"arn:aws:s3:::b": {"policy": {
                   "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
                    "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "resourceControlPolicies": {"Fence":
                 {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                  "Action": "s3:*", "Resource": "arn:aws:s3:::other/*", "Condition":
                  {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                   "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}]}},
                 "root": {"resourceControlPolicies": ["Fence"], "accounts": {"m": {
                 "id": "111111111111"}, "a": {"id": "222222222222", "resources": {
                  «"arn:aws:s3:::b"»: {"policy": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::b/*"}]}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "resourceControlPolicies": {"Fence":
                 {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                  "Action": "s3:*", "Resource": "*", "Condition":
                  {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                   "Bool": {"aws:SecureTransport": "false"}}}]}},
                 "root": {"resourceControlPolicies": ["Fence"], "accounts": {"m": {
                 "id": "111111111111"}, "a": {"id": "222222222222", "resources": {
                  «"arn:aws:s3:::b"»: {"policy": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::b/*"}]}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "resourceControlPolicies": {"Fence":
                 {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                  "Action": "s3:*", "Resource": "*", "Condition":
                  {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                   "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}]}},
                 "root": {"resourceControlPolicies": ["Fence"], "accounts": {"m": {
                 "id": "111111111111"}, "a": {"id": "222222222222", "resources": {
                  "arn:aws:s3:::b": {"policy": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::b/*"}]}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "resourceControlPolicies": {"Fence":
                 {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                  "Action": "s3:*", "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"], "Condition":
                  {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                   "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}]}},
                 "root": {"resourceControlPolicies": ["Fence"], "accounts": {"m": {
                 "id": "111111111111"}, "a": {"id": "222222222222", "resources": {
                  "arn:aws:s3:::b": {"policy": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::b/*"}]}}}}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            organization.ownAccounts.flatMap { account -> [Remark] in
                if account.value.restrictsPublicBuckets { return [] }
                let fences =
                    organization.isManagementAccount(account)
                    ? []
                    : organization.documents(.resourceControlPolicy, reaching: account)
                        .flatMap(\.statements).filter(\.fencesReadersOff)
                return account.resources.filter { bucket in
                    bucket.arn.hasPrefix("arn:aws:s3:::") && !bucket.value.restrictsPublicBuckets
                        && organization.policies[bucket.policies].contains(where: \.isPublic)
                        && !fences.contains { $0.coversObjects(of: bucket.arn) }
                }.map { Remark("\($0.arn) is open to everyone", at: $0.place) }
            }
        }
    )

    static let thirdPartyWithoutExternalID = Check(
        "third-party-without-external-id",
        .warning,
        "a role trusts an account outside the organization without an external id",
        why: """
            A vendor who serves many customers from one account can be talked into using the role \
            of one for another. The external id is what tells them apart.
            """,
        fix: "Ask for `sts:ExternalId`, with the value the vendor gives you.",
        source: "IAM User Guide, \"Access to AWS accounts owned by third parties\" (STS-7)",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "iam": {"roles": {"Vendor": {"trustPolicy": {
                   "Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                   "Principal": {"AWS": «"arn:aws:iam::999999999999:role/Scanner"»},
                   "Action": "sts:AssumeRole"}]}}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "iam": {"roles": {"Vendor": {"trustPolicy": {
                   "Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                   "Principal": {"AWS": "arn:aws:iam::999999999999:role/Scanner"},
                   "Action": "sts:AssumeRole",
                   "Condition": {"StringEquals": {"sts:ExternalId": "x1"}}},
                   {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
                   "Action": "sts:AssumeRole"}]}}}}}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            let own = Set(organization.ownAccounts.map(\.id))
            return organization.policies.filter { policy in
                policy.kind == .trustPolicy && policy.holder.account.map(own.contains) == true
            }.flatMap { policy in
                policy.statements.filter { statement in
                    statement.isAllow && statement.concerns("sts:AssumeRole")
                        && !statement.conditions.contains { !$0.holdsWhenAbsent }
                }.flatMap { statement in
                    (statement.principals?.entries(ofKind: "AWS") ?? []).compactMap { principal in
                        let text = principal.text.text
                        let account = ARN(text)?.accountID ?? AccountID(text)
                        guard let account, !own.contains(account.description) else {
                            return nil
                        }
                        let message = "the account \(account) is outside and gives no external id"
                        return Remark(message, at: principal.text.span)
                    }
                }
            }
        }
    )
}

extension JSONValue {
    fileprivate var restrictsPublicBuckets: Bool {
        if case .bool(true)? = self["blockPublicAccess"]?["restrictPublicBuckets"]?.content {
            return true
        }
        return false
    }
}

extension WrittenPolicy {
    fileprivate var isPublic: Bool {
        guard kind == .resourcePolicy else { return false }
        return PolicyParser.parse(value, as: .resource).value.map { PublicPolicy.isPublic($0) }
            ?? false
    }
}

extension WrittenStatement {
    /// A Deny of S3 to whoever is not of the organization.
    fileprivate var fencesReadersOff: Bool { fencesStrangersOff && concerns("s3:GetObject") }
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
