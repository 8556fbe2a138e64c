import JSONSource
import PolicyLanguage

extension Check {
    static let usernameIgnoresPath = Check(
        "username-ignores-path",
        .error,
        "a pattern with `${aws:username}` leaves out the path of the user who carries it",
        why: """
            The variable holds the name without its path, so `user/${aws:username}` never is the \
            ARN of a user under `/team/`: he may not manage his own credentials, or is not exempt.
            """,
        fix: "Write the path into the pattern, as in `user/team/${aws:username}` or `user/*/…`.",
        source: "IAM User Guide, \"IAM policy elements: Variables and tags\" (VAR, KEY-10)",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "iam": {
                   "managedPolicies": {"Self": {"Version": "2012-10-17", "Statement": [
                     {"Effect": "Allow", "Action": "iam:CreateAccessKey",
                      "Resource": «"arn:aws:iam::*:user/${aws:username}"»}]}},
                   "groups": {"all": {"managedPolicies": ["Self"]}},
                   "users": {"ann": {"path": "/staff/", "groups": ["all"]}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "iam": {
                   "managedPolicies": {"Self": {"Version": "2012-10-17", "Statement": [
                     {"Effect": "Allow", "Action": "iam:CreateAccessKey",
                      "Resource": ["arn:aws:iam::*:user/${aws:username}",
                                   "arn:aws:iam::*:user/staff/${aws:username}"]}]}},
                   "groups": {"all": {"managedPolicies": ["Self"]}},
                   "users": {"ann": {"path": "/staff/", "groups": ["all"]}, "bob": {}}}}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            organization.ownAccounts.flatMap { account in
                account.users.flatMap { user -> [Remark] in
                    let path = user.value["path"]?.string ?? "/"
                    guard path != "/" else { return [] }
                    return organization.policies(of: user, in: account).flatMap { policy in
                        policy.statements.compactMap { $0.resources?.entries }
                            .compactMap { ignored($0, user: user) }
                    }
                }
            }.uniqued()
        }
    )

    /// The entry that is meant for the user himself, where no entry of the list is his ARN.
    private static func ignored(
        _ entries: [SourceString],
        user: WrittenOrganization.Entity
    ) -> Remark? {
        let variable = "${aws:username}"
        let own = entries.filter { $0.text.contains(":user/\(variable)") }
        let wanted = Glob(user.arn)
        let isReached = entries.contains { entry in
            Glob(entry.text.replacing(variable, with: user.name)).covers(wanted)
        }
        guard let first = own.first, !isReached else { return nil }
        let message = "'\(first.text)' never is the ARN of '\(user.name)', whose path it leaves out"
        return Remark(message, at: first.span).noting("the user", at: user.place)
    }
}
