import JSONSource

extension Check {
    static let permissionSetUnassigned = Check(
        "permission-set-unassigned",
        .note,
        "a permission set is assigned to nobody",
        why: "It provisions no role, so nothing that it says is ever tried.",
        fix: "Assign it, or delete it.",
        source: "IAM Identity Center User Guide, \"Assign user or group access\" (IDC-2)",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "root": {"accounts": {"m": {"id": "111111111111"}}},
                 "identityCenter": {"users": {"ann": {}}, "permissionSets": {
                   «"Old"»: {"managedPolicies": ["arn:aws:iam::aws:policy/ReadOnlyAccess"]},
                   "Reader": {"managedPolicies": ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}},
                  "assignments": [
                   {"permissionSet": "Reader", "user": "ann", "accounts": ["m"]}]}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "root": {"accounts": {"m": {"id": "111111111111"}}},
                 "identityCenter": {"users": {"ann": {}}, "permissionSets": {
                   "Reader": {"managedPolicies": ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}},
                  "assignments": [
                   {"permissionSet": "Reader", "user": "ann", "accounts": ["m"]}]}}
                """#
            ),
        ],
        inspection: .organization { organization in
            let center = organization.value["identityCenter"]
            let assigned = Set(
                (center?["assignments"]?.elements ?? []).compactMap { $0["permissionSet"]?.string }
            )
            return (center?["permissionSets"]?.members ?? []).filter { !assigned.contains($0.key) }
                .map { Remark("'\($0.key)' is assigned to nobody", at: $0.keySpan) }
        }
    )
}
