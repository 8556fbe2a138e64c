import JSONSource
import PolicyLanguage

extension Check {
    /// Roles that Organizations and Control Tower make for the management account.
    private static let rolesForManagement: Set<Substring> = [
        "OrganizationAccountAccessRole", "AWSControlTowerExecution",
    ]

    static let trustWholeAccount = Check(
        "trust-whole-account",
        .warning,
        "a trust policy leaves it to another account who assumes the role",
        why: """
            An account as principal is everybody in it whom its administrators allow \
            `sts:AssumeRole`; a stolen key of an unknown user there is enough. (PRIN-3, STS-2)
            """,
        fix: """
            Name the role that will assume this one, or add a condition on `aws:PrincipalArn`, \
            `sts:ExternalId` or `aws:PrincipalTag/…`.
            """,
        source: "IAM User Guide, \"AWS JSON policy elements: Principal\"",
        examples: [
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": «"arn:aws:iam::111122223333:root"»},
                  "Action": "sts:AssumeRole"}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::111122223333:role/Deploy",
                  «"444455556666"»]}, "Action": "sts:AssumeRole"}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "main"},
                 "root": {"accounts": {"main": {"id": "999988887777"}, "shop": {"id": "111122223333", "iam": {"roles": {
                  "Deploy": {"trustPolicy": {"Version": "2012-10-17", "Statement": [
                    {"Effect": "Allow", "Principal": {"AWS": ["111122223333", «"444455556666"»]},
                      "Action": "sts:AssumeRole"}]}},
                  "OrganizationAccountAccessRole": {"trustPolicy": {"Version": "2012-10-17",
                    "Statement": [{"Effect": "Allow", "Principal": {"AWS": "444455556666"},
                      "Action": "sts:AssumeRole"}]}}}}}}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
                  "Action": "sts:AssumeRole", "Condition":
                    {"StringEquals": {"sts:ExternalId": "7d1f"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/Deploy"},
                  "Action": "sts:AssumeRole"}
                """#
            ),
            .policy(
                .trustPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"AWS": "111122223333"},
                    "Action": "sts:AssumeRole"},
                  {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole", "Condition":
                    {"ArnNotLike":
                      {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/Deploy"}}}]}
                """#
            ),
            .policy(
                .trustPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"AWS": "111122223333"},
                    "Action": "sts:AssumeRole"},
                  {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole", "Condition":
                    {"StringNotEquals": {"sts:ExternalId": "12345"}}}]}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Deny", "Principal": {"AWS": "111122223333"},
                  "Action": "sts:AssumeRole"}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .trustPolicy, statement.isAllow, statement.conditions.isEmpty,
                let principals = statement.principals, !principals.isNegated,
                statement.concerns("sts:AssumeRole"), !policy.limitsWho(statement),
                !policy.statements.contains(where: \.deniesWithoutExternalID),
                !rolesForManagement.contains(policy.holder.arn?.nameOfRole ?? "")
            else { return [] }
            return principals.entries(ofKind: "AWS").compactMap { principal in
                guard let account = principal.wholeAccount, account != policy.holder.account else {
                    return nil
                }
                let message = "whoever account \(account) allows may assume the role"
                return Remark(message, at: principal.text.span)
            }
        }
    )
}

extension WrittenStatement {
    /// Whether a vendor's account has to tell for which customer it comes.
    fileprivate var deniesWithoutExternalID: Bool {
        isDeny && conditions(on: "sts:ExternalId").contains(where: \.isOpenNegation)
    }
}

extension WrittenStatement.Principal {
    /// The account where the entry means all of it.
    fileprivate var wholeAccount: String? {
        if let id = AccountID(text.text) { return id.description }
        guard let arn = ARN(text.text), arn.service == "iam", arn.resource == "root" else {
            return nil
        }
        return arn.accountID?.description
    }
}

extension String {
    fileprivate var nameOfRole: Substring? { ARN(self)?.resourceName }
}
