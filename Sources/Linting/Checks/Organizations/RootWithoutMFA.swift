import JSONSource
import PolicyLanguage

extension Check {
    static let rootWithoutMFA = Check(
        "root-without-mfa",
        .error,
        "an account's root user has credentials and no MFA, or access keys",
        why: """
            Nothing but an SCP limits the root user of a member account, and nothing at all that of \
            the management account.
            """,
        fix:
            "Remove the credentials with centralized root access, or register MFA and delete keys.",
        source: "IAM User Guide, \"Root user best practices\" (ROOT-1, ROOT-6)",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {«"m"»: {
                 "id": "111111111111", "iam": {"root": {"credentials": true, "mfa": false}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {
                 "m": {"id": "111111111111", "iam": {"root": {"credentials": true, "mfa": true}}},
                 "a": {"id": "222222222222", "iam": {"root": {"credentials": false}}}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            organization.ownAccounts.compactMap { account in
                guard let root = account.value["iam"]?["root"] else { return nil }
                if !(root["accessKeys"]?.elements ?? []).isEmpty {
                    let message = "the root user of '\(account.name)' has access keys"
                    return Remark(message, at: account.place)
                }
                guard root["credentials"]?.isTrue == true, root["mfa"]?.isTrue != true else {
                    return nil
                }
                let message = "the root user of '\(account.name)' has credentials and no MFA"
                return Remark(message, at: account.place)
            }
        }
    )
}

extension JSONValue {
    fileprivate var isTrue: Bool { if case .bool(true) = content { true } else { false } }
}
