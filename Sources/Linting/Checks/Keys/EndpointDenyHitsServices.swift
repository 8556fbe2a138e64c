import JSONSource
import PolicyLanguage

extension Check {
    // KEY-4
    static let endpointDenyHitsServices = Check(
        "endpoint-deny-hits-services",
        .note,
        "a Deny outside of a VPC or an endpoint also reaches what services do",
        why: """
            What a service calls for a caller, or by itself, does not come through the caller's \
            endpoint and carries no `aws:SourceVpc` or `aws:SourceVpce`. A negated operator holds \
            for such requests, so they are denied.
            """,
        fix: """
            Add `"BoolIfExists": {"aws:ViaAWSService": "false"}`, and in policies of resources \
            `"aws:PrincipalIsAWSService": "false"`, where services shall reach the resources.
            """,
        source: "AWS global condition context keys; Forward access sessions",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                  "Condition": {"StringNotEquals": {«"aws:SourceVpce"»: "vpce-1a2b3c4d"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*",
                  "Condition": {"StringNotEqualsIfExists": {«"aws:SourceVpc"»: "vpc-1a2b3c4d"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
                  "StringNotEqualsIfExists": {"aws:SourceVpc": "vpc-1a2b3c4d"},
                  "BoolIfExists": {"aws:ViaAWSService": "false"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                  "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
                  "StringNotEquals": {"aws:SourceVpc": "vpc-1a2b3c4d"},
                  "Null": {"aws:SourceVpc": "false"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
                  "StringNotEquals": {"aws:SourceVpc": "${aws:Ec2InstanceSourceVpc}"},
                  "Null": {"ec2:SourceInstanceARN": "false"}}}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard statement.isDeny, policy.kind != .endpointPolicy, policy.kind != .trustPolicy
            else { return [] }
            let endpointKeys = [
                "aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn", "aws:vpceaccount",
                "aws:vpceorgid", "aws:vpceorgpaths",
            ]
            // Whoever names services, or demands something of the caller, has thought of them.
            let aboutServices = [
                "aws:viaawsservice", "aws:calledvia", "aws:principalisawsservice",
                "aws:principalservicename",
            ]
            let isSettled = statement.conditions.contains { condition in
                !condition.holdsWhenAbsent
                    || aboutServices.contains { condition.canonicalKey.hasPrefix($0) }
            }
            let first = statement.conditions.first {
                endpointKeys.contains($0.canonicalKey) && $0.base?.isNegated == true
            }
            guard !isSettled, let first else { return [] }
            let message = "requests that services make carry no '\(first.key.text)' and are denied"
            return [Remark(message, at: first.key.span)]
        }
    )
}
