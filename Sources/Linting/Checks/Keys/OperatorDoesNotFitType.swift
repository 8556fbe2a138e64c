import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    // COND-7, COND-29, COND-31
    static let operatorDoesNotFitType = Check(
        "operator-does-not-fit-type",
        .warning,
        "the operator cannot compare what the key holds",
        why: """
            A value that cannot be read in the operator's type equals nothing: a positive operator \
            never holds, and `NotIpAddress` and `ArnNotLike` always do.
            """,
        fix: "Take an operator of the type that AWS gives for the key.",
        source: "AWS global condition context keys; IAM JSON policy elements: Condition operators",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*",
                  "Condition": {"ArnNotLike": {«"aws:PrincipalAccount"»: "arn:aws:iam::*:root"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*",
                  "Condition": {"StringLike": {«"aws:SourceIp"»: "203.0.113.0/24"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition":
                  {"NumericGreaterThan": {«"aws:CurrentTime"»: "1767225600"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition":
                  {"Bool": {«"aws:MultiFactorAuthAge"»: "true"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {
                  "StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/a*"},
                  "StringEquals": {"aws:SecureTransport": "true"},
                  "ArnLike": {"aws:FederatedProvider": "arn:aws:iam::*:oidc-provider/a"},
                  "NumericLessThan": {"aws:EpochTime": "1767225600"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {
                  "DateGreaterThan": {"aws:PrincipalTag/expires": "2026-01-01T00:00:00Z"},
                  "NumericEquals": {"aws:PrincipalAccount": "111122223333"},
                  "StringLike": {"aws:SourceIp": "203.0.113.*"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.conditions.compactMap { condition in
                guard let base = condition.base, let key = condition.catalogKey,
                    !fits(base.family, key, condition.values)
                else { return nil }
                return Remark(
                    "'\(condition.key.text)' holds \(key.type.noun), which "
                        + "'\(base.rawValue)' cannot compare\(range(in: condition))",
                    at: condition.key.span
                )
            }
        }
    )

    private static func range(in condition: WrittenCondition) -> String {
        condition.base?.family == .text ? " with a range" : ""
    }

    /// Whether a comparison can come out equal; true where that is not sure.
    private static func fits(
        _ family: ConditionOperator.Family,
        _ key: CatalogConditionKey,
        _ values: [SourceString]
    ) -> Bool {
        switch (family, key.type) {
        case (.null, _): true
        case (.text, .ipAddress):
            // As text an address can equal an address, never a range.
            !values.contains { IPAddressRange($0.text) != nil && $0.text.contains("/") }
        case (.text, _), (.bool, .bool), (.number, .numeric), (.date, .date), (.arn, .arn),
            (.address, .ipAddress):
            true
        // Whole seconds are dates, and `aws:EpochTime` is both.
        case (.date, .numeric): true
        case (.number, .date): key.name == "aws:EpochTime"
        case (_, .string): canHold(family, key)
        case (.bool, _), (.number, _), (.date, _), (.arn, _), (.address, _), (.bytes, _): false
        }
    }

    /// What stands in the text of a key: of a service's keys, and of tags, nobody knows.
    private static func canHold(
        _ family: ConditionOperator.Family,
        _ key: CatalogConditionKey
    ) -> Bool {
        guard GlobalConditionKeys.key(key.name) != nil, key.name.hasPrefix("aws:"),
            !key.isTemplate
        else { return true }
        let free = [
            "aws:userid", "aws:username", "aws:SourceIdentity", "aws:referer", "aws:UserAgent",
        ]
        if free.contains(key.name) { return family != .arn && family != .address }
        if family == .arn { return key.name == "aws:FederatedProvider" }
        return family == .number && (key.name.hasSuffix("Account") || key.name.hasSuffix("Owner"))
    }
}

extension CatalogConditionKey.ValueType {
    fileprivate var noun: String {
        switch self {
        case .string: "text"
        case .arn: "an ARN"
        case .bool: "true or false"
        case .numeric: "a number"
        case .date: "a date"
        case .ipAddress: "an address"
        }
    }
}
