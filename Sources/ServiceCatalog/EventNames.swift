package import PolicyLanguage

// What CloudTrail calls an API operation, and what IAM calls it.

extension ServiceCatalog {
    /// What a CloudTrail record says was called.
    package enum RecordedOperation: Sendable, Hashable {
        /// Every action that the call needs, the main one first.
        case actions([ActionName])
        /// Why no action is known, as one sentence without period.
        case unknown(String)
    }

    /// The IAM actions of `eventName` at `eventSource`.
    ///
    /// Most operations are called like their action. Where they are not, a table says so; where
    /// neither the table nor the catalog knows one, nothing is guessed.
    package static func operation(event name: String, source: String) -> RecordedOperation {
        let label =
            source.hasSuffix(amazonDomain) ? source.dropLast(amazonDomain.count) : source[...]
        if label == "signin" {
            return .unknown("signing in is no call that a policy decides about")
        }
        let prefix = prefixesOfSources[String(label)] ?? label.lowercased()
        guard service(prefix) != nil else {
            return .unknown("the catalog of \(date) knows no service of '\(source)'")
        }
        let plain = withoutVersion(name)
        if let special = operations["\(prefix):\(plain)"] {
            guard !special.isEmpty else {
                return .unknown("which action \(plain) needs depends on what the record leaves out")
            }
            return .actions(special.compactMap { ActionName("\(prefix):\($0)") })
        }
        for candidate in [name, plain] {
            guard let action = ActionName("\(prefix):\(candidate)"),
                let known = self.action(action),
                let registered = ActionName(known.qualifiedName)
            else { continue }
            return .actions([registered])
        }
        if prefix == "apigateway", let verb = verbOfAPIGateway(plain) {
            return .actions([verb].compactMap { ActionName("apigateway:\($0)") })
        }
        return .unknown("the catalog of \(date) knows no action of '\(plain)' at '\(source)'")
    }

    private static let amazonDomain = ".amazonaws.com"

    /// Without the version of the API that some services append: `CreateFunction20150331`,
    /// `UpdateFunctionCode20150331v2`, `CreateDistribution2020_05_31`.
    private static func withoutVersion(_ name: String) -> String {
        var rest = Substring(name)
        let revision = rest.reversed().prefix { $0.isASCII && $0.isNumber }.count
        if revision > 0, rest.dropLast(revision).last == "v" { rest = rest.dropLast(revision + 1) }
        for length in [8, 10] {
            let tail = rest.suffix(length)
            let digits = tail.filter { $0.isASCII && $0.isNumber }
            let isDate = tail.hasPrefix("20") && digits.count == 8 && tail.last != "_"
            let isWhole = length == 8 ? tail == digits : tail.count { $0 == "_" } == 2
            let before = rest.dropLast(length).last
            if isDate, isWhole, before?.isLetter == true { return String(rest.dropLast(length)) }
        }
        return name
    }

    /// API Gateway's actions are the methods of its REST API.
    ///
    /// Source: API Gateway Developer Guide, "Control access to a REST API with IAM permissions".
    private static func verbOfAPIGateway(_ name: String) -> String? {
        let verbs: KeyValuePairs = [
            "Create": "POST", "Delete": "DELETE", "Get": "GET", "Update": "PATCH",
        ]
        return verbs.first { name.hasPrefix($0.key) }?.value
    }

    /// Event sources whose first label is not the prefix of the actions.
    ///
    /// CloudTrail User Guide, "CloudTrail supported services"; Service Authorization Reference,
    /// 2026-11.
    package static let prefixesOfSources = [
        "cloudcontrolapi": "cloudformation", "email": "ses", "models.lex": "lex",
        "monitoring": "cloudwatch", "runtime.lex": "lex", "tagging": "tag",
    ]

