import JSONSource
import PolicyLanguage

extension Check {
    static let denyLocksRoleOut = Check(
        "deny-locks-role-out",
        .warning,
        "an SCP denies everybody to assume a role whose trust policy lets somebody in",
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
            organization.ownAccounts.flatMap { account in
                organization.documents(.serviceControlPolicy, reaching: account)
            }.flatMap(\.statements).flatMap { statement -> [Remark] in
                guard statement.isDeny, statement.conditions.isEmpty,
                    statement.concerns("sts:AssumeRole"), let resources = statement.resources,
                    !resources.isNegated
                else { return [] }
                // A Deny of every role is no mistake about one of them.
                return resources.entries.filter { !Glob.isEverything($0.text) }.compactMap {
                    entry in
                    let glob = Glob(entry.text)
                    guard
                        let role = organization.trustingRoles.first(where: {
                            glob.covers(Glob($0.arn))
                        })
                    else { return nil }
                    let message = "nobody under this SCP may assume '\(role.name)'"
                    return Remark(message, at: entry.span)
                        .noting("whose trust policy lets somebody in", at: role.place)
                }
            }.uniqued()
        }
    )

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
        ],
        inspection: .organization { organization in
            organization.ownAccounts.flatMap { account -> [Remark] in
                if account.value.restrictsPublicBuckets { return [] }
                let isFenced = organization.documents(.resourceControlPolicy, reaching: account)
                    .contains { $0.statements.contains(where: \.fencesPrincipals) }
                if isFenced, !organization.isManagementAccount(account) { return [] }
                return account.resources.filter { bucket in
                    bucket.arn.hasPrefix("arn:aws:s3:::") && !bucket.value.restrictsPublicBuckets
                        && organization.policies[bucket.policies].contains(where: \.isPublic)
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
    fileprivate var fencesPrincipals: Bool {
        guard isDeny, concerns("s3:GetObject") else { return false }
        let keys = ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount"]
        return keys.contains { key in conditions(on: key).contains { $0.base?.isNegated == true } }
    }
}

extension WrittenOrganization {
    /// Roles whose trust policy lets a principal of AWS in.
    fileprivate var trustingRoles: [Entity] {
        accounts.flatMap(\.roles).filter { role in
            policies[role.policies].contains { policy in
                policy.kind == .trustPolicy
                    && policy.statements.contains {
                        $0.isAllow && $0.principals?.entries(ofKind: "AWS").isEmpty == false
                    }
            }
        }
    }
}
