import JSONSource
import PolicyLanguage

extension Check {
    // COND-7, COND-9, COND-19, COND-20, COND-24, COND-25, COND-26
    static let unreadableValue = Check(
        "unreadable-value",
        .error,
        "the value is no number, date, address or flag, as the operator needs it",
        why: "What cannot be read in the operator's type is compared with nothing.",
        fix: """
            Numbers have digits and a point, dates follow ISO 8601 with a time zone, addresses \
            are IPv4 or IPv6 with an optional prefix length, flags are "true" or "false".
            """,
        source: "IAM JSON policy elements: Condition operators",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*",
                  "Condition": {"NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24",
                  «"203.0.113.0/33"»]}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*",
                  "Condition": {"DateLessThan": {"aws:CurrentTime": «"2026-06-30 23:59"»}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition":
                  {"Bool": {"aws:SecureTransport": «"yes"»}, "Null": {"aws:SourceVpc": «"no"»}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {
                  "NumericLessThan": {"s3:max-keys": 10}, "Bool": {"aws:SecureTransport": true},
                  "DateLessThan": {"aws:CurrentTime": "2026-06-30T23:59:00Z"},
                  "IpAddress": {"aws:SourceIp": ["2001:DB8::/32", "<my-cidr>", "${CIDR}"]}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.conditions.flatMap { condition -> [Remark] in
                guard let base = condition.base, base.family != .arn else { return [] }
                return condition.values.compactMap { value in
                    guard !value.mayBePlaceholder, !value.hasVariable, !isReadable(value, base)
                    else { return nil }
                    let message = "'\(value.text)' is not \(base.family.noun)"
                    return Remark(message, at: value.span)
                }
            }
        }
    )

    private static func isReadable(
        _ value: SourceString,
        _ base: ConditionOperator.Base
    ) -> Bool {
        if base == .bool { return ["true", "false"].contains(value.text.lowercased()) }
        return ConditionOperand(value.text, for: base, variables: .expanded).isReadable
    }
}

extension ConditionOperator.Family {
    fileprivate var noun: String {
        switch self {
        case .text: "a text"
        case .number: "a number"
        case .date: "a date that AWS reads"
        case .bool, .null: "\"true\" or \"false\""
        case .bytes: "Base64"
        case .address: "an address or range"
        case .arn: "an ARN"
        }
    }
}
