import JSONSource

extension Check {
    static let policyTypeDisabled = Check(
        "policy-type-disabled",
        .error,
        "control policies are attached while their type is not enabled",
        why: "AWS evaluates no policy of a type that is off at the root: none of them denies.",
        fix: "Enable the type at the root, or drop the attachments.",
        source: "Organizations User Guide, \"Enabling a policy type\" (SCP-6, RCP-9)",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "serviceControlPolicies": {"Lock": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}},
                 "root": {"policyTypes": ["RESOURCE_CONTROL_POLICY"],
                   "serviceControlPolicies": ["FullAWSAccess", «"Lock"»],
                   "accounts": {"m": {"id": "111111111111"}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "serviceControlPolicies": {"Lock": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}},
                 "root": {"policyTypes": ["SERVICE_CONTROL_POLICY"],
                   "serviceControlPolicies": ["FullAWSAccess", "Lock"],
                   "accounts": {"m": {"id": "111111111111"}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            guard let types = organization.value["root"]?["policyTypes"]?.elements else {
                return []
            }
            let enabled = types.compactMap(\.string)
            let disabled = [
                ("SERVICE_CONTROL_POLICY", WrittenOrganization.serviceControl),
                ("RESOURCE_CONTROL_POLICY", WrittenOrganization.resourceControl),
            ].filter { !enabled.contains($0.0) }
            return disabled.flatMap { type, field in
                organization.nodes.flatMap { WrittenOrganization.attached(field, to: $0.value) }
                    .filter { !$0.text.hasSuffix("FullAWSAccess") }
                    .map {
                        Remark("'\($0.text)' does nothing: \(type) is not enabled", at: $0.span)
                    }
            }
        }
    )
}
