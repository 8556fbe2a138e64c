import JSONSource
import PolicyLanguage

extension Check {
    static let denyHitsForwardAccess = Check(
        "deny-hits-forward-access",
        .warning,
        "a Deny outside a VPC or endpoint hits what AWS services do on the caller's behalf",
        why: """
            Athena reads from S3 and S3 decrypts with KMS as the caller, but not through the \
            caller's endpoint: `aws:SourceVpc`, `aws:SourceVpce` and the other keys of endpoints \
            are absent from these calls, and the negated condition holds. `aws:SourceIp` stays \
            that of the caller. (SVC-4, KEY-4)
            """,
        fix: """
            Add `"BoolIfExists": {"aws:ViaAWSService": "false"}` to the conditions, or name the \
            services in a condition on `aws:CalledVia`.
            """,
        source: "IAM User Guide, \"Forward access sessions\"",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition":
                  {"StringNotEquals": {«"aws:SourceVpce"»: "vpce-1a2b3c4d"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition":
                  {"NotIpAddressIfExists": {"aws:SourceIp": "203.0.113.0/24"},
                   "StringNotEqualsIfExists": {«"aws:SourceVpc"»: "vpc-1a2b3c4d"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition":
                  {"StringNotEqualsIfExists": {"aws:SourceVpc": "vpc-1a2b3c4d"},
                   "BoolIfExists": {"aws:ViaAWSService": "false"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition":
                  {"StringNotEquals": {"aws:SourceVpc": "vpc-1a2b3c4d"},
                   "Null": {"aws:SourceVpc": "false"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition":
                  {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:*",
                  "Resource": "*", "Condition":
                    {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke",
                  "Resource": "execute-api:/*", "Condition":
                    {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition":
                  {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition":
                  {"StringNotEquals": {"aws:SourceVpc": "${aws:Ec2InstanceSourceVpc}"},
                   "Null": {"ec2:SourceInstanceARN": "false"},
                   "BoolIfExists": {"aws:ViaAWSService": "false"}}}
                """#
            ),
            .statement(
                .endpointPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition":
                  {"StringNotEquals": {"aws:SourceVpc": "vpc-1a2b3c4d"}}}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            // A call through an endpoint is never one of a service (VPCE-3); nobody assumes a role
            // on behalf of another.
            guard statement.isDeny, ![.endpointPolicy, .trustPolicy].contains(policy.kind),
                statement.principals.map({ !$0.entries(ofKind: "AWS").isEmpty }) ?? true,
                statement.conditions.allSatisfy(\.mayHoldForForwardedCalls),
                let cause = statement.conditions.first(where: {
                    $0.isAboutEndpoint && $0.isOpenNegation
                }),
                let actions = statement.actions,
                actions.isNegated || !actions.entries.allSatisfy(\.isCalledByClientsOnly)
            else { return [] }
            let message = "calls on a caller's behalf carry no '\(cause.key.text)' and are denied"
            return [Remark(message, at: cause.key.span)]
        }
    )
}
