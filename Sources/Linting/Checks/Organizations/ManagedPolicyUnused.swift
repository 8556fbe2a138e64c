import JSONSource

extension Check {
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
