/// One (action, resource) pair with everything that was found out about it.
struct Request {
    let caller: Caller
    /// The action as given.
    let action: String
    /// The service prefix, in lower case.
    let service: String
    /// The action's name, in lower case.
    let name: String
    /// What policies see: an ARN, or `*`.
    let resource: String
    /// The ARN or `*` as given.
    let requestedResource: String
    let hasResourceType: Bool
    /// The listed resource whose policy governs the request.
    var listed: Resource?
    /// The account that owns the resource: its id, and itself where the file knows it.
    var ownerID: String?
    var owner: Account?
    /// The role, where an IAM role of the file is the resource.
    var role: Entity?
    /// The user, where an IAM user of the file is the resource.
    var user: Entity?
    /// The VPC endpoint the call goes through; its listed resource where the file knows it.
    var endpointARN: String?
    var endpoint: Resource?
    var context = RequestContext()
    /// STS-14: a source identity the caller has already goes along to the next role.
    var carriesSourceIdentity = false
}

extension Request {
    /// Whether a role's trust policy stands in for the resource policy (EVAL-7, STS-1).
    var isAboutTrust: Bool {
        let actions = [
            "assumerole", "tagsession", "setsourceidentity", "assumerolewithsaml",
            "assumerolewithwebidentity",
        ]
        return service == "sts" && actions.contains(name) && isRoleARN
    }

    /// Whether a key policy decides (KMS-1).
    var isAboutKey: Bool {
        service == "kms" && resource.hasPrefix("arn:") && segment(2) == "kms"
            && segment(5).hasPrefix("key/")
    }

    /// ROOT-7: there is no resource policy that could allow it.
    var isAboutRootSession: Bool {
        service == "sts" && name == "assumeroot"
    }

    var isRoleARN: Bool {
        resource.hasPrefix("arn:") && segment(2) == "iam" && segment(5).hasPrefix("role/")
    }

    /// Caller and resource belong to one account.
    var isSameAccount: Bool {
        caller.account != nil && caller.account?.id == ownerID
    }

    /// One of the six parts of the resource's ARN.
    func segment(_ index: Int) -> String {
        ARNText.segment(index, of: resource)
    }
}

/// ARNs as text.
enum ARNText {
    /// One of the six parts of an ARN; empty where there is none.
    static func segment(_ index: Int, of arn: String) -> String {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return parts.count == 6 ? String(parts[index]) : ""
    }

    /// The ARN without the last `/` or `:` piece of its sixth part (formats.md section 5).
    static func parent(of arn: String) -> String? {
        let tail = segment(5, of: arn)
        guard let mark = tail.lastIndex(where: { $0 == "/" || $0 == ":" }) else {
            return nil
        }
        return String(arn.dropLast(tail[mark...].count))
    }
}

/// What the reference knows of single actions, in place of a catalog.
enum ActionFacts {
    /// RES-7: S3's account-level actions are decided on all buckets.
    static let decidedOnAllBuckets: Set<String> = [
        "s3:listallmybuckets", "s3:getaccountpublicaccessblock", "s3:putaccountpublicaccessblock",
        "s3:listaccesspoints",
    ]

    /// Actions without a resource type.
    static let withoutResource: Set<String> = [
        "sqs:listqueues", "sns:listtopics", "sns:listsubscriptions", "kms:listkeys",
        "kms:listaliases", "kms:createkey", "kms:generaterandom", "sts:getcalleridentity",
        "sts:getsessiontoken", "sts:decodeauthorizationmessage", "sts:getaccesskeyinfo",
        "iam:listusers", "iam:listroles", "iam:getaccountpasswordpolicy", "lambda:listfunctions",
        "secretsmanager:listsecrets", "secretsmanager:getrandompassword", "dynamodb:listtables",
        "ec2:describeinstances", "ec2:describevpcs", "ec2:describeinstancestatus",
        "ecr:getauthorizationtoken",
    ]

    /// RCP-6, copy of 2026-09-26.
    static let servicesWithRCP: Set<String> = [
        "appstream", "dsql", "clouddirectory", "cloudfront", "cloudsearch", "logs",
        "networkmonitor", "cognito-identity", "cognito-idp", "comprehend", "comprehendmedical",
        "firehose", "dynamodb", "dax", "autoscaling", "ecr", "ecr-public", "gamelift",
        "inspector-scan", "kendra", "kinesisvideo", "memorydb", "aoss", "personalize", "polly",
        "s3", "swf", "sqs", "textract", "timestream-influxdb", "transcribe", "translate",
        "workspaces", "appconfig", "autoscaling-plans", "budgets", "servicediscovery",
        "cloudtrail-data", "codeartifact", "codebuild", "codecommit", "codepipeline",
        "compute-optimizer", "cost-optimization-hub", "events", "fms", "fis", "health",
        "rolesanywhere", "kms", "opensearch", "es", "pricing", "pca-connector-ad",
        "resource-groups", "secretsmanager", "sts", "signin", "support", "transfer",
        "notifications", "wafv2", "xray",
    ]

    /// formats.md section 5: services whose Region is us-east-1 where the ARN has none.
    static let globalServices: Set<String> = [
        "iam", "organizations", "route53", "cloudfront", "sts", "support",
    ]

    /// KEY-15: services whose calls carry aws:VpceAccount.
    static let withEndpointAccount: Set<String> = [
        "acm-pca", "apprunner", "applicationinsights", "athena", "cloudformation",
        "comprehendmedical", "compute-optimizer", "datasync", "discovery", "dynamodb", "ebs", "ecr",
        "ecs", "firehose", "gamelift", "healthlake", "iam", "iotfleetwise", "iotwireless",
        "kinesisanalytics", "kms", "lambda", "medical-imaging", "omics", "payment-cryptography",
        "polly", "rbin", "rekognition", "route53", "s3", "scheduler", "servicediscovery",
        "servicequotas", "shield", "ssm-contacts", "storagegateway", "textract", "transcribe",
        "transfer",
    ]

    /// KEY-15: services whose calls carry aws:VpceOrgID besides those.
    static let withEndpointOrganization: Set<String> = [
        "b2bi", "cassandra", "cloudhsmv2", "cognito-identity", "dms", "ds-data", "identitystore",
        "iottwinmaker", "kinesis", "network-firewall", "pricing", "qbusiness", "ses", "sms-voice",
        "sqs", "workmail",
    ]

    /// KEY-15: services whose calls carry aws:VpceOrgPaths besides those of aws:VpceAccount.
    static let withEndpointPaths: Set<String> = ["secretsmanager", "sts"]
}
