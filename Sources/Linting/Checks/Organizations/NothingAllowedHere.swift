import JSONSource
import PolicyLanguage

extension Check {
    static let nothingAllowedHere = Check(
        "nothing-allowed-here",
        .error,
        "the SCPs of a level allow nothing",
        why: """
            Every level from the root to the account must allow an action. Where FullAWSAccess was \
            replaced by SCPs that only deny, everybody below is denied everything.
            """,
        fix: "Attach FullAWSAccess beside them, or an SCP that allows what is needed.",
        source: "Organizations User Guide, \"SCP evaluation\" (SCP-3)",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "serviceControlPolicies": {"Lock": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}},
                 "root": {"accounts": {"m": {"id": "111111111111"}},
                   "organizationalUnits": {"Prod": {"serviceControlPolicies": [«"Lock"»]}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "serviceControlPolicies": {"Only": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}},
                 "root": {"accounts": {"m": {"id": "111111111111"}},
                   "organizationalUnits": {"Prod": {"serviceControlPolicies": ["Only"]}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            organization.levels.compactMap { node, names, documents in
                guard let first = names.first,
                    !names.contains(where: { $0.text == WrittenOrganization.fullAccess }),
                    documents.count == names.count,
                    !documents.contains(where: { $0.statements.contains(where: \.isAllow) })
                else { return nil }
                return Remark("no SCP of \(node.name) allows anything", at: first.span)
            }
        }
    )
}
