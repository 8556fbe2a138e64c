import JSONSource
import Testing

// Resources, and Identity Center.
extension MeaningTests {
    static let placesRows: [Row] = [
        Row(
            "organization.resource-pattern",
            .warning,
            at: #""arn:aws:s3:::data/*""#,
            "'arn:aws:s3:::data/*' is a pattern: a resource is listed by its own ARN, and what lies in it has the policy of its parent",
            in: resources(#"{"arn:aws:s3:::data/*": {}}"#)
        ),
        Row(
            "organization.resource-pattern",
            .warning,
            at: #""arn:aws:sqs:*:*:q""#,
            "'arn:aws:sqs:*:*:q' is a pattern: a resource is listed by its own ARN, and what lies in it has the policy of its parent",
            in: resources(#"{"arn:aws:sqs:*:*:q": {}}"#)
        ),
        Row(
            "organization.partition",
            at: #""arn:asw:sqs:eu-west-1:111122223333:q""#,
            "'asw' is not a partition of AWS",
            help: "did you mean 'aws'?",
            in: resources(#"{"arn:asw:sqs:eu-west-1:111122223333:q": {}}"#)
        ),
        Row(
            "organization.resource-account-id",
            at: #""arn:aws:sqs:eu-west-1:12345:q""#,
            "'12345' in 'arn:aws:sqs:eu-west-1:12345:q' is not an account id of 12 digits",
            in: resources(#"{"arn:aws:sqs:eu-west-1:12345:q": {}}"#)
        ),
        Row(
            "organization.unknown-region",
            .warning,
            at: #""arn:aws:sqs:eu-wset-1:111122223333:q""#,
            "the list of Regions of 2026-11 has no 'eu-wset-1'",
            help: "did you mean 'eu-west-1'?",
            in: resources(#"{"arn:aws:sqs:eu-wset-1:111122223333:q": {}}"#)
        ),
        Row(
            "organization.region-contradiction",
            at: #""eu-west-1""#,
            "the ARN is one of 'eu-north-1', 'region' says 'eu-west-1'",
            in: resources(#"{"arn:aws:sqs:eu-north-1:111122223333:q": {"region": "eu-west-1"}}"#)
        ),
        Row(
            "organization.field-of-other-resource",
            at: #""grants""#,
            "'grants' belongs to a KMS key, not to 'arn:aws:s3:::data'",
            in: resources(#"{"arn:aws:s3:::data": {"grants": []}}"#)
        ),
        Row(
            "organization.resource-without-policy",
            at: #""policy""#,
            "'arn:aws:iam::111122223333:role/R' has no resource policy: who may use a role stands in its 'trustPolicy' under 'iam'",
            in: resources(#"{"arn:aws:iam::111122223333:role/R": {"policy": \#(Text.bucket)}}"#)
        ),
        Row(
            "organization.resource-without-policy",
            at: #""policy""#,
            "'arn:aws:organizations::111122223333:account/o-a123456789/111122223333' has no resource policy: of what AWS Organizations has only the organization has one, and control policies stand at the top of the file",
            in: resources(
                #"{"arn:aws:organizations::111122223333:account/o-a123456789/111122223333": {"policy": \#(Text.bucket)}}"#
            )
        ),
        Row(
            "organization.vpc-id",
            at: #""main""#,
            "'main' is not the id of a VPC: expected vpc-…",
            in: resources(
                #"{"arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint/vpce-1": {"vpc": "main"}}"#
            )
        ),
        Row(
            "organization.bucket-arn",
            .warning,
            at: #""arn:aws:s3:eu-west-1:111122223333:data""#,
            "no request is about 'arn:aws:s3:eu-west-1:111122223333:data': the ARN of a bucket names neither Region nor account",
            help: "did you mean 'arn:aws:s3:::data'?",
            in: resources(#"{"arn:aws:s3:eu-west-1:111122223333:data": {}}"#)
        ),
    ]

    @Test("RBP-5, RES-1: resources that AWS does not have so", arguments: placesRows)
    func resourceMeaning(_ row: Row) throws { try row.expect() }

    @Test("RBP-5: ARNs as AWS prints them, and the delegation policy of the organization")
    func resourcesOfAWS() throws {
        let text = Self.resources(
            #"""
            {"arn:aws:logs:eu-west-1:111122223333:log-group:/x:*": {},
             "arn:aws:execute-api:eu-west-1:111122223333:abc/*": {},
             "arn:aws:organizations::111122223333:organization/o-a123456789": {
               "policy": {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
                 "Principal": {"AWS": "111122223333"}, "Action": "organizations:Describe*",
                 "Resource": "*"}}}}
            """#
        )
        #expect(try parse(text).diagnostics == [])
    }

    @Test("STS-16: a provider that several roles trust is missed once")
    func missingProvider() throws {
        let arn = "arn:aws:iam::111122223333:saml-provider/Corp"
        let role = #"""
            {"trustPolicy": {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
             "Principal": {"Federated": "\#(arn)"}, "Action": "sts:AssumeRoleWithSAML"}}}
            """#
        let text = Self.iam(#"{"roles": {"A": \#(role), "B": \#(role)}}"#)
        #expect(
            try parse(text).diagnostics.map(\.message) == [
                "the provider '\(arn)' is not listed under 'iam.samlProviders' of the account 'app'"
            ]
        )
    }

    private static let people = #""users": {"ann": {}}, "permissionSets": {"Dev": {}}"#

    static let centersRows: [Row] = [
        Row(
            "identity-center.instance",
            at: #""acme""#,
            "'acme' is not the id of an instance: expected ssoins- and 16 letters or digits",
            in: center(#""instance": "acme""#)
        ),
        Row(
            "identity-center.instance",
            at: #""arn:aws:sso:::instance/ssoins-1234567890abcdef""#,
            "'arn:aws:sso:::instance/ssoins-1234567890abcdef' is not the id of an instance: expected ssoins- and 16 letters or digits",
            help: "did you mean 'ssoins-1234567890abcdef'?",
            in: center(#""instance": "arn:aws:sso:::instance/ssoins-1234567890abcdef""#)
        ),
        Row(
            "identity-center.account",
            .warning,
            at: #""app""#,
            "the instance lives in the management account, not in 'app'",
            in: center(#""account": "app""#)
        ),
        Row(
            "identity-center.name",
            at: #""Data Engineers of the second floor""#,
            "the name of a permission set has 1 to 32 letters, digits and +=,.@_-, not 34",
            in: center(#""permissionSets": {"Data Engineers of the second floor": {}}"#)
        ),
        Row(
            "identity-center.not-aws-managed",
            at: #""Reader""#,
            "'Reader' is not the ARN of an AWS managed policy; an account's own policy is named as 'customerManagedPolicies' or 'customerManagedPolicy'",
            in: center(#""permissionSets": {"Dev": {"managedPolicies": ["Reader"]}}"#)
        ),
        Row(
            "identity-center.not-aws-managed",
            at: #""arn:aws-cn:iam::111122223333:policy/P""#,
            "'arn:aws-cn:iam::111122223333:policy/P' is not the ARN of an AWS managed policy; an account's own policy is named as 'customerManagedPolicies' or 'customerManagedPolicy'",
            in: organization(
                beside:
                    #", "awsManagedPolicies": {"arn:aws-cn:iam::aws:policy/P": \#(Text.allowAll)}, "identityCenter": {"permissionSets": {"Dev": {"managedPolicies": ["arn:aws-cn:iam::aws:policy/P", "arn:aws-cn:iam::111122223333:policy/P"]}}}"#
            )
        ),
        Row(
            "identity-center.two-boundaries",
            at: #""managedPolicy""#,
            "a boundary is one policy: 'customerManagedPolicy' or 'managedPolicy'",
            in: center(
                #""permissionSets": {"Dev": {"permissionsBoundary": {"customerManagedPolicy": {"name": "B"}, "managedPolicy": "arn:aws:iam::aws:policy/ReadOnlyAccess"}}}"#
            )
        ),
        Row(
            "identity-center.assigned-twice",
            .warning,
            at: #""app""#,
            "'Dev' is assigned to the user 'ann' in 'app' twice",
            note: #""app""#,
            in: center(
                #"\#(people), "assignments": [{"permissionSet": "Dev", "user": "ann", "accounts": ["app"]}, {"permissionSet": "Dev", "user": "ann", "accounts": ["main", "app"]}]"#
            )
        ),
        Row(
            "identity-center.assigned-nowhere",
            .warning,
            at: #"{"permissionSet": "Dev", "user": "ann", "accounts": []}"#,
            "the assignment names no account and no unit, so it assigns nothing",
            in: center(
                #"\#(people), "assignments": [{"permissionSet": "Dev", "user": "ann", "accounts": []}]"#
            )
        ),
        Row(
            "identity-center.suffix-contradiction",
            at:
                #"{"permissionSet": "Dev", "user": "bob", "accounts": ["app"], "roleSuffix": "1111111111111111"}"#,
            "the role of 'Dev' in 100000000002 has the suffix 0000000000000000, not 1111111111111111",
            note:
                #"{"permissionSet": "Dev", "user": "ann", "accounts": ["app"], "roleSuffix": "0000000000000000"}"#,
            in: center(
                #""users": {"ann": {}, "bob": {}}, "permissionSets": {"Dev": {}}, "assignments": [{"permissionSet": "Dev", "user": "ann", "accounts": ["app"], "roleSuffix": "0000000000000000"}, {"permissionSet": "Dev", "user": "bob", "accounts": ["app"], "roleSuffix": "1111111111111111"}]"#
            )
        ),
        Row(
            "organization.unknown-user",
            at: #""anne""#,
            "there is no Identity Center user 'anne', did you mean 'ann'?",
            in: center(
                #"\#(people), "assignments": [{"permissionSet": "Dev", "user": "anne", "accounts": ["app"]}]"#
            )
        ),
    ]

    @Test("IDC-1…10: what Identity Center does not take, or nobody means", arguments: centersRows)
    func centerMeaning(_ row: Row) throws { try row.expect() }
}
