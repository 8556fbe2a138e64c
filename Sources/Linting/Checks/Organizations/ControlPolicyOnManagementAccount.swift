import JSONSource

extension Check {
    static let controlPolicyWithoutReach = Check(
        "control-policy-on-management-account",
        .warning,
        "a control policy is attached to the management account, which none reaches",
        why: "Neither SCPs nor RCPs restrict the management account: the attachment does nothing.",
        fix: "Move what it is to protect into a member account.",
        source: "Organizations User Guide, \"Tasks and entities not restricted by SCPs\" (SCP-1)",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "serviceControlPolicies": {"Lock": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}},
                 "root": {"accounts": {"m": {"id": "111111111111",
                   "serviceControlPolicies": ["FullAWSAccess", «"Lock"»]}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "serviceControlPolicies": {"Lock": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}},
                 "root": {"accounts": {"m": {"id": "111111111111"}, "a": {"id": "222222222222",
                   "serviceControlPolicies": ["FullAWSAccess", "Lock"]}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            guard let account = organization.managementAccount else { return [] }
            return PolicyKind.allCases.compactMap(\.field).flatMap { field in
                WrittenOrganization.attached(field, to: account.value)
                    .filter { !$0.text.hasSuffix("FullAWSAccess") }
                    .map {
                        Remark("'\($0.text)' does not reach the management account", at: $0.span)
                    }
            }
        }
    )
}
