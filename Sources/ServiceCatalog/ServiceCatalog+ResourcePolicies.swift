import JSONSource
package import PolicyLanguage

// Which resources take a policy of their own, and which of them speaks for others.
extension ServiceCatalog {
    /// Whether AWS knows policies on resources such as this one.
    ///
    /// IAM User Guide, "AWS services that work with IAM" (column "Resource-based policies"),
    /// 2026-09 (RBP-5,
    /// RBP-7).
    package static func takesPolicy(_ arn: ARN) -> Bool {
        let kind = arn.resource.parts(at: "/")[0].parts(at: ":")[0]
        switch arn.service {
        case "ec2", "iam", "sts", "organizations": return false
        // A trail has none.
        case "cloudtrail": return ["channel", "dashboard", "eventdatastore"].contains(kind)
        case "kms": return kind == "key"
        case "lambda": return kind == "function" || kind == "layer"
        case "dynamodb": return kind == "table"
        case "ecr", "ecr-public": return kind == "repository"
        case "s3": return kind == arn.resource || kind == "accesspoint"
        default: return servicesWithResourcePolicies.contains(arn.service)
        }
    }

    /// The resource whose policy would govern one that is not listed; nil where the name does not
    /// tell (RBP-3).
    package static func policyHolder(of arn: ARN) -> ARN? {
        let pieces = arn.resource.parts(at: "/")
        func holder(_ resource: some StringProtocol) -> ARN? {
            ARN("arn:\(arn.partition):\(arn.service):\(arn.region):\(arn.account):\(resource)")
        }
        switch arn.service {
        case "s3" where arn.account.isEmpty: return holder(pieces[0])
        case "dynamodb" where pieces.count > 2 && pieces[2] == "index":
            return holder("\(pieces[0])/\(pieces[1])")
        case "glue": return holder("catalog")
        case "events" where pieces[0] == "rule":
            return holder("event-bus/\(pieces.count == 3 ? pieces[1] : "default")")
        case "execute-api": return holder(pieces[0])
        default: return arn
        }
    }

    private static let servicesWithResourcePolicies: Set<String> = [
        "acm-pca", "backup", "bedrock-agentcore", "cloudtrail", "codeartifact", "codebuild", "dsql",
        "dynamodb",
        "ecr", "ecr-public", "elasticfilesystem", "entityresolution", "es", "events",
        "execute-api", "glacier", "glue", "iot", "kafka", "kinesis", "kms", "lambda", "lex", "logs",
        "mediastore", "network-firewall", "networkmanager", "oam", "payment-cryptography",
        "redshift", "redshift-serverless", "refactor-spaces", "rekognition", "s3",
        "s3-object-lambda", "s3-outposts", "s3express", "s3tables", "s3vectors", "sagemaker",
        "schemas",
        "secretsmanager", "serverlessrepo", "ses", "signer", "sns", "sqs", "ssm", "ssm-contacts",
        "ssm-incidents", "vpc-lattice", "xray",
    ]
}
