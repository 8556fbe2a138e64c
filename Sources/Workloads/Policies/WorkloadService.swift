/// A service that generated roles work with, with actions of three levels.
struct WorkloadService: Sendable {
    let name: String
    let lists: [String]
    let reads: [String]
    let writes: [String]
    let manages: [String]
    /// The ARNs of a team's things: what stands before its name and behind it.
    private let arn: (head: String, tail: String)

    enum Level: Int, CaseIterable, Sendable {
        case read
        case write
        case manage

        var title: String {
            switch self {
            case .read: "Reader"
            case .write: "Writer"
            case .manage: "Owner"
            }
        }
    }

    private init(
        _ name: String,
        _ arn: (head: String, tail: String),
        lists: String,
        reads: String,
        writes: String,
        manages: String
    ) {
        self.name = name
        self.arn = arn
        self.lists = Self.actions(name, lists)
        self.reads = Self.actions(name, reads)
        self.writes = Self.actions(name, writes)
        self.manages = Self.actions(name, manages)
    }

    private static func actions(_ service: String, _ names: String) -> [String] {
        names.split(separator: " ").map { "\(service):\($0)" }
    }

    func actions(_ level: Level) -> [String] {
        switch level {
        case .read: reads
        case .write: reads + writes
        case .manage: reads + writes + manages
        }
    }

    func resources(of team: String) -> [String] {
        // Instances have no name.
        let things = name == "ec2" ? arn.head : arn.head + team + arn.tail
        // Objects have their own ARNs below that of the bucket.
        return name == "s3" ? [things, things + "/*"] : [things]
    }
}

