import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    // COND-6
    static let unknownConditionKey = Check(
        "unknown-condition-key",
        .error,
        "no request carries the condition key",
        why: """
            AWS saves the document without a word, and no request ever has the key: a positive \
            operator never holds and a negated one always does.
            """,
        fix: "Write the key as the service's page or the page of global keys has it.",
        source: "AWS global condition context keys; Service Authorization Reference",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition":
                  {"StringNotEquals": {«"aws:PrincipalOrganizationID"»: "o-a1b2c3d4e5"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*",
                  "Condition": {"StringLike": {«"s3:prefixes"»: "home/*"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "ec2:*", "Resource": "*",
                  "Condition": {"StringLike": {«"aws:PrincipalTags/team"»: "*"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "ec2:*", "Resource": "*", "Condition": {
                  "StringEquals": {"AWS:PRINCIPALTAG/Cost/Center": "a", "ec2:ResourceTag/b": "c"},
                  "ArnLike": {"ec2:sourceInstanceARN": "*"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/E"},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {
                  "oidc.eks.eu-west-1.amazonaws.com/id/E:sub": "system:serviceaccount:a:b"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "deepracer:*", "Resource": "*",
                  "Condition": {"StringEquals": {"deepracer:UserToken": "a"}}}
                """#
            ),
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRoleWithWebIdentity",
                  "Resource": "*", "Condition": {"Null": {"<PROVIDER>:sub": "false"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            let services = (statement.actions?.entries ?? []).compactMap(\.actionPattern?.service)
            return statement.conditions.map(\.key).compactMap { key in
                guard KeyLookup(key.text).isUnknown, ConditionKey(key.text).isWritten,
                    !key.mayBePlaceholder
                else { return nil }
                let prefix = key.text.prefix { $0 != ":" }.lowercased()
                let isKnown = prefix == "aws" || ServiceCatalog.service(prefix) != nil
                // A service that the catalog lacks comes with keys that it lacks.
                if !isKnown, services.contains(prefix) { return nil }
                let message =
                    isKnown
                    ? "AWS lists no condition key '\(key.text)'"
                    : "there is no service '\(prefix)' and so no condition key '\(key.text)'"
                let near = KeyLookup.nearest(to: key.text)
                return Remark(message, at: key.span, help: near.map { "did you mean '\($0)'?" })
            }
        }
    )
}
