import JSONSource
import PolicyLanguage

extension Check {
    /// Conditions that bind a service to those on whose behalf it comes; `aws:Referer` is how SES
    /// told its account before it sent `aws:SourceAccount`.
    private static func bindsSource(_ condition: WrittenCondition) -> Bool {
        let key = condition.canonicalKey
        // What a service does not send, such as the source behind an IfExists, binds nothing, but
        // somebody thought of it.
        guard let base = condition.base, !base.isNegated, base != .null else { return false }
        return key.hasPrefix("aws:source") || key == "aws:referer"
            || key == "lambda:eventsourcetoken"
            || key == "kms:calleraccount" || key == "kms:viaservice"
            || key.hasPrefix("kms:encryptioncontext") || key == "kms:grantisforawsresource"
    }

    /// Actions that tell a service whether it may begin and give away nothing.
    private static let harmlessActions = [
        "s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketPolicyStatus", "s3:ListBucket",
        "kms:DescribeKey", "logs:DescribeLogGroups", "logs:DescribeLogStreams",
        "backup:DescribeBackupVault", "sns:GetTopicAttributes", "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
    ]

    /// Services whose guides show these grants without a condition, 2026-11: EventBridge writes to
    /// topics and log groups without naming the rule that made it.
    private static let withoutSource: [(service: String, actions: [String])] = [
        ("events", ["sns:Publish", "logs:CreateLogStream", "logs:PutLogEvents"]),
        ("codestar-notifications", ["sns:Publish"]),
        ("ram", ["glue:ShareResource"]),
        // Both check the link between resource and caller by other means.
        ("edgelambda", ["lambda:InvokeFunction", "lambda:GetFunction"]),
        ("replicator.lambda", ["lambda:GetFunction"]),
    ]

    static let confusedDeputy = Check(
        "confused-deputy",
        .warning,
        "a service principal is allowed whoever it acts for",
        why: """
            A service principal is the same for all customers: any account that tells the service \
            to use this resource acts through the statement.
            """,
        fix: """
            Add `StringEquals` on `aws:SourceAccount` or `ArnLike` on `aws:SourceArn`, across an \
            organization `StringEquals` on `aws:SourceOrgID`.
            """,
        source: "IAM User Guide, \"The confused deputy problem\"",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": [«"sns.amazonaws.com"»,
                  "s3.amazonaws.com"]}, "Action": "sqs:SendMessage", "Resource": "*"}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": «"cloudtrail.amazonaws.com"»},
                  "Action": "s3:PutObject", "Resource": "arn:aws:s3:::trails/*", "Condition":
                    {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
                  "Action": "sqs:SendMessage", "Resource": "*", "Condition":
                    {"ArnEquals": {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:news"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": "logs.eu-west-1.amazonaws.com"},
                  "Action": "kms:Decrypt", "Resource": "*", "Condition": {"ArnLike":
                    {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:*:111122223333:*"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"},
                  "Action": "sns:Publish", "Resource": "*"}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"},
                  "Action": "s3:GetBucketAcl", "Resource": "arn:aws:s3:::trails"}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"},
                  "Action": "sts:AssumeRole"}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": {"Service": "sns.amazonaws.com"},
                  "Action": "sqs:SendMessage", "Resource": "*"}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .resourcePolicy, statement.isAllow,
                let principals = statement.principals, !principals.isNegated,
                !statement.conditions.contains(where: bindsSource),
                !statement.allows(only: harmlessActions), !policy.deniesOtherSources
            else { return [] }
            let strangers = principals.entries(ofKind: "Service").filter { principal in
                guard let name = ServicePrincipal(principal.text.text) else { return false }
                return !withoutSource.contains {
                    $0.service == name.service && statement.allows(only: $0.actions)
                }
            }
            // One condition mends the statement for all of them.
            guard let first = strangers.first else { return [] }
            let names =
                strangers.count > 1
                ? "\(first.text.text) and \(strangers.count - 1) more are"
                : "\(first.text.text) is"
            return [Remark("\(names) allowed on behalf of every account", at: first.text.span)]
        }
    )
}

extension WrittenStatement {
    fileprivate func allows(only names: [String]) -> Bool {
        guard let actions, !actions.isNegated else { return false }
        return actions.entries.allSatisfy { entry in
            names.contains { $0.lowercased() == entry.text.lowercased() }
        }
    }
}
