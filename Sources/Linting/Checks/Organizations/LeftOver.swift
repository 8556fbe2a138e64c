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

    static let managedPolicyUnused = Check(
        "managed-policy-unused",
        .note,
        "a customer managed policy is attached to nobody",
        why: "It gives and limits nothing; whoever reads it is misled about what is in force.",
        fix: "Attach it, or delete it.",
        source: "IAM User Guide, \"Managed policies and inline policies\"",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "iam": {"managedPolicies": {
                   «"Old"»: {"Version": "2012-10-17", "Statement": [
                     {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]},
                   "Edge": {"Version": "2012-10-17", "Statement": [
                     {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}},
                   "users": {"ann": {"permissionsBoundary": "Edge"}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "iam": {"managedPolicies": {
                   "Edge": {"Version": "2012-10-17", "Statement": [
                     {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}},
                   "groups": {"all": {"managedPolicies": ["Edge"]}}}}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            // Permission sets name customer managed policies, wherever they are assigned.
            let sets = organization.value["identityCenter"]?["permissionSets"]?.members ?? []
            let ofSets = sets.flatMap { $0.value.strings }.map(\.text)
            return organization.ownAccounts.flatMap { account -> [Remark] in
                let iam = account.value["iam"]
                let entities = ["users", "groups", "roles"].flatMap { iam?[$0]?.members ?? [] }
                let used = entities.flatMap { member in
                    (member.value["managedPolicies"]?.strings ?? [])
                        + (member.value["permissionsBoundary"]?.strings ?? [])
                }
                let names = Set(used.map(\.text) + ofSets)
                return (iam?["managedPolicies"]?.members ?? []).filter { policy in
                    let path = policy.value["path"]?.string ?? "/"
                    let arn = "arn:aws:iam::\(account.id):policy\(path)\(policy.key)"
                    return !names.contains(policy.key) && !names.contains(arn)
                }.map { Remark("'\($0.key)' is attached to nobody", at: $0.keySpan) }
            }
        }
    )
}
