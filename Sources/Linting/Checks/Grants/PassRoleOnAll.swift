import JSONSource
import PolicyLanguage

extension Check {
    static let passRoleOnAll = Check(
        "pass-role-on-all",
        .warning,
        "iam:PassRole is allowed for every role and every service",
        why: """
            Whoever may hand any role to any service uses the strongest role of the account \
            through it: a function, an instance or a stack that acts with that role. (PASS-1)
            """,
        fix: """
            Name the roles in `Resource`, and the service that gets them in a condition on \
            `iam:PassedToService`.
            """,
        source: "IAM User Guide, \"Grant a user permissions to pass a role to an AWS service\"",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": ["lambda:CreateFunction", «"iam:PassRole"»],
                  "Resource": "*"}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": «"iam:Pass*"»,
                  "Resource": "arn:aws:iam::111122223333:role/*"}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition":
                  {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "iam:PassRole",
                  "Resource": "arn:aws:iam::111122223333:role/app/*"}
                """#
            ),
            .policy(
                .identityPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": ["ec2:*", "iam:PassRole"], "Resource": "*"},
                  {"Effect": "Deny", "Action": "iam:PassRole",
                    "NotResource": "arn:aws:iam::*:role/app/*"}]}
                """#
            ),
            .statement(.identityPolicy, #"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .identityPolicy, !policy.isBoundary, statement.isAllow,
                let entry = statement.entry(covering: ["iam:PassRole"]),
                statement.coversAll(["role"], of: "iam", in: .own),
                !statement.limitsTarget(of: "iam"), !policy.takesBack("iam:PassRole")
            else { return [] }
            let message = "'\(entry.text)' lets the holder pass every role to every service"
            return [Remark(message, at: entry.span)]
        }
    )
}
