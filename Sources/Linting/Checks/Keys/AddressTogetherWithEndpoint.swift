import JSONSource
import PolicyLanguage

extension Check {
    // KEY-2, COND-28
    static let addressTogetherWithEndpoint = Check(
        "address-together-with-endpoint",
        .error,
        "a statement wants `aws:SourceIp` and a key of VPC endpoints in one request",
        why: """
            A request comes from a public address or through a VPC endpoint: the one carries \
            `aws:SourceIp`, the other `aws:SourceVpc`, `aws:SourceVpce` and their kin. No request \
            carries both, so the statement never applies.
            """,
        fix: "Write two statements, or `IfExists` behind both operators.",
        source: "AWS global condition context keys",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"},
                  "StringEquals": {«"aws:SourceVpce"»: "vpce-1a2b3c4d"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"},
                  "StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"IpAddressIfExists": {"aws:SourceIp": "203.0.113.0/24"},
                  "StringEquals": {"aws:SourceVpc": "vpc-1a2b3c4d"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"},
                  "StringEquals": {"aws:SourceVpc": "vpc-1a2b3c4d"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            let demanded = statement.conditions.filter { !$0.holdsWhenAbsent }
            guard let address = demanded.first(where: { $0.canonicalKey == "aws:sourceip" }),
                let endpoint = demanded.first(where: \.isAboutEndpoint)
            else { return [] }
            let message = "no request carries both 'aws:SourceIp' and '\(endpoint.key.text)'"
            return [
                Remark(message, at: endpoint.key.span)
                    .noting("the address is asked for here", at: address.key.span)
            ]
        }
    )
}
