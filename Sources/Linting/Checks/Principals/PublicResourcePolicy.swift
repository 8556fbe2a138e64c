import JSONSource
import PolicyLanguage

extension Check {
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
                {"Effect": "Allow", "Principal": «"*"», "Action": "kms:Decrypt", "Resource": "*",
                  "Condition":
                    {"StringEquals": {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": «"*"», "Action": "sqs:SendMessage",
                  "Resource": "*", "Condition": {"Bool": {"aws:PrincipalIsAWSService": "true"}}}
                """#
            ),
            .policy(
                .resourcePolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": «"*"», "Action": "sqs:SendMessage",
                    "Resource": "*", "Condition": {"Bool": {"aws:PrincipalIsAWSService": "true"}}},
                  {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*",
                    "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                      "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}]}
                """#
            ),
            .policy(
                .resourcePolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage",
                    "Resource": "*", "Condition": {"Bool": {"aws:PrincipalIsAWSService": "true"}}},
                  {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*",
                    "Condition": {"StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
                      "Bool": {"aws:PrincipalIsAWSService": "true"}}}]}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": «"*"», "Action": "sns:Subscribe",
                  "Resource": "*", "Condition":
                    {"StringLike": {"sns:Endpoint": ["*@example.com", "https://*"]}}}
                """#
            ),
            .policy(
                .resourcePolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": «"*"», "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::b/*"},
                  {"Effect": "Deny", "Principal": "*", "Action": "*",
                    "Resource": "arn:aws:s3:::other/*", "Condition":
                      {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}]}
                """#
            ),
            .policy(
                .resourcePolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": «"*"», "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::b/*"},
                  {"Effect": "Deny", "Principal": "*", "Action": "s3:*",
                    "Resource": "arn:aws:s3:::b/*", "Condition":
                      {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                       "Bool": {"aws:SecureTransport": "false"}}}]}
                """#
            ),
            .policy(
                .resourcePolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": «"*"», "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::b/*"},
                  {"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}, "Action": "s3:*",
                    "Resource": "arn:aws:s3:::b/*", "Condition":
                      {"Bool": {"aws:SecureTransport": "false"}}}]}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "sns:Subscribe", "Resource": "*",
                  "Condition": {"StringLike":
                    {"sns:Endpoint": ["*@example.com", "https://example.com/*"]}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*",
                  "Condition": {"Bool": {"aws:PrincipalIsAWSService": "true"},
                  "StringEquals": {"aws:SourceOrgID": "o-a1b2c3d4e5"}}}
                """#
            ),
            .policy(
                .resourcePolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::b/*"},
                  {"Effect": "Deny", "Principal": "*", "Action": "s3:*",
                    "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"], "Condition":
                      {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5",
                        "aws:ResourceTag/open": "true"},
                       "ArnNotLikeIfExists":
                         {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/Partner"},
                       "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}]}
                """#
            ),
            .policy(
                .resourcePolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage",
                    "Resource": "*"},
                  {"Effect": "Deny", "Principal": "*", "Action": "sqs:*",
                    "Resource": "arn:aws:sqs:eu-west-1:111122223333:jobs", "Condition":
                      {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}]}
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
                !actions.entries.allSatisfy(\.isCalledByClientsOnly)
            else { return [] }
            let whom = statement.isForServices ? "every AWS service for anybody" : "everybody"
            let message = "the statement gives \(statement.actionPhrase) to \(whom)"
            return [Remark(message, at: everyone.text.span)]
        }
    )
}
