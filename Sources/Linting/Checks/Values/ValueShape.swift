import JSONSource
import PolicyLanguage

extension Check {
    static let valueShape = Check(
        "value-shape",
        .error,
        "the key never holds a value of this form",
        why: """
            Ids, Regions and flags have fixed forms. A value of another form equals nothing that \
            a request carries.
            """,
        fix: "Write the value as requests carry it, letter case included.",
        source: "AWS global condition context keys",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"StringEquals": {"aws:PrincipalOrgID": [«"ou-ab12-11111111"»,
                  "o-a1b2c3d4e5"], "aws:SourceVpce": «"vpc-1a2b3c4d"»}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
                  "StringNotEquals": {"aws:RequestedRegion": [«"eu-west-1a"», "eu-west-1",
                  «"EU-WEST-1"»], "aws:ResourceAccount": «11122223333»},
                  "StringEquals": {"aws:PrincipalType": «"Role"», "aws:ViaAWSService": «"True"»}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:Decrypt",
                  "Resource": "*", "Condition": {"StringEquals":
                  {"kms:ViaService": «"s3.amazonaws.com"», "kms:CallerAccount": "111122223333"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                  "Condition": {"ForAllValues:StringNotLike": {"aws:PrincipalOrgPaths":
                  [«"o-a1b2c3d4e5/ou-ab12-11111111/*"», "o-a1b2c3d4e5/*",
                  "o-a1b2c3d4e5/r-ab12/*/ou-ab12-11111111/"]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
                  "StringNotEquals": {"aws:PrincipalOrgID": ["<my-org-id>", "${ORG_ID}",
                  "{{org}}", "[ORG]", "ORG_ID"], "aws:PrincipalAccount": "anonymous"},
                  "StringNotLike": {"aws:RequestedRegion": ["eu-*", "us-gov-west-1"],
                  "aws:PrincipalArn": ["*:role/a", "${aws:PrincipalTag/arn}"]}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {
                  "StringLike": {"iam:PassedToService": ["ec2.amazonaws.com", "ecs*"]},
                  "StringEqualsIgnoreCase": {"aws:SecureTransport": "True"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.conditions.flatMap { condition -> [Remark] in
                guard condition.base?.family == .text,
                    let shape = ValueShape.of(condition.key.text)
                else { return [] }
                return condition.values.filter { value in
                    !value.mayBePlaceholder && !value.hasVariable
                        && !shape.admits(condition.comparable(value))
                        // Another check speaks about wildcards that are none.
                        && (condition.base?.takesWildcards == true || !value.hasWildcard)
                }
                .map {
                    let message = "'\(condition.key.text)' holds \(shape.noun), not '\($0.text)'"
                    return Remark(message, at: $0.span)
                }
            }
        }
    )
}

extension WrittenCondition {
    /// The value with letter case taken away where the operator ignores it.
    fileprivate func comparable(_ value: SourceString) -> String {
        switch base {
        case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase:
            canonicalKey == "aws:principaltype" ? "*" : value.text.lowercased()
        default: value.text
        }
    }
}
