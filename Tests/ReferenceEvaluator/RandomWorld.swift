/// The names of a random organization: what exists, before anything is said about it.
struct RandomWorld {
    struct Member {
        let name: String
        let id: String
        /// The unit it lies in; empty for accounts outside the organization.
        let unit: String
        let isManagement: Bool
        let isExternal: Bool
        let isSuspended: Bool
        var users: [Person] = []
        var roles: [Person] = []
        var resources: [Thing] = []

        var rootARN: String {
            "arn:aws:iam::\(id):root"
        }
    }

    struct Person {
        let name: String
        let arn: String
        let accountID: String
        let isServiceLinked: Bool
        var tag: String?

        var sessionARN: String {
            "arn:aws:sts::\(accountID):assumed-role/\(name)/orgsim"
        }

        var federatedARN: String {
            "arn:aws:sts::\(accountID):federated-user/\(name)"
        }
    }

    enum Kind: CaseIterable {
        case bucket
        case queue
        case topic
        case key
        case function
        case secret
        case table
        case instance
        case endpoint
    }

    struct Thing {
        let kind: Kind
        let arn: String
        let accountID: String
        /// Restricted buckets have only policies that are plainly public or plainly not.
        let isRestricted: Bool
    }

    let organizationID: String
    let rootID: String
    let units = ["Root", "Root/Alpha", "Root/Alpha/One", "Root/Beta"]
    private(set) var members: [Member] = []
    let hasIdentityCenter: Bool

    static let services = ["events.amazonaws.com", "lambda.amazonaws.com", "sns.amazonaws.com"]
    static let regions = ["eu-west-1", "us-east-1"]

    init(using dice: inout SplitMix64) {
        let number = String(dice.below(9000) + 1000)
        organizationID = "o-random\(number)a"
        rootID = "r-r\(number.prefix(3))"
        hasIdentityCenter = dice.chance(40)
        var count = 0
        func nextID() -> String {
            count += 1
            return "10000000\(number.prefix(3))\(count)"
        }
        members.append(
            Member(
                name: "management",
                id: nextID(),
                unit: "Root",
                isManagement: true,
                isExternal: false,
                isSuspended: false
            )
        )
        for index in 1...(2 + dice.below(2)) {
            members.append(
                Member(
                    name: "app\(index)",
                    id: nextID(),
                    unit: dice.pick(units),
                    isManagement: false,
                    isExternal: false,
                    isSuspended: index > 2 && dice.chance(15)
                )
            )
        }
        members.append(
            Member(
                name: "vendor",
                id: nextID(),
                unit: "",
                isManagement: false,
                isExternal: true,
                isSuspended: false
            )
        )
        for index in members.indices {
            populate(&members[index], using: &dice)
        }
    }

    private func populate(_ member: inout Member, using dice: inout SplitMix64) {
        func person(_ kind: String, _ path: String, _ name: String, linked: Bool = false) -> Person
        {
            Person(
                name: name,
                arn: "arn:aws:iam::\(member.id):\(kind)\(path)\(name)",
                accountID: member.id,
                isServiceLinked: linked,
                tag: dice.chance(60) ? dice.pick(["blue", "red"]) : nil
            )
        }
        member.users = [person("user", "/", "u1"), person("user", "/team/", "u2")]
        member.roles = [person("role", "/", "r1"), person("role", "/team/", "r2")]
        if dice.chance(25) {
            let path = "/aws-service-role/events.amazonaws.com/"
            member.roles.append(
                person("role", path, "AWSServiceRoleForEvents", linked: true)
            )
        }
        let kinds = Kind.allCases.filter { $0 == .bucket || dice.chance(50) }
        for kind in kinds + [dice.pick(Kind.allCases)] {
            let index = member.resources.count { $0.kind == kind }
            member.resources.append(
                Thing(
                    kind: kind,
                    arn: Self.arn(kind, index: index, of: member, region: dice.pick(Self.regions)),
                    accountID: member.id,
                    isRestricted: kind == .bucket && dice.chance(30)
                )
            )
        }
    }

    private static func arn(_ kind: Kind, index: Int, of member: Member, region: String) -> String {
        let place = "\(region):\(member.id)"
        switch kind {
        case .bucket:
            return "arn:aws:s3:::bkt-\(member.id.suffix(4))-\(index)"
        case .queue:
            return "arn:aws:sqs:\(place):q\(index)"
        case .topic:
            return "arn:aws:sns:\(place):t\(index)"
        case .key:
            return "arn:aws:kms:\(place):key/k\(index)"
        case .function:
            return "arn:aws:lambda:\(place):function:f\(index)"
        case .secret:
            return "arn:aws:secretsmanager:\(place):secret:s\(index)-AbCdEf"
        case .table:
            return "arn:aws:dynamodb:\(place):table/d\(index)"
        case .instance:
            return "arn:aws:ec2:\(place):instance/i-\(index)"
        case .endpoint:
            return "arn:aws:ec2:\(place):vpc-endpoint/vpce-\(member.id.suffix(4))\(index)"
        }
    }
}

extension RandomWorld {
    /// Every listed resource.
    var things: [Thing] {
        members.flatMap(\.resources)
    }

    /// The VPC endpoints of accounts that are not closed.
    var endpoints: [Thing] {
        members.filter { !$0.isSuspended }.flatMap(\.resources).filter { $0.kind == .endpoint }
    }

    /// Every user.
    var users: [Person] {
        members.flatMap(\.users)
    }

    /// Every role, service-linked ones included.
    var roles: [Person] {
        members.flatMap(\.roles)
    }

    /// The roles one may attach policies to.
    var ordinaryRoles: [Person] {
        roles.filter { !$0.isServiceLinked }
    }
}

extension RandomWorld.Kind {
    /// The actions that requests use on a resource of this kind.
    var actions: [String] {
        switch self {
        case .bucket:
            ["s3:GetObject", "s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:GetBucketPolicy"]
        case .queue:
            ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:GetQueueAttributes", "sqs:DeleteQueue"]
        case .topic:
            ["sns:Publish"]
        case .key:
            ["kms:Decrypt", "kms:Encrypt", "kms:DescribeKey", "kms:DisableKey"]
        case .function:
            ["lambda:InvokeFunction"]
        case .secret:
            ["secretsmanager:GetSecretValue"]
        case .table:
            ["dynamodb:GetItem", "dynamodb:PutItem"]
        case .instance:
            ["ec2:StartInstances"]
        case .endpoint:
            ["ec2:ModifyVpcEndpoint"]
        }
    }

    /// What policies of such a resource name as their actions.
    var patterns: [[String]] {
        switch self {
        case .bucket:
            [
                ["s3:*"], ["s3:GetObject", "s3:PutObject"], ["s3:Get*", "s3:List*"],
                ["s3:?etObject"],
            ]
        case .queue:
            [["sqs:*"], ["sqs:SendMessage"], ["SQS:receivemessage", "sqs:Get*"]]
        case .topic:
            [["sns:Publish"]]
        case .key:
            [["kms:*"], ["kms:Decrypt", "kms:DescribeKey"], ["kms:?ncrypt", "kms:D*"]]
        case .function:
            [["lambda:InvokeFunction"], ["lambda:*"]]
        case .secret:
            [["secretsmanager:GetSecretValue"], ["secretsmanager:*"]]
        case .table:
            [["dynamodb:GetItem"], ["dynamodb:*"]]
        case .instance, .endpoint:
            []
        }
    }
}
