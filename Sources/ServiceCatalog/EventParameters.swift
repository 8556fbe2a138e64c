package import PolicyLanguage

// What the parameters of a recorded call are called elsewhere in AWS.
//
// CloudTrail writes them as the API names them; condition keys and ARNs have names of their own.
// Sources: the API references of the services against "Condition keys" and "Resource types" of the
// Service Authorization Reference, 2026-11.

extension ServiceCatalog {
    /// The condition key that holds a parameter of a recorded call; nil where none is known to.
    package static func conditionKey(
        ofParameter name: String,
        of action: ActionName
    ) -> ConditionKey? {
        if let key = keysOfParameters[action.service]?[name] { return ConditionKey(key) }
        // S3's keys are called like the headers and query parameters they hold.
        let key = ConditionKey("s3:\(name)")
        guard action.service == "s3", self.action(action)?.carries(key) == true else { return nil }
        return key
    }

    private static let keysOfParameters: [String: [String: String]] = [
        "ec2": ["instanceType": "ec2:InstanceType"],
        "iam": ["permissionsBoundary": "iam:PermissionsBoundary", "policyArn": "iam:PolicyARN"],
        "kms": ["pendingWindowInDays": "kms:ScheduleKeyDeletionPendingWindowInDays"],
        "ram": ["allowExternalPrincipals": "ram:RequestedAllowsExternalPrincipals"],
        "s3": ["versionId": "s3:VersionId"],
        "secretsmanager": [
            "secretId": "secretsmanager:SecretId", "versionStage": "secretsmanager:VersionStage",
        ],
        "sts": [
            "externalId": "sts:ExternalId", "roleSessionName": "sts:RoleSessionName",
            "sourceIdentity": "sts:SourceIdentity",
        ],
    ]

    /// The parameter, in lower case, that fills a gap of an ARN format such as `${BucketName}`.
    package static func parameter(ofGap name: String) -> String {
        parametersOfGaps[name.lowercased()] ?? name.lowercased()
    }

    private static let parametersOfGaps = [
        "dbinstancename": "dbinstanceidentifier", "objectname": "key", "secretid": "",
        "trailname": "name",
    ]
}
