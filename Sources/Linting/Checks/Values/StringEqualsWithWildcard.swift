import JSONSource
import PolicyLanguage

extension Check {
    // COND-14, COND-15, COND-32
    static let stringEqualsWithWildcard = Check(
        "string-equals-with-wildcard",
        .warning,
        "`*` or `?` in a value that is compared letter by letter",
        why: """
            Only `StringLike`, `StringNotLike` and the ARN operators know wildcards. Elsewhere \
            they are characters that the request would have to carry.
            """,
        fix: "Write `StringLike` or `StringNotLike`, which compare letter case as well.",
        source: "IAM JSON policy elements: Condition operators",
        examples: [
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {
                  "token.actions.githubusercontent.com:sub": «"repo:a/b:*"»}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition":
                  {"StringNotEquals": {"aws:PrincipalArn": [«"arn:aws:iam::*:role/a"»,
                  "arn:aws:iam::111122223333:role/b"]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
                  "StringNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/a"},
                  "StringNotEquals": {"aws:PrincipalTag/mark": "${*}"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "lambda:AddPermission", "Resource": "*",
                  "Condition": {"StringEquals": {"lambda:Principal": "*"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"StringEquals": {"aws:Referer": "https://example.com/?page=a"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            // Requests do carry a `*` here: permissions for everybody, and HTTP's `If-Match: *`.
            let literal = [
                "lambda:principal", "s3:if-match", "s3:if-none-match", "s3:x-amz-object-if-match",
            ]
            return statement.conditions.flatMap { condition -> [Remark] in
                guard let base = condition.base, base.family == .text, !base.takesWildcards,
                    !literal.contains(condition.canonicalKey)
                else { return [] }
                let isCaseless =
                    base == .stringEqualsIgnoreCase || base == .stringNotEqualsIgnoreCase
                let like = base.isNegated ? "StringNotLike" : "StringLike"
                let help = isCaseless ? "no operator has both" : "write '\(like)'"
                return condition.values.filter { $0.hasWildcard && !$0.isAddressOfPage }.map {
                    let message = "'\(base.rawValue)' takes the wildcards in '\($0.text)' literally"
                    return Remark(message, at: $0.span, help: help)
                }
            }
        }
    )
}

extension SourceString {
    /// In a URL `?` begins the query.
    fileprivate var isAddressOfPage: Bool {
        let text = Array(text.utf8)
        return !text.contains(UInt8(ascii: "*")) && self.text.contains("://")
    }
}
