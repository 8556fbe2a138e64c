import JSONSource

/// A service whose resources an export lists, and the call that tells the policy of each.
struct ListedService {
    /// The folder of its answers in the folder of a Region.
    let folder: String
    /// The service in ARNs and what their resources begin with.
    let service: String
    var prefix = ""
    /// The call that lists resources, and the member of its answer.
    let list: String
    var member = ""
    /// How a resource is named in the list; nil where the policies themselves are listed.
    var name: Name?
    /// The call that tells the policy of one.
    var policy: String?

    /// Where an entry of a list has the name of a resource.
    struct Name {
        /// Nil for a list of names.
        let member: String?
        /// What stands before the name in the value.
        let separator: Character?

        func name(in entry: JSONValue) -> SourceString? {
            let value = member.map { entry[$0] } ?? entry
            guard let value, let text = value.string else { return nil }
            let name = separator.map { text.split(separator: $0).last ?? "" } ?? text[...]
            return name.isEmpty ? nil : SourceString(String(name), at: value.span)
        }

        static func member(_ member: String, after separator: Character? = nil) -> Name {
            Name(member: member, separator: separator)
        }
    }
}

extension ListedService {
    /// Whether an entry of the list says what it is about.
    func names(_ entry: JSONValue) -> Bool {
        name.map { $0.name(in: entry) != nil } ?? entry.isObject
    }

    /// Lists of the export script; their order is that of messages.
    static let all: [ListedService] = [
        ListedService(
            folder: "kms",
            service: "kms",
            prefix: "key/",
            list: "list-keys",
            member: "Keys",
            name: .member("KeyId"),
            policy: "get-key-policy"
        ),
        ListedService(
            folder: "sqs",
            service: "sqs",
            list: "list-queues",
            member: "QueueUrls",
            name: Name(member: nil, separator: "/"),
            policy: "get-queue-attributes"
        ),
        ListedService(
            folder: "sns",
            service: "sns",
            list: "list-topics",
            member: "Topics",
            name: .member("TopicArn", after: ":"),
            policy: "get-topic-attributes"
        ),
        ListedService(
            folder: "secretsmanager",
            service: "secretsmanager",
            prefix: "secret:",
            list: "list-secrets",
            member: "SecretList",
            name: .member("ARN", after: ":"),
            policy: "get-resource-policy"
        ),
        ListedService(
            folder: "lambda",
            service: "lambda",
            prefix: "function:",
            list: "list-functions",
            member: "Functions",
            name: .member("FunctionName"),
            policy: "get-policy"
        ),
        ListedService(
            folder: "ecr",
            service: "ecr",
            prefix: "repository/",
            list: "describe-repositories",
            member: "repositories",
            name: .member("repositoryName"),
            policy: "get-repository-policy"
        ),
        ListedService(
            folder: "dynamodb",
            service: "dynamodb",
            prefix: "table/",
            list: "list-tables",
            member: "TableNames",
            name: Name(member: nil, separator: nil),
            policy: "get-resource-policy"
        ),
        ListedService(
            folder: "kinesis",
            service: "kinesis",
            prefix: "stream/",
            list: "list-streams",
            member: "StreamNames",
            name: Name(member: nil, separator: nil),
            policy: "get-resource-policy"
        ),
        ListedService(
            folder: "opensearch",
            service: "es",
            prefix: "domain/",
            list: "list-domain-names",
            member: "DomainNames",
            name: .member("DomainName"),
            policy: "describe-domain-config"
        ),
        ListedService(
            folder: "efs",
            service: "elasticfilesystem",
            prefix: "file-system/",
            list: "describe-file-systems",
            member: "FileSystems",
            name: .member("FileSystemId"),
            policy: "describe-file-system-policy"
        ),
        ListedService(
            folder: "s3control",
            service: "s3",
            prefix: "accesspoint/",
            list: "list-access-points",
            member: "AccessPointList",
            name: .member("Name"),
            policy: "get-access-point-policy"
        ),
        ListedService(
            folder: "events",
            service: "events",
            list: "list-event-buses",
            member: "EventBuses",
            name: .member("Arn")
        ),
        ListedService(
            folder: "logs",
            service: "logs",
            list: "describe-resource-policies",
            member: "resourcePolicies"
        ),
        ListedService(folder: "glue", service: "glue", list: "get-resource-policy"),
    ]

    /// Kinds of resources of these services that have policies and that no call of the script
    /// lists.
    static let unlistedKinds = [
        "dynamodb:*:ACCOUNT:table/*/stream/*", "kinesis:*:ACCOUNT:*/consumer/*",
        "lambda:*:ACCOUNT:layer:*",
    ]
}
