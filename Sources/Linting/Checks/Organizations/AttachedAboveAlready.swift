import JSONSource

extension Check {
    static let attachedAboveAlready = Check(
        "attached-above-already",
        .note,
        "a control policy is attached to a unit or account and above it as well",
        why: """
            Control policies are inherited: the second attachment adds nothing, takes one of few \
            places, and looks as if it did something.
            """,
        fix: "Detach it below.",
        source: "Organizations User Guide, \"SCP evaluation\" (SCP-3)",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "serviceControlPolicies": {"Lock": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}},
                 "root": {"serviceControlPolicies": ["FullAWSAccess", "Lock"],
                   "accounts": {"m": {"id": "111111111111"}},
                   "organizationalUnits": {"Prod": {
                     "serviceControlPolicies": ["FullAWSAccess", «"Lock"»]}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "serviceControlPolicies": {"Lock": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}},
                 "root": {"serviceControlPolicies": ["FullAWSAccess", "Lock"],
                   "accounts": {"m": {"id": "111111111111"}},
                   "organizationalUnits": {"Prod": {"serviceControlPolicies": ["Lock"]}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            organization.controlPolicyNames.flatMap { field, name in
                // An Allow filters anew at every level, only Denies are there already.
                let kind: PolicyKind =
                    field == WrittenOrganization.serviceControl
                    ? .serviceControlPolicy : .resourceControlPolicy
                let document = organization.controlPolicy(kind, named: name.text)
                guard document?.statements.allSatisfy(\.isDeny) == true else {
                    return [Remark]()
                }
                let all = organization.attachments(field, of: name.text)
                let words = Dictionary(all.map { ($0.node, $0.word) }) { first, _ in first }
                return all.compactMap { attachment in
                    let node = organization.nodes[attachment.node]
                    var parent = node.parent
                    while let index = parent {
                        // Units stand first among the nodes, in their own order.
                        if let above = words[index] {
                            let message = "'\(name.text)' reaches \(node.name) already"
                            return Remark(message, at: attachment.word.span)
                                .noting("from \(organization.nodes[index].name)", at: above.span)
                        }
                        parent = organization.units[index].parent
                    }
                    return nil
                }
            }
        }
    )
}
