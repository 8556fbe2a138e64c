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

    static let passwordWithoutMFA = Check(
        "password-without-mfa",
        .warning,
        "a user has a password and no MFA device",
        why: "Whoever guesses, phishes or buys the password is that user.",
        fix: "Register a device, or give the person access through Identity Center.",
        source: "IAM User Guide, \"Security best practices in IAM\"",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "iam": {"users": {«"ann"»: {"password": {}}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "iam": {"users": {"bob": {}, "ann": {"password": {},
                   "mfaDevices": ["arn:aws:iam::111111111111:mfa/ann"]}}}}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            organization.ownAccounts.flatMap(\.users).filter { user in
                user.value["password"]?.members != nil
                    && (user.value["mfaDevices"]?.elements ?? []).isEmpty
            }.map { Remark("the user '\($0.name)' signs in without MFA", at: $0.place) }
        }
    )

    static let rootWithoutMFA = Check(
        "root-without-mfa",
        .error,
        "an account's root user has credentials and no MFA, or access keys",
        why: """
            Nothing but an SCP limits the root user of a member account, and nothing at all that of \
            the management account.
            """,
        fix:
            "Remove the credentials with centralized root access, or register MFA and delete keys.",
        source: "IAM User Guide, \"Root user best practices\" (ROOT-1, ROOT-6)",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {«"m"»: {
                 "id": "111111111111", "iam": {"root": {"credentials": true, "mfa": false}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {
                 "m": {"id": "111111111111", "iam": {"root": {"credentials": true, "mfa": true}}},
                 "a": {"id": "222222222222", "iam": {"root": {"credentials": false}}}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            organization.ownAccounts.compactMap { account in
                guard let root = account.value["iam"]?["root"] else { return nil }
                if !(root["accessKeys"]?.elements ?? []).isEmpty {
                    let message = "the root user of '\(account.name)' has access keys"
                    return Remark(message, at: account.place)
                }
                guard root["credentials"]?.isTrue == true, root["mfa"]?.isTrue != true else {
                    return nil
                }
                let message = "the root user of '\(account.name)' has credentials and no MFA"
                return Remark(message, at: account.place)
            }
        }
    )
}

extension JSONValue {
    fileprivate var isTrue: Bool { if case .bool(true) = content { true } else { false } }
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

extension WrittenOrganization {
    /// The documents in the file that a user carries himself or through his groups.
    func policies(of user: Entity, in account: Account) -> [WrittenPolicy] {
        let iam = account.value["iam"]
        let groups = (user.value["groups"]?.elements ?? []).compactMap(\.string)
            .compactMap { iam?["groups"]?[$0] }
        let carriers = [user.value] + groups
        let names = carriers.flatMap { $0["managedPolicies"]?.elements ?? [] }
            .compactMap(\.string)
        let managed = policies.filter { policy in
            policy.holder.account == account.id && policy.holder.arn == nil
                && policy.holder.name.map(names.contains) == true
        }
        let spans = Set(carriers.flatMap { $0["inlinePolicies"]?.members ?? [] }.map(\.value.span))
        return managed + policies.filter { spans.contains($0.value.span) }
    }
}
