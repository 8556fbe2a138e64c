import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    /// Services of us-east-1 that no account does without: what a finding rests on.
    ///
    /// Source: IAM User Guide, "AWS: Denies access to AWS based on the requested Region", 2026-11.
    private static let needed = ["iam", "organizations", "route53", "cloudfront", "support"]

    /// The others that report us-east-1, which are only told; STS has Regional endpoints as well.
    private static let others = ServiceCatalog.servicesInNorthVirginia
        .subtracting(needed + ["sts"]).sorted()

    static let regionLockHitsGlobalServices = Check(
        "region-lock-hits-global-services",
        .error,
        "a Deny outside some Regions hits services that exist in us-east-1 only",
        why: """
            Every call to IAM, Organizations, Route 53, CloudFront and Support carries us-east-1 \
            as `aws:RequestedRegion`, wherever it comes from: with us-east-1 not listed all of \
            them are denied. (SCP-14)
            """,
        fix: "Exempt the global services with `NotAction`, as AWS's own example does.",
        source: "IAM User Guide, \"AWS: Denies access to AWS based on the requested Region\"",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals":
                  {«"aws:RequestedRegion"»: ["eu-central-1", "eu-west-1"]}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Deny", "NotAction": ["iam:*", "organizations:*", "support:*"],
                  "Resource": "*", "Condition":
                    {"StringNotEqualsIfExists": {«"aws:RequestedRegion"»: "eu-west-1"},
                     "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Network"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition":
                  {"StringNotEquals": {«"aws:RequestedRegion"»: "eu-west-1"},
                   "StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:*"},
                   "Bool": {"aws:ViaAWSService": "false"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition":
                  {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"},
                   "StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Build*"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition":
                  {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"},
                   "Bool": {"aws:ViaAWSService": "true"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "NotAction": ["iam:*", "organizations:*", "route53:*",
                  "cloudfront:*", "support:*", "sts:*"], "Resource": "*", "Condition":
                    {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals":
                  {"aws:RequestedRegion": ["eu-west-1", "us-east-1"]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": ["ec2:*", "rds:*"], "Resource": "*", "Condition":
                  {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition":
                  {"StringEquals": {"aws:SourceVpc": "vpc-1a2b3c4d"},
                   "StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotLike":
                  {"aws:RequestedRegion": "us-*"}}}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard [.serviceControlPolicy, .identityPolicy].contains(policy.kind), statement.isDeny,
                statement.coversEverything,
                let lock = statement.conditions(on: "aws:RequestedRegion").first,
                lock.base?.isNegated == true, !lock.values.isEmpty,
                lock.values.allSatisfy({ isOtherRegion($0.text) }),
                statement.conditions.allSatisfy(\.mayHoldForUsersAndRoles)
            else { return [] }
            let hit = needed.filter { isDenied($0, by: statement) }
            guard !hit.isEmpty else { return [] }
            let list = (hit + others.filter { isDenied($0, by: statement) }).joined(separator: ", ")
            let message = "calls to \(list) all carry us-east-1 and are denied"
            return [Remark(message, at: lock.key.span)]
        }
    )

    /// A Region of the partition of us-east-1 that is not it; placeholders may become it.
    private static func isOtherRegion(_ text: String) -> Bool {
        let isSpelled = text.utf8.allSatisfy {
            (97...122).contains($0) || (48...57).contains($0) || "-*?".utf8.contains($0)
        }
        let isElsewhere = ["us-gov-", "us-iso", "cn-", "eusc-", "eu-iso"].contains {
            text.hasPrefix($0)
        }
        return isSpelled && !isElsewhere && !Glob(text).covers(Glob("us-east-1"))
    }

    private static func isDenied(_ prefix: String, by statement: WrittenStatement) -> Bool {
        guard let actions = ServiceCatalog.service(prefix)?.actions else { return false }
        return actions.allSatisfy { statement.concerns($0.qualifiedName) }
    }
}