    /// Operations that need other actions than one of their own name; none where the record does
    /// not tell which.
    ///
    /// S3 User Guide, "Required permissions for Amazon S3 API operations"; Lambda, KMS and DynamoDB
    /// in the Service Authorization Reference, 2026-11.
    package static let operations: [String: [String]] = {
        var found: [String: [String]] = [:]
        for line in operationTable.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            found[words[0]] = Array(words.dropFirst())
        }
        return found
    }()

    private static let operationTable = """
        dynamodb:BatchExecuteStatement
        dynamodb:ExecuteStatement
        dynamodb:ExecuteTransaction
        dynamodb:TransactGetItems GetItem
        dynamodb:TransactWriteItems
        kms:ReEncrypt ReEncryptFrom ReEncryptTo
        lambda:Invoke InvokeFunction
        lambda:InvokeWithResponseStream InvokeFunction
        s3:CompleteMultipartUpload PutObject
        s3:CopyObject PutObject GetObject
        s3:CreateMultipartUpload PutObject
        s3:DeleteAccountPublicAccessBlock PutAccountPublicAccessBlock
        s3:DeleteBucketAnalyticsConfiguration PutAnalyticsConfiguration
        s3:DeleteBucketCors PutBucketCORS
        s3:DeleteBucketEncryption PutEncryptionConfiguration
        s3:DeleteBucketIntelligentTieringConfiguration PutIntelligentTieringConfiguration
        s3:DeleteBucketInventoryConfiguration PutInventoryConfiguration
        s3:DeleteBucketLifecycle PutLifecycleConfiguration
        s3:DeleteBucketMetricsConfiguration PutMetricsConfiguration
        s3:DeleteBucketOwnershipControls PutBucketOwnershipControls
        s3:DeleteBucketPublicAccessBlock PutBucketPublicAccessBlock
        s3:DeleteBucketReplication PutReplicationConfiguration
        s3:DeleteBucketTagging PutBucketTagging
        s3:DeleteObjects DeleteObject
        s3:DeletePublicAccessBlock PutBucketPublicAccessBlock
        s3:GetBucketAccelerateConfiguration GetAccelerateConfiguration
        s3:GetBucketAnalyticsConfiguration GetAnalyticsConfiguration
        s3:GetBucketEncryption GetEncryptionConfiguration
        s3:GetBucketIntelligentTieringConfiguration GetIntelligentTieringConfiguration
        s3:GetBucketInventoryConfiguration GetInventoryConfiguration
        s3:GetBucketLifecycle GetLifecycleConfiguration
        s3:GetBucketLifecycleConfiguration GetLifecycleConfiguration
        s3:GetBucketMetricsConfiguration GetMetricsConfiguration
        s3:GetBucketNotificationConfiguration GetBucketNotification
        s3:GetBucketReplication GetReplicationConfiguration
        s3:GetObjectLockConfiguration GetBucketObjectLockConfiguration
        s3:GetPublicAccessBlock GetBucketPublicAccessBlock
        s3:HeadBucket ListBucket
        s3:HeadObject GetObject
        s3:ListBuckets ListAllMyBuckets
        s3:ListMultipartUploads ListBucketMultipartUploads
        s3:ListObjectVersions ListBucketVersions
        s3:ListObjects ListBucket
        s3:ListObjectsV2 ListBucket
        s3:ListParts ListMultipartUploadParts
        s3:PutBucketAccelerateConfiguration PutAccelerateConfiguration
        s3:PutBucketAnalyticsConfiguration PutAnalyticsConfiguration
        s3:PutBucketEncryption PutEncryptionConfiguration
        s3:PutBucketIntelligentTieringConfiguration PutIntelligentTieringConfiguration
        s3:PutBucketInventoryConfiguration PutInventoryConfiguration
        s3:PutBucketLifecycle PutLifecycleConfiguration
        s3:PutBucketLifecycleConfiguration PutLifecycleConfiguration
        s3:PutBucketMetricsConfiguration PutMetricsConfiguration
        s3:PutBucketNotificationConfiguration PutBucketNotification
        s3:PutBucketReplication PutReplicationConfiguration
        s3:PutObjectLockConfiguration PutBucketObjectLockConfiguration
        s3:PutPublicAccessBlock PutBucketPublicAccessBlock
        s3:SelectObjectContent GetObject
        s3:UploadPart PutObject
        s3:UploadPartCopy PutObject GetObject
        """
}
