import JSONSource
import PolicyLanguage

extension Check {
    // Table 2.2: `IfExists` holds for an absent key.
    static let ifExistsInAllow = Check(
        "if-exists-in-allow",
        .warning,
        "an Allow to others asks for a key of the caller only where it exists",
        why: """
            `IfExists` holds for requests that do not carry the key: an anonymous caller has no \
            organization, and whoever passes no external id is not asked for one.
            """,
        fix: "Take `IfExists` away: a request without the key then fails.",
        source: "IAM JSON policy elements: Condition operators",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {«"StringEqualsIfExists"»: {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "111122223333"},
                  "Action": "sts:AssumeRole",
                  "Condition": {«"StringEqualsIfExists"»: {"sts:ExternalId": "a"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                  "StringEqualsIfExists": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
                  "Action": "sqs:SendMessage", "Resource": "*", "Condition": {
                  "StringEquals": {"aws:SourceAccount": "111122223333"},
                  "StringEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard statement.isAllow, policy.kind == .resourcePolicy || policy.kind == .trustPolicy
            else { return [] }
            let keys = [
                "aws:principalorgid", "aws:principalorgpaths", "aws:principalarn",
                "sts:externalid", "aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid",
                "aws:sourceorgpaths",
            ]
            let isSettled = statement.conditions.contains {
                keys.contains($0.canonicalKey) && !$0.holdsWhenAbsent
            }
            if isSettled { return [] }
            return statement.conditions.compactMap { condition in
                guard keys.contains(condition.canonicalKey), let form = condition.operator,
                    form.ifExists, !form.base.isNegated
                else { return nil }
                let strict = form.description.dropLast("IfExists".count)
                return Remark(
                    "requests without '\(condition.key.text)' are allowed as well",
                    at: condition.operatorName.span,
                    help: "write '\(strict)'"
                )
            }
        }
    )
}
