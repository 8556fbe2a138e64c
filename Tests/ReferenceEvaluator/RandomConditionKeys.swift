/// A condition key that random policies use: its type, what policies and what requests say.
struct RandomConditionKey {
    enum Kind {
        case string
        case arn
        case bool
        case numeric
        case date
        case address
        case binary
    }

    let name: String
    let kind: Kind
    let isMultivalued: Bool
    /// Values in policies.
    let policyValues: [String]
    /// Values in requests; none for keys that follow from the request.
    let givenValues: [JSON]

    init(
        _ name: String,
        _ kind: Kind,
        policy: [String],
        given: [JSON] = [],
        isMultivalued: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.isMultivalued = isMultivalued
        policyValues = policy
        givenValues = given
    }
}

extension RandomConditionKey {
    /// The operators that suit a type.
    var operators: [String] {
        switch kind {
        case .string:
            [
                "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase",
                "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
            ]
        case .arn:
            ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "StringLike", "StringNotLike"]
        case .bool:
            ["Bool"]
        case .numeric:
            [
                "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals",
                "NumericGreaterThan", "NumericGreaterThanEquals",
            ]
        case .date:
            [
                "DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals",
                "DateGreaterThan", "DateGreaterThanEquals",
            ]
        case .address:
            ["IpAddress", "NotIpAddress"]
        case .binary:
            ["BinaryEquals"]
        }
    }

    /// Keys whose values stand in the request.
    static let given: [RandomConditionKey] = [
        RandomConditionKey(
            "aws:UserAgent",
            .string,
            policy: ["alpha", "ALPHA", "al*", "be?a", "al${*}", "*", "${aws:username}", ""],
            given: ["alpha", "Beta", "al*", "u1", ""].map { .string($0) }
        ),
        RandomConditionKey(
            "aws:RequestTag/team",
            .string,
            policy: ["blue", "re*", "${aws:PrincipalTag/team}", "${aws:PrincipalTag/Team, 'red'}"],
            given: ["blue", "red", "Blue"].map { .string($0) }
        ),
        RandomConditionKey(
            "s3:max-keys",
            .numeric,
            policy: ["10", "2.5", "7", "-1", "1000"],
            given: [
                .number("10"), .number("2.50"), .string("7.0"), .string("abc"), .number("-1"),
            ]
        ),
        RandomConditionKey(
            "app:Until",
            .date,
            policy: ["2026-01-01T00:00:00Z", "2025-12-31", "2026-01", "1767225600", "2027"],
            given: [
                .string("2026-01-01T01:00:00+01:00"), .string("2025-12-31T23:59:59.5Z"),
                .number("1767225600"), .string("soon"), .string("2027-03-01"),
            ]
        ),
        RandomConditionKey(
            "aws:SourceIp",
            .address,
            policy: ["203.0.113.0/24", "10.0.0.0/8", "203.0.113.9", "2001:db8::/32"],
            given: ["203.0.113.9", "10.1.2.3", "2001:DB8:0::7", "198.51.100.1", "nowhere"].map {
                .string($0)
            }
        ),
        RandomConditionKey(
            "aws:MultiFactorAuthPresent",
            .bool,
            policy: ["true", "false"],
            given: [.bool(true), .string("false"), .string("TRUE")]
        ),
        RandomConditionKey(
            "aws:SecureTransport",
            .bool,
            policy: ["true", "true", "false"],
            given: [.bool(false)]
        ),
        RandomConditionKey(
            "app:Digest",
            .binary,
            policy: ["QmluYXJ5", "AAEC"],
            given: [.string("QmluYXJ5"), .string("AAEC")]
        ),
        RandomConditionKey(
            "aws:TagKeys",
            .string,
            policy: ["team", "cost", "Team", "t*"],
            given: [["team"], ["team", "cost"], ["Team"], [], ["cost"]].map {
                .array($0.map { .string($0) })
            },
            isMultivalued: true
        ),
        RandomConditionKey(
            "app:Layers",
            .arn,
            policy: ["arn:aws:lambda:*:*:layer:a*", "arn:aws:lambda:eu-west-1:*:layer:b:1"],
            given: [["a:1"], ["a:1", "b:1"], ["b:1"]].map {
                .array($0.map { .string("arn:aws:lambda:eu-west-1:100000000009:layer:\($0)") })
            },
            isMultivalued: true
        ),
        RandomConditionKey(
            "app:Flags",
            .bool,
            policy: ["true", "false"],
            given: [.array([.bool(true)]), .array([.bool(true), .bool(false)])],
            isMultivalued: true
        ),
        RandomConditionKey(
            "app:Sizes",
            .numeric,
            policy: ["1", "5", "30"],
            given: [
                .array([.number("1")]), .array([.number("1"), .number("30")]),
                .array([.string("5.0"), .string("big")]),
            ],
            isMultivalued: true
        ),
        RandomConditionKey(
            "app:Hops",
            .address,
            policy: ["10.0.0.0/8", "192.0.2.0/24"],
            given: [["10.0.0.1"], ["10.0.0.1", "192.0.2.5"]].map {
                .array($0.map { .string($0) })
            },
            isMultivalued: true
        ),
        RandomConditionKey(
            "app:Dates",
            .date,
            policy: ["2026-01-01", "2025-06-01T00:00:00Z"],
            given: [["2026-01-01T00:00:00Z"], ["2025-01-01", "2026-05-05"]].map {
                .array($0.map { .string($0) })
            },
            isMultivalued: true
        ),
    ]

    /// Keys that follow from caller, resource and way of the call.
    ///
    /// - Parameters:
    ///   - world: The organization the policy is for.
    ///   - isIdentitySide: Whether only users, roles and roots meet the policy.
    /// - Returns: The keys with values that fit the organization.
    static func derived(from world: RandomWorld, isIdentitySide: Bool) -> [RandomConditionKey] {
        let ids = world.members.map(\.id)
        let path = "\(world.organizationID)/\(world.rootID)"
        let entities = (world.users + world.ordinaryRoles).map(\.arn)
        let vpce = world.endpoints.map { String($0.arn.split(separator: "/")[1]) }
        var keys = [
            RandomConditionKey("aws:PrincipalTag/team", .string, policy: ["blue", "red", "b*"]),
            RandomConditionKey(
                "aws:ResourceTag/Team",
                .string,
                policy: ["blue", "${aws:PrincipalTag/team}", "${aws:PrincipalTag/team, 'blue'}"]
            ),
            RandomConditionKey(
                "aws:PrincipalOrgID",
                .string,
                policy: [world.organizationID, "o-x"]
            ),
            RandomConditionKey(
                "aws:PrincipalType",
                .string,
                policy: ["User", "AssumedRole", "A*"]
            ),
            RandomConditionKey("aws:username", .string, policy: ["u1", "u2", "u?", "U1"]),
            RandomConditionKey("aws:userid", .string, policy: ["AIDA*", "*:orgsim", "anonymous"]),
            RandomConditionKey(
                "aws:RequestedRegion",
                .string,
                policy: RandomWorld.regions + ["eu-*"]
            ),
            RandomConditionKey("aws:ResourceAccount", .string, policy: ids),
            RandomConditionKey("aws:ResourceOrgID", .string, policy: [world.organizationID]),
            RandomConditionKey("aws:SourceVpce", .string, policy: vpce + ["vpce-*"]),
            RandomConditionKey("aws:SourceVpc", .string, policy: ["vpc-1", "vpc-2"]),
            RandomConditionKey("aws:VpceAccount", .string, policy: ids),
            RandomConditionKey("aws:CalledViaFirst", .string, policy: ["athena.amazonaws.com"]),
            RandomConditionKey(
                "kms:ViaService",
                .string,
                policy: ["athena.eu-west-1.amazonaws.com"]
            ),
            RandomConditionKey("aws:SourceAccount", .string, policy: ids),
            RandomConditionKey(
                "aws:PrincipalServiceName",
                .string,
                policy: RandomWorld.services
            ),
            RandomConditionKey(
                "aws:PrincipalArn",
                .arn,
                policy: entities + [
                    "arn:aws:iam::*:role/*", "arn:aws:iam::*:user/*", "arn:aws:iam::*:root", "*",
                ]
            ),
            RandomConditionKey("aws:SourceArn", .arn, policy: ["arn:aws:sns:*:*:t?"]),
            RandomConditionKey("aws:ViaAWSService", .bool, policy: ["true", "false", "false"]),
            RandomConditionKey("aws:PrincipalIsAWSService", .bool, policy: ["true", "false"]),
            RandomConditionKey(
                "aws:CurrentTime",
                .date,
                policy: ["2025-06-01", "2026-06-01T00:00:00Z", "2026-01-01T01:00:00+01:00"]
            ),
            RandomConditionKey("aws:EpochTime", .numeric, policy: ["1767225600", "1800000000"]),
            RandomConditionKey("aws:EpochTime", .date, policy: ["1767225600", "2026-01-01"]),
            RandomConditionKey("aws:TokenIssueTime", .date, policy: ["2026-01-01T00:00:00Z"]),
            RandomConditionKey(
                "aws:PrincipalOrgPaths",
                .string,
                policy: ["\(path)/*", "\(path)/", "\(path)/ou-*"],
                isMultivalued: true
            ),
            RandomConditionKey(
                "aws:CalledVia",
                .string,
                policy: ["athena.amazonaws.com"],
                isMultivalued: true
            ),
            RandomConditionKey(
                "aws:PrincipalServiceNamesList",
                .string,
                policy: RandomWorld.services,
                isMultivalued: true
            ),
        ]
        if isIdentitySide {
            keys.append(RandomConditionKey("aws:PrincipalAccount", .string, policy: ids))
            keys.append(
                RandomConditionKey(
                    "aws:PrincipalArn",
                    .arn,
                    policy: ["arn:aws:iam::${aws:PrincipalAccount}:user/*"]
                )
            )
        }
        return keys
    }
}
