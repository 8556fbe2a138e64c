import JSONSource
import PolicyLanguage

extension Check {
    // KEY-5
    static let rootARNMeansRootUser = Check(
        "root-arn-means-root-user",
        .warning,
        "`aws:PrincipalArn` with the root of one account means its root user alone",
        why: """
            In `Principal` the ARN of an account's root stands for the account. In this condition \
            key it is the root user, who hardly ever makes a request.
            """,
        fix: "Compare `aws:PrincipalAccount` with the account id.",
        source: "AWS global condition context keys",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition":
                  {"ArnEquals": {"aws:PrincipalArn": «"arn:aws:iam::111122223333:root"»}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject", "Resource": "*",
                  "Condition": {"ArnNotLike": {"aws:PrincipalArn":
                  ["arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:role/a"]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*",
                  "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                  "Condition":
                  {"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:root"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            // Others beside it, or a Deny, show that the root user is meant.
            guard statement.isAllow else { return [] }
            return statement.conditions(on: "aws:PrincipalArn").filter {
                $0.base?.isNegated == false && $0.values.allSatisfy(\.isRootOfAccount)
            }
            .flatMap(\.values)
            .map { Remark("'\($0.text)' is here the root user alone", at: $0.span) }
        }
    )
}

extension SourceString {
    fileprivate var isRootOfAccount: Bool {
        guard let arn = ARN(text) else { return false }
        return arn.service == "iam" && arn.resource == "root" && arn.accountID != nil
    }
}
