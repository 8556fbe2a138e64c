import JSONSource
import PolicyLanguage

extension Check {
    static let thirdPartyWithoutExternalID = Check(
        "third-party-without-external-id",
        .warning,
        "a role trusts an account outside the organization without an external id",
        why: """
            A vendor who serves many customers from one account can be talked into using the role \
            of one for another. The external id is what tells them apart.
            """,
        fix: "Ask for `sts:ExternalId`, with the value the vendor gives you.",
        source: "IAM User Guide, \"Access to AWS accounts owned by third parties\" (STS-7)",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "iam": {"roles": {"Vendor": {"trustPolicy": {
                   "Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                   "Principal": {"AWS": «"arn:aws:iam::999999999999:role/Scanner"»},
                   "Action": "sts:AssumeRole"}]}}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "iam": {"roles": {"Vendor": {"trustPolicy": {
                   "Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                   "Principal": {"AWS": "arn:aws:iam::999999999999:role/Scanner"},
                   "Action": "sts:AssumeRole",
                   "Condition": {"StringEquals": {"sts:ExternalId": "x1"}}},
                   {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
                   "Action": "sts:AssumeRole"}]}}}}}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            let own = Set(organization.ownAccounts.map(\.id))
            return organization.policies.filter { policy in
                policy.kind == .trustPolicy && policy.holder.account.map(own.contains) == true
            }.flatMap { policy in
                policy.statements.filter { statement in
                    statement.isAllow && statement.concerns("sts:AssumeRole")
                        && !statement.conditions.contains { !$0.holdsWhenAbsent }
                }.flatMap { statement in
                    (statement.principals?.entries(ofKind: "AWS") ?? []).compactMap { principal in
                        let text = principal.text.text
                        let account = ARN(text)?.accountID ?? AccountID(text)
                        guard let account, !own.contains(account.description) else {
                            return nil
                        }
                        let message = "the account \(account) is outside and gives no external id"
                        return Remark(message, at: principal.text.span)
                    }
                }
            }
        }
    )
}
