import JSONSource
import PolicyLanguage

extension Check {
    static let denyHitsServicePrincipals = Check(
        "deny-hits-service-principals",
        .error,
        "a Deny to everybody from elsewhere hits AWS services as well",
        why: """
            Calls of service principals carry no organization, account or network of a caller, and \
            a negated condition holds for a key that is absent. Log delivery, notifications and, \
            in an RCP, service roles stop working. (PRIN-5, NOTP-5, RCP-8)
            """,
        fix: """
            Add `"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}` to the conditions.
            """,
        source: "IAM User Guide, \"AWS global condition context keys\"",
        examples: [
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition":
                  {"StringNotEqualsIfExists": {«"aws:PrincipalOrgID"»: "o-a1b2c3d4e5"}}}
                """#
            ),
            .policy(
                .resourcePolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"Service": "logging.s3.amazonaws.com"},
                    "Action": "s3:PutObject", "Resource": "arn:aws:s3:::logs/*"},
                  {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                    "Condition": {"NotIpAddress": {«"aws:SourceIp"»: "203.0.113.0/24"}}}]}
                """#
            ),
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition":
                  {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                   "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}
                """#
            ),
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition":
                  {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                   "Null": {"aws:PrincipalOrgID": "false"}}}
                """#
            ),
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition":
                  {"StringNotEqualsIfExists": {«"aws:PrincipalOrgID"»: "o-a1b2c3d4e5"},
                   "Bool": {"aws:SecureTransport": "true"}}}
                """#
            ),
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition":
                  {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                   "Bool": {"aws:SecureTransport": "false"}}}
                """#
            ),
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": ["sts:AssumeRoleWithSAML",
                  "sts:AssumeRoleWithWebIdentity"], "Resource": "*", "Condition":
                    {"NotIpAddressIfExists": {"aws:SourceIp": "203.0.113.0/24"}}}
                """#
            ),
            .policy(
                .resourcePolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:*",
                    "Resource": "*"},
                  {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                    "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}]}
                """#
            ),
            .policy(
                .resourcePolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"Service": "logging.s3.amazonaws.com"},
                    "Action": "s3:PutObject", "Resource": "arn:aws:s3:::logs/*"},
                  {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                    "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}]}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard statement.deniesEverybody, policy.kind != .endpointPolicy,
                statement.conditions.allSatisfy(\.mayHoldForServices),
                !statement.deniesFederationOnly,
                let cause = statement.conditions.first(where: {
                    ($0.isAboutOwner || $0.isAboutNetwork) && $0.isOpenNegation
                })
            else { return [] }
            let message =
                "calls of AWS services carry no '\(cause.key.text)' and are denied as well"
            let remark = Remark(message, at: cause.key.span)
            if policy.kind == .resourceControlPolicy { return [remark] }
            // Without a grant services have nothing to lose (SVC-1).
            for other in policy.statements where other.isAllow && other.actionsMeet(statement) {
                guard other.principals?.isNegated == false,
                    let service = other.principals?.entries(ofKind: "Service").first
                else { continue }
                return [
                    remark.noting("\(service.text.text) is allowed here", at: service.text.span)
                ]
            }
            return []
        }
    )
}

extension WrittenStatement {
    /// Whether all it denies is signing in from elsewhere, which no service does.
    fileprivate var deniesFederationOnly: Bool {
        guard let actions, !actions.isNegated else { return false }
        let federation = Glob("sts:assumerolewith*")
        return actions.entries.allSatisfy { federation.covers(Glob($0.text.lowercased())) }
    }
}
