import JSONSource
import PolicyLanguage

extension Check {
    /// Services where something else stands before the policy: authorizers, the network, or users
    /// of the service's own.
    private static let servicesBehindAnotherDoor: Set<String> = [
        "elasticfilesystem", "es", "execute-api", "vpc-lattice-svcs",
    ]

    static let publicResourcePolicy = Check(
        "public-resource-policy",
        .error,
        "a resource policy gives something to everybody",
        why: """
            `*` is every AWS account, and with services that take unsigned calls everybody on the \
            Internet. Conditions on tags, transport or prefixes do not change who that is. \
            (PRIN-5, S3-4)
            """,
        fix: """
            Name the principals, or limit them by a condition such as `StringEquals` on \
            `aws:PrincipalOrgID`, `aws:SourceAccount` or `aws:SourceVpce`.
            """,
        source: "S3 User Guide, \"The meaning of public\"",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": «"*"», "Action": "s3:GetObject",
                  "Resource": "arn:aws:s3:::docs/*"}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": «"*"»}, "Action": "sqs:SendMessage",
                  "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": «"*"», "Action": "sns:Publish", "Resource": "*",
                  "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:events:*:*:rule/nightly"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": «"*"», "Action": "sqs:*", "Resource": "*",
                  "Condition": {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "SNS:Publish",
                  "Resource": "*", "Condition":
                    {"StringEquals": {"AWS:SourceOwner": "111122223333"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:Decrypt",
                  "Resource": "*", "Condition": {"StringEquals":
                    {"kms:CallerAccount": "111122223333",
                     "kms:ViaService": "s3.eu-central-1.amazonaws.com"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*",
                  "Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::uploads-of-ours"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"ForAnyValue:StringLike":
                    {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*"}}}
                """#
            ),
            .policy(
                .resourcePolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::docs/*"},
                  {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                    "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}]}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:Decrypt",
                  "Resource": "*", "Condition": {"StringEquals":
                    {"kms:CallerAccount": {"Ref": "AWS::AccountId"}}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke",
                  "Resource": "execute-api:/*"}
                """#
            ),
            .statement(
                .endpointPolicy,
                #"{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}"#
            ),
        ],
        inspection: .statement { statement, policy in
            // Of a bucket in an organization it is known whether public access is blocked.
            guard policy.kind == .resourcePolicy, statement.isAllow,
                policy.holder.arn?.hasPrefix("arn:aws:s3:::") != true,
                let principals = statement.principals, !principals.isNegated,
                let everyone = principals.everyone, !policy.limitsWho(statement),
                let actions = statement.actions,
                !actions.entries.allSatisfy({ isBehindAnotherDoor($0.text) })
            else { return [] }
            let message = "the statement gives \(statement.actionPhrase) to everybody"
            return [Remark(message, at: everyone.text.span)]
        }
    )

    private static func isBehindAnotherDoor(_ action: String) -> Bool {
        ActionPattern(action)?.service.map { servicesBehindAnotherDoor.contains($0) } ?? false
    }
}
