import JSONSource

/// A call that tells of one resource or lists resources, and where its answer holds what.
///
/// Sources: the API references of the services; the folders are those of the export script.
struct ResourceCall {
    /// The service's folder in the folder of a Region.
    let folder: String
    /// The answer's file, in a folder of its own for each resource unless it is a list.
    let file: String
    /// The member that holds the list, if it is one.
    var list: String?
    /// Where the ARN stands.
    var arn: [String] = []
    /// Where a name stands that the folder does not tell; slashes are written differently there.
    var name: [String] = []
    /// The service and the beginning of the resource of an ARN that no answer holds.
    var service: String?
    var prefix: String?
    /// Where the policy stands.
    var policy: [String] = []
    /// Where the tags stand.
    var tags: [String] = []

    /// Whether an answer always holds a policy, because AWS answers with an error where there is
    /// none; attributes of queues and topics, secrets and lists of buses may come without.
    var alwaysTellsPolicy: Bool {
        let mayLackIt = ["sqs", "sns", "secretsmanager", "events", "opensearch", "kinesis"]
        return !policy.isEmpty && !mayLackIt.contains(folder)
    }
}

extension ResourceCall {
    /// Lists first, so that a resource's place is where its service lists it.
    static let all: [ResourceCall] = [
        ResourceCall(folder: "kms", file: "list-keys", list: "Keys", arn: ["KeyArn"]),
        ResourceCall(
            folder: "kms",
            file: "get-key-policy",
            service: "kms",
            prefix: "key/",
            policy: ["Policy"]
        ),
        ResourceCall(
            folder: "kms",
            file: "list-resource-tags",
            service: "kms",
            prefix: "key/",
            tags: ["Tags"]
        ),
        ResourceCall(
            folder: "sqs",
            file: "get-queue-attributes",
            arn: ["Attributes", "QueueArn"],
            service: "sqs",
            prefix: "",
            policy: ["Attributes", "Policy"]
        ),
        ResourceCall(folder: "sns", file: "list-topics", list: "Topics", arn: ["TopicArn"]),
        ResourceCall(
            folder: "sns",
            file: "get-topic-attributes",
            arn: ["Attributes", "TopicArn"],
            service: "sns",
            prefix: "",
            policy: ["Attributes", "Policy"]
        ),
        ResourceCall(
            folder: "secretsmanager",
            file: "list-secrets",
            list: "SecretList",
            arn: ["ARN"],
            tags: ["Tags"]
        ),
        ResourceCall(
            folder: "secretsmanager",
            file: "get-resource-policy",
            arn: ["ARN"],
            policy: ["ResourcePolicy"]
        ),
        ResourceCall(
            folder: "lambda",
            file: "list-functions",
            list: "Functions",
            arn: ["FunctionArn"]
        ),
        ResourceCall(
            folder: "lambda",
            file: "get-policy",
            service: "lambda",
            prefix: "function:",
            policy: ["Policy"]
        ),
        ResourceCall(
            folder: "ecr",
            file: "describe-repositories",
            list: "repositories",
            arn: ["repositoryArn"]
        ),
        ResourceCall(
            folder: "ecr",
            file: "get-repository-policy",
            name: ["repositoryName"],
            service: "ecr",
            prefix: "repository/",
            policy: ["policyText"]
        ),
        ResourceCall(
            folder: "dynamodb",
            file: "describe-table",
            arn: ["Table", "TableArn"],
            service: "dynamodb",
            prefix: "table/"
        ),
        ResourceCall(
            folder: "dynamodb",
            file: "get-resource-policy",
            service: "dynamodb",
            prefix: "table/",
            policy: ["Policy"]
        ),
        ResourceCall(
            folder: "kinesis",
            file: "get-resource-policy",
            service: "kinesis",
            prefix: "stream/",
            policy: ["Policy"]
        ),
        ResourceCall(
            folder: "efs",
            file: "describe-file-systems",
            list: "FileSystems",
            arn: ["FileSystemArn"],
            tags: ["Tags"]
        ),
        ResourceCall(
            folder: "efs",
            file: "describe-file-system-policy",
            name: ["FileSystemId"],
            service: "elasticfilesystem",
            prefix: "file-system/",
            policy: ["Policy"]
        ),
        ResourceCall(
            folder: "events",
            file: "list-event-buses",
            list: "EventBuses",
            arn: ["Arn"],
            policy: ["Policy"]
        ),
        ResourceCall(
            folder: "opensearch",
            file: "describe-domain-config",
            service: "es",
            prefix: "domain/",
            policy: ["DomainConfig", "AccessPolicies", "Options"]
        ),
        ResourceCall(
            folder: "s3control",
            file: "list-access-points",
            list: "AccessPointList",
            arn: ["AccessPointArn"]
        ),
        ResourceCall(
            folder: "s3control",
            file: "get-access-point-policy",
            service: "s3",
            prefix: "accesspoint/",
            policy: ["Policy"]
        ),
    ]
}
