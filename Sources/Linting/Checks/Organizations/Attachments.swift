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

extension WrittenOrganization {
    /// The control policies that the file defines: the field that attaches each, and its name.
    fileprivate var controlPolicyNames: [(field: String, name: SourceString)] {
        [Self.serviceControl, Self.resourceControl].flatMap { field in
            (value[field]?.members ?? []).map { (field, SourceString($0.key, at: $0.keySpan)) }
        }
    }
}
