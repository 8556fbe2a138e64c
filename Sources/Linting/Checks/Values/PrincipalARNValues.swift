import JSONSource
import PolicyLanguage

extension Check {
    // KEY table 3.1 (aws:PrincipalArn)
    static let principalARNOfSession = Check(
        "principal-arn-of-session",
        .error,
        "`aws:PrincipalArn` is compared with the ARN of a session",
        why: """
            For a role session `aws:PrincipalArn` holds the ARN of the role, with its path. The \
            ARN of the session stands in `Principal` and in messages, never in this key.
            """,
        fix: "Write the role: `arn:aws:iam::ACCOUNT:role/PATH/NAME`.",
        source: "AWS global condition context keys",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"ArnNotLike":
                  {"aws:PrincipalARN": [«"arn:aws:sts::*:assumed-role/Admin/*"»,
                  "arn:aws:iam::*:role/Admin"]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"ArnNotLike":
                  {"aws:PrincipalArn": "arn:aws:sts::111122223333:federated-user/a",
                  "aws:SourceArn": "arn:aws:sts::111122223333:assumed-role/Admin/a"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.principalARNs.filter { $0.text.contains(":assumed-role/") }.map {
                let message = "'aws:PrincipalArn' holds the role, not the session '\($0.text)'"
                return Remark(message, at: $0.span, help: $0.asRole.map { "write '\($0)'" })
            }
        }
    )

    // KEY table 3.2 (Identity Center role session)
    static let ssoRoleWithoutPath = Check(
        "sso-role-without-path",
        .error,
        "the ARN of a role of IAM Identity Center lacks its path",
        why: """
            Roles of permission sets have the path `aws-reserved/sso.amazonaws.com/`, outside \
            us-east-1 with the Region behind it, and `aws:PrincipalArn` holds the path.
            """,
        fix: "Write `role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_NAME_*`.",
        source: "Referencing permission sets in resource policies, Amazon EKS, and AWS KMS",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"ArnNotLike":
                  {"aws:PrincipalArn": «"arn:aws:iam::*:role/AWSReservedSSO_Admin_*"»}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"ArnNotLike":
                  {"aws:PrincipalArn": ["arn:aws:iam::*:role/*AWSReservedSSO_Admin_*",
                  "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Admin_*"]}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.principalARNs.filter { $0.text.contains(":role/AWSReservedSSO_") }.map {
                let message = "'\($0.text)' is no role: the path is missing"
                let path = "role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_"
                return Remark(message, at: $0.span, help: "write '…:\(path)…'")
            }
        }
    )

    // KEY-5
    static let rootARNMeansRootUser = Check(
        "root-arn-means-root-user",
        .warning,
        "`aws:PrincipalArn` with the root of one account means its root user alone",
        why: """
            In `Principal` the ARN of an account's root stands for the account. In this condition \
            key it is the root user, who hardly ever makes a request.
            """,
        fix: "Compare `aws:PrincipalAccount` with the account id.",
        source: "AWS global condition context keys",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition":
                  {"ArnEquals": {"aws:PrincipalArn": «"arn:aws:iam::111122223333:root"»}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject", "Resource": "*",
                  "Condition": {"ArnNotLike": {"aws:PrincipalArn":
                  ["arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:role/a"]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*",
                  "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                  "Condition":
                  {"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:root"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            // Others beside it, or a Deny, show that the root user is meant.
            guard statement.isAllow else { return [] }
            return statement.conditions(on: "aws:PrincipalArn").filter {
                $0.base?.isNegated == false && $0.values.allSatisfy(\.isRootOfAccount)
            }
            .flatMap(\.values)
            .map { Remark("'\($0.text)' is here the root user alone", at: $0.span) }
        }
    )

    // KEY table 3.2 (aws:userid of sessions)
    static let roleIDWithoutSession = Check(
        "role-id-without-session",
        .error,
        "`aws:userid` is compared with a role's id alone",
        why: """
            For a role session `aws:userid` holds the role's id, a colon and the name of the \
            session: `AROA…:NAME`. The id alone equals none.
            """,
        fix: "Write `StringLike` with `AROA…:*`.",
        source: "IAM policy elements: Variables and tags",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                  "Condition": {"StringNotLike": {"aws:userId":
                  [«"AROAEXAMPLEID1234ABCD"», "111122223333"]}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                  "Condition": {"StringNotLike": {"aws:userId":
                  ["AROAEXAMPLEID1234ABCD:*", "AROAEXAMPLEID5678ABCD*", "AIDAEXAMPLEID1234"]}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.conditions(on: "aws:userid").filter { $0.base?.family == .text }
                .flatMap(\.values)
                .filter {
                    $0.text.hasPrefix("AROA") && !$0.text.contains(":") && !$0.hasWildcard
                        && !$0.hasVariable && !$0.mayBePlaceholder
                }
                .map {
                    let message = "in 'aws:userid' a colon and a session follow on '\($0.text)'"
                    return Remark(message, at: $0.span, help: "write '\($0.text):*'")
                }
        }
    )
}

extension WrittenStatement {
    fileprivate var principalARNs: [SourceString] {
        conditions(on: "aws:PrincipalArn").filter { $0.base != .null }.flatMap(\.values)
    }
}

extension SourceString {
    fileprivate var isRootOfAccount: Bool {
        guard let arn = ARN(text) else { return false }
        return arn.service == "iam" && arn.resource == "root" && arn.accountID != nil
    }

    /// The role of a session's ARN, where its name stands there in full.
    fileprivate var asRole: String? {
        guard let arn = ARN(text) else { return nil }
        let parts = arn.resource.split(separator: "/")
        guard parts.count > 1, !parts[1].contains("*") else { return nil }
        return "arn:\(arn.partition):iam::\(arn.account):role/\(parts[1])"
    }
}
