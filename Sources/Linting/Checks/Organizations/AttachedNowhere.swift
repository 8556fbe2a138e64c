import JSONSource

extension Check {
    static let attachedNowhere = Check(
        "attached-nowhere",
        .note,
        "a control policy is attached nowhere",
        why: "It restricts nobody. A draft may be meant to wait; a guardrail is not.",
        fix: "Attach it, or delete it.",
        source: "Organizations User Guide, \"Attaching and detaching organization policies\"",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "serviceControlPolicies": {«"Draft"»: {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}},
                 "root": {"accounts": {"m": {"id": "111111111111"}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "serviceControlPolicies": {"Lock": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}},
                 "root": {"serviceControlPolicies": ["FullAWSAccess", "Lock"],
                   "accounts": {"m": {"id": "111111111111"}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            organization.controlPolicyNames.compactMap { field, name in
                guard organization.attachments(field, of: name.text).isEmpty else { return nil }
                return Remark("'\(name.text)' is attached nowhere", at: name.span)
            }
        }
    )
}
