import JSONSource
import PolicyLanguage

extension Check {
    static let longLivedAccessKey = Check(
        "long-lived-access-key",
        .warning,
        "a user has an active access key",
        why: """
            It works from everywhere until somebody deletes it. Most leaked credentials of AWS \
            accounts are such keys.
            """,
        fix:
            "Use a role: through Identity Center for people, OIDC for pipelines, IAM Roles Anywhere.",
        source: "IAM User Guide, \"Security best practices in IAM\"",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "iam": {"users": {«"ci"»: {
                   "accessKeys": [{"id": "AKIAIOSFODNN7EXAMPLE", "status": "Active"}],
                   "inlinePolicies": {"all": {"Version": "2012-10-17", "Statement": [
                     {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}}}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "iam": {"users": {"ci": {
                   "accessKeys": [{"id": "AKIAIOSFODNN7EXAMPLE", "status": "Inactive"}]}}}}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            organization.ownAccounts.flatMap { account in
                account.users.compactMap { user in
                    let keys = user.value["accessKeys"]?.elements ?? []
                    guard keys.contains(where: { $0["status"]?.string ?? "Active" == "Active" })
                    else { return nil }
                    let broad = organization.policies(of: user, in: account)
                        .flatMap(\.statements).compactMap(\.broadGrant).first
                    let also = broad.map { " and may do '\($0)' on everything" } ?? ""
                    let message = "the user '\(user.name)' has an active access key\(also)"
                    return Remark(message, at: user.place)
                }
            }
        }
    )
}

extension WrittenStatement {
    /// An action with wildcards that an Allow gives on every resource, whatever the request.
    fileprivate var broadGrant: String? {
        guard isAllow, coversEverything, conditions.isEmpty, let actions, !actions.isNegated else {
            return nil
        }
        return actions.entries.first { $0.text == "*" || $0.text.hasSuffix(":*") }?.text
    }
}
