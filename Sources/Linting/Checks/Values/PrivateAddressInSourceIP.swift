import JSONSource
import PolicyLanguage

extension Check {
    // COND-28
    static let privateAddressInSourceIP = Check(
        "private-address-in-source-ip",
        .warning,
        "`aws:SourceIp` is compared with a private address",
        why: """
            `aws:SourceIp` is the public address of a request and absent behind a VPC endpoint, \
            where `aws:VpcSourceIp` has the private one. A private range never fits.
            """,
        fix: "Write `aws:VpcSourceIp` together with `aws:SourceVpc`, or the public range.",
        source: "AWS global condition context keys",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"IpAddress":
                  {"aws:SourceIp": ["203.0.113.0/24", «"10.1.0.0/16"»]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*",
                  "Condition": {"NotIpAddressIfExists": {"aws:SourceIp": «"fd00::/8"»}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"IpAddress":
                  {"aws:SourceIp": ["172.15.0.0/16", "0.0.0.0/0", "2001:db8::/32"],
                  "aws:VpcSourceIp": "10.1.0.0/16"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.conditions(on: "aws:SourceIp").filter { $0.base?.family == .address }
                .flatMap(\.values)
                .filter { value in
                    guard let range = IPAddressRange(value.text) else { return false }
                    return privateRanges.contains { $0.contains(range) }
                }
                .map {
                    Remark(
                        "'\($0.text)' is a private address, which 'aws:SourceIp' never holds",
                        at: $0.span,
                        help: "'aws:VpcSourceIp' holds the private address"
                    )
                }
        }
    )

    /// RFC 1918, RFC 6598, RFC 3927 and RFC 4193, RFC 4291, and loopback.
    private static let privateRanges = [
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16",
        "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1",
    ]
    .compactMap { IPAddressRange($0) }
}