extension WorkloadService {
    static let all: [WorkloadService] = [
        WorkloadService(
            "s3",
            ("arn:aws:s3:::", "-*"),
            lists: "ListAllMyBuckets",
            reads: "GetObject GetObjectTagging ListBucket GetBucketLocation",
            writes: "PutObject DeleteObject AbortMultipartUpload",
            manages: "PutLifecycleConfiguration PutBucketTagging"
        ),
        WorkloadService(
            "sqs",
            ("arn:aws:sqs:*:*:", "-*"),
            lists: "ListQueues",
            reads: "ReceiveMessage GetQueueAttributes GetQueueUrl",
            writes: "SendMessage DeleteMessage ChangeMessageVisibility",
            manages: "CreateQueue SetQueueAttributes PurgeQueue"
        ),
        WorkloadService(
            "sns",
            ("arn:aws:sns:*:*:", "-*"),
            lists: "ListTopics",
            reads: "GetTopicAttributes ListSubscriptionsByTopic",
            writes: "Publish Subscribe",
            manages: "CreateTopic SetTopicAttributes DeleteTopic"
        ),
        WorkloadService(
            "dynamodb",
            ("arn:aws:dynamodb:*:*:table/", "-*"),
            lists: "ListTables",
            reads: "GetItem Query Scan BatchGetItem DescribeTable",
            writes: "PutItem UpdateItem DeleteItem BatchWriteItem",
            manages: "CreateTable UpdateTable DeleteTable"
        ),
        WorkloadService(
            "kms",
            ("arn:aws:kms:*:*:key/", "-*"),
            lists: "ListKeys ListAliases",
            reads: "Decrypt DescribeKey",
            writes: "Encrypt GenerateDataKey* ReEncrypt*",
            manages: "CreateGrant EnableKeyRotation"
        ),
        WorkloadService(
            "secretsmanager",
            ("arn:aws:secretsmanager:*:*:secret:", "/*"),
            lists: "ListSecrets",
            reads: "GetSecretValue DescribeSecret",
            writes: "PutSecretValue UpdateSecret",
            manages: "CreateSecret RotateSecret DeleteSecret"
        ),
        WorkloadService(
            "lambda",
            ("arn:aws:lambda:*:*:function:", "-*"),
            lists: "ListFunctions",
            reads: "GetFunction GetFunctionConfiguration",
            writes: "InvokeFunction UpdateFunctionCode",
            manages: "CreateFunction UpdateFunctionConfiguration DeleteFunction"
        ),
        WorkloadService(
            "logs",
            ("arn:aws:logs:*:*:log-group:/", "/*"),
            lists: "DescribeLogGroups",
            reads: "GetLogEvents FilterLogEvents DescribeLogStreams",
            writes: "CreateLogStream PutLogEvents",
            manages: "CreateLogGroup PutRetentionPolicy"
        ),
        WorkloadService(
            "ec2",
            ("arn:aws:ec2:*:*:instance/*", ""),
            lists: "Describe*",
            reads: "GetConsoleOutput",
            writes: "StartInstances StopInstances RebootInstances",
            manages: "TerminateInstances ModifyInstanceAttribute"
        ),
        WorkloadService(
            "ecr",
            ("arn:aws:ecr:*:*:repository/", "/*"),
            lists: "GetAuthorizationToken",
            reads: "BatchGetImage GetDownloadUrlForLayer DescribeImages",
            writes: "PutImage InitiateLayerUpload UploadLayerPart CompleteLayerUpload",
            manages: "CreateRepository PutLifecyclePolicy"
        ),
        WorkloadService(
            "ecs",
            ("arn:aws:ecs:*:*:service/", "/*"),
            lists: "ListClusters",
            reads: "DescribeServices",
            writes: "UpdateService",
            manages: "CreateService DeleteService"
        ),
        WorkloadService(
            "states",
            ("arn:aws:states:*:*:stateMachine:", "-*"),
            lists: "ListStateMachines",
            reads: "DescribeStateMachine ListExecutions",
            writes: "StartExecution",
            manages: "CreateStateMachine UpdateStateMachine DeleteStateMachine"
        ),
        WorkloadService(
            "kinesis",
            ("arn:aws:kinesis:*:*:stream/", "-*"),
            lists: "ListStreams",
            reads: "GetRecords GetShardIterator DescribeStream",
            writes: "PutRecord PutRecords",
            manages: "CreateStream DeleteStream MergeShards"
        ),
        WorkloadService(
            "events",
            ("arn:aws:events:*:*:event-bus/", "-*"),
            lists: "ListEventBuses",
            reads: "DescribeEventBus",
            writes: "PutEvents",
            manages: "CreateEventBus DeleteEventBus"
        ),
        WorkloadService(
            "ssm",
            ("arn:aws:ssm:*:*:parameter/", "/*"),
            lists: "DescribeParameters",
            reads: "GetParameter GetParameters GetParametersByPath",
            writes: "PutParameter",
            manages: "DeleteParameter AddTagsToResource"
        ),
        WorkloadService(
            "rds",
            ("arn:aws:rds:*:*:db:", "-*"),
            lists: "DescribeDBEngineVersions",
            reads: "DescribeDBInstances ListTagsForResource",
            writes: "RebootDBInstance StartDBInstance StopDBInstance",
            manages: "ModifyDBInstance DeleteDBInstance"
        ),
        WorkloadService(
            "cloudwatch",
            ("arn:aws:cloudwatch:*:*:alarm:", "-*"),
            lists: "GetMetricData ListMetrics",
            reads: "DescribeAlarms",
            writes: "SetAlarmState EnableAlarmActions",
            manages: "PutMetricAlarm DeleteAlarms"
        ),
        WorkloadService(
            "glue",
            ("arn:aws:glue:*:*:job/", "-*"),
            lists: "ListJobs",
            reads: "GetJob GetJobRun",
            writes: "StartJobRun BatchStopJobRun",
            manages: "CreateJob UpdateJob DeleteJob"
        ),
        WorkloadService(
            "athena",
            ("arn:aws:athena:*:*:workgroup/", "-*"),
            lists: "ListWorkGroups",
            reads: "GetQueryResults GetQueryExecution GetWorkGroup",
            writes: "StartQueryExecution StopQueryExecution",
            manages: "CreateWorkGroup UpdateWorkGroup"
        ),
        WorkloadService(
            "cloudformation",
            ("arn:aws:cloudformation:*:*:stack/", "-*/*"),
            lists: "ListStacks",
            reads: "DescribeStacks GetTemplate",
            writes: "CreateChangeSet ExecuteChangeSet",
            manages: "CreateStack UpdateStack DeleteStack"
        ),
    ]
}
