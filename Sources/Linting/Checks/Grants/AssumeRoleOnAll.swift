import JSONSource
import PolicyLanguage

extension Check {
    static let assumeRoleOnAll = Check(
        "assume-role-on-all",
        .warning,
        "sts:AssumeRole is allowed for every role of every account",
        why: """
            Every role whose trust policy names the account, here or elsewhere, is then open to \
            the holder, and so is every role that will trust it later. (STS-2, STS-4)
            """,
        fix: "Name the roles in `Resource`, across accounts by a path or name they share.",
        source: "IAM User Guide, \"Grant a user permissions to switch roles\"",
        examples: [
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": «"sts:AssumeRole"», "Resource": "*"}"#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": ["s3:GetObject", «"sts:*"»],
                  "Resource": "arn:aws:iam::*:role/*"}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "sts:AssumeRole",
                  "Resource": "arn:aws:iam::*:role/deploy"}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*", "Condition":
                  {"StringEquals": {"aws:ResourceOrgID": "o-a1b2c3d4e5"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "sts:GetCallerIdentity", "Resource": "*"}"#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .identityPolicy, !policy.isBoundary, statement.isAllow,
                let entry = statement.entry(covering: ["sts:AssumeRole"]),
                statement.coversAll(["role"], of: "iam", in: .any),
                statement.conditions.isEmpty, !policy.takesBack("sts:AssumeRole")
            else { return [] }
            let message =
                "'\(entry.text)' lets the holder assume every role that trusts the account"
            return [Remark(message, at: entry.span)]
        }
    )
}
