import JSONSource
import PolicyLanguage

extension Check {
    // KEY table 3.1 (aws:PrincipalArn)
    static let principalARNOfSession = Check(
        "principal-arn-of-session",
        .error,
        "`aws:PrincipalArn` is compared with the ARN of a session",
        why: """
            For a role session `aws:PrincipalArn` holds the ARN of the role, with its path. The \
            ARN of the session stands in `Principal` and in messages, never in this key.
            """,
        fix: "Write the role: `arn:aws:iam::ACCOUNT:role/PATH/NAME`.",
        source: "AWS global condition context keys",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"ArnNotLike":
                  {"aws:PrincipalARN": [«"arn:aws:sts::*:assumed-role/Admin/*"»,
                  "arn:aws:iam::*:role/Admin"]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"ArnNotLike":
                  {"aws:PrincipalArn": "arn:aws:sts::111122223333:federated-user/a",
                  "aws:SourceArn": "arn:aws:sts::111122223333:assumed-role/Admin/a"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.principalARNs.filter { $0.text.contains(":assumed-role/") }.map {
                let message = "'aws:PrincipalArn' holds the role, not the session '\($0.text)'"
                return Remark(message, at: $0.span, help: $0.asRole.map { "write '\($0)'" })
            }
        }
    )
}

extension WrittenStatement {
    /// What `aws:PrincipalArn` is compared with.
    var principalARNs: [SourceString] {
        conditions(on: "aws:PrincipalArn").filter { $0.base != .null }.flatMap(\.values)
    }
}

extension SourceString {
    /// The role of a session's ARN, where its name stands there in full.
    fileprivate var asRole: String? {
        guard let arn = ARN(text) else { return nil }
        let parts = arn.resource.split(separator: "/")
        guard parts.count > 1, !parts[1].contains("*") else { return nil }
        return "arn:\(arn.partition):iam::\(arn.account):role/\(parts[1])"
    }
}
