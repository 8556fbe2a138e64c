import JSONSource

extension Check {
    static let trustEveryone = Check(
        "trust-everyone",
        .error,
        "a trust policy lets principals of every AWS account assume the role",
        why: """
            Any account in the world may allow its own users `sts:AssumeRole` on the role and take \
            it over; within the account everybody may, without any permission. (STS-37)
            """,
        fix: """
            Name the accounts or roles, or limit them by a condition such as `StringEquals` on \
            `aws:PrincipalOrgID`.
            """,
        source: "IAM User Guide, \"AWS JSON policy elements: Principal\"",
        examples: [
            .statement(
                .trustPolicy,
                #"{"Effect": "Allow", "Principal": {"AWS": «"*"»}, "Action": "sts:AssumeRole"}"#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": «"*"», "Action": "sts:AssumeRole", "Condition":
                  {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Deploy"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                // AWS does not treat the external id as a secret (STS-7).
                #"""
                {"Effect": "Allow", "Principal": {"AWS": «"*"»}, "Action": "sts:AssumeRole",
                  "Condition": {"StringEquals": {"sts:ExternalId": "12345"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole",
                  "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5",
                    "sts:ExternalId": "12345"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole",
                  "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole",
                  "Condition": {"Bool": {"aws:PrincipalIsAWSService": "true"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole",
                  "Condition": {"ArnLike":
                    {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/ci/*"}}}
                """#
            ),
            .policy(
                .trustPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"},
                  {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:*", "Condition":
                    {"StringNotEquals": {"aws:PrincipalAccount": "111122223333"}}}]}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .trustPolicy, statement.isAllow,
                let principals = statement.principals, !principals.isNegated,
                let everyone = principals.everyone, statement.concerns("sts:AssumeRole"),
                !policy.limitsWho(statement), !statement.isForServices
            else { return [] }
            let message = "every AWS account can let its principals assume the role"
            return [Remark(message, at: everyone.text.span)]
        }
    )
}
