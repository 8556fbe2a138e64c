import JSONSource
import PolicyLanguage

extension Check {
    static let allowBesideFullAccess = Check(
        "allow-beside-full-access",
        .warning,
        "an SCP that only allows is attached beside FullAWSAccess",
        why: """
            An SCP's Allow is a filter, and of several SCPs at a level one that allows is enough: \
            beside FullAWSAccess it restricts nothing.
            """,
        fix: "Detach FullAWSAccess at this level, or write the guardrail as a Deny.",
        source: "Organizations User Guide, \"SCP evaluation\" (SCP-3, SCP-5)",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "serviceControlPolicies": {"Only": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}},
                 "root": {"accounts": {"m": {"id": "111111111111"}}, "organizationalUnits": {
                   "Prod": {"serviceControlPolicies": ["FullAWSAccess", «"Only"»]}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "serviceControlPolicies": {"Only": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}},
                 "root": {"accounts": {"m": {"id": "111111111111"}}, "organizationalUnits": {
                   "Prod": {"serviceControlPolicies": ["Only"]}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            organization.levels.flatMap { node, names, _ -> [Remark] in
                guard names.contains(where: { $0.text == WrittenOrganization.fullAccess }) else {
                    return []
                }
                return names.filter { name in
                    let document = organization.controlPolicy(
                        .serviceControlPolicy,
                        named: name.text
                    )
                    guard let statements = document?.statements, !statements.isEmpty else {
                        return false
                    }
                    return statements.allSatisfy(\.isAllow)
                }.map {
                    Remark("'\($0.text)' restricts nothing beside FullAWSAccess", at: $0.span)
                }
            }
        }
    )
}
