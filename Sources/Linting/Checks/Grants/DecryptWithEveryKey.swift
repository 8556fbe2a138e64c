import JSONSource
import PolicyLanguage

extension Check {
    static let decryptWithEveryKey = Check(
        "decrypt-with-every-key",
        .warning,
        "decryption is allowed with every KMS key",
        why: """
            The holder reads what any key protects whose key policy leaves the decision to IAM, in \
            this account and in others that name it. (KMS-2, KMS-4)
            """,
        fix: """
            Name the keys, or allow decryption through the services that keep the data: \
            `kms:ViaService`.
            """,
        source: "KMS Developer Guide, \"Best practices for IAM policies\"",
        examples: [
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": ["s3:Get*", «"kms:Decrypt"»], "Resource": "*"}"#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": «"kms:*"», "Resource": "arn:aws:kms:*:*:key/*"}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", "Condition":
                  {"StringEquals": {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", "Condition":
                  {"StringEquals": {"aws:ResourceTag/team": "blue"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": ["kms:Describe*", "kms:List*"], "Resource": "*"}"#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*",
                  "Resource": "*"}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .identityPolicy, !policy.isBoundary, statement.isAllow,
                let entry = statement.entry(covering: ["kms:Decrypt", "kms:ReEncryptFrom"]),
                statement.coversAll(["key"], of: "kms", in: .any),
                !statement.limitsTarget(of: "kms"), !policy.takesBack("kms:Decrypt")
            else { return [] }
            return [
                Remark("'\(entry.text)' lets the holder decrypt with every key", at: entry.span)
            ]
        }
    )
}
