/// Records to start from, and the organization they are of.
enum RecordText {
    /// By path.
    static let files = [
        "o.json": #"""
        {
          "organization": { "id": "o-acmecorp01", "managementAccount": "main" },
          "root": { "accounts": {
            "main": { "id": "111111111111" },
            "shop": { "id": "222222222222", "iam": {
              "users": { "ann": {
                "managedPolicies": ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"] } },
              "roles": { "Deploy": {
                "trustPolicy": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow",
                  "Principal": { "AWS": "222222222222" }, "Action": "sts:AssumeRole" } ] },
                "managedPolicies": ["arn:aws:iam::aws:policy/AdministratorAccess"] } } } } } }
        }
        """#,
        "guard.json": #"""
        {
          "serviceControlPolicies": { "Guard": { "Version": "2012-10-17", "Statement": [
            { "Sid": "Regions", "Effect": "Deny", "NotAction": "iam:*", "Resource": "*",
              "Condition": { "StringNotEquals": { "aws:RequestedRegion": "eu-west-1" } } },
            { "Sid": "Prod", "Effect": "Deny", "Action": "s3:Put*", "Resource": "*",
              "Condition": { "StringEquals": { "aws:ResourceTag/tier": "prod" } } } ] } },
          "root": { "serviceControlPolicies": ["FullAWSAccess", "Guard"] }
        }
        """#,
    ]

    private static func record(_ identity: String, _ call: String) -> String {
        #"{"eventVersion":"1.11","userIdentity":{\#(identity)},"eventTime":"2026-11-20T09:00:00Z","#
            + #""awsRegion":"us-east-1","sourceIPAddress":"203.0.113.9","userAgent":"x","#
            + #""eventType":"AwsApiCall",\#(call)}"#
    }

    private static let user =
        #""type":"IAMUser","arn":"arn:aws:iam::222222222222:user/ann","accountId":"222222222222","userName":"ann""#
    private static let role =
        #""type":"AssumedRole","arn":"arn:aws:sts::222222222222:assumed-role/Deploy/s","accountId":"222222222222","sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::222222222222:role/Deploy"},"attributes":{"creationDate":"2026-11-20T08:00:00Z","mfaAuthenticated":"false"}}"#

    private static let read =
        #""eventSource":"s3.amazonaws.com","eventName":"GetObject","requestParameters":{"bucketName":"b","key":"x"},"resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::b/x"}]"#
    private static let start =
        #""eventSource":"ec2.amazonaws.com","eventName":"StartInstances","requestParameters":{"instancesSet":{"items":[{"instanceId":"i-0"}]}}"#
    private static let refused =
        #""eventSource":"s3.amazonaws.com","eventName":"PutObject","requestParameters":{"bucketName":"b","key":"x"},"errorCode":"AccessDenied","errorMessage":"User: arn:aws:iam::222222222222:user/ann is not authorized to perform: s3:PutObject on resource: \"arn:aws:s3:::b/x\" because no identity-based policy allows the s3:PutObject action""#
    private static let assumed =
        #""eventSource":"sts.amazonaws.com","eventName":"AssumeRole","requestParameters":{"roleArn":"arn:aws:iam::222222222222:role/Deploy","roleSessionName":"s","tags":[{"key":"team","value":"a"}]}"#
    private static let several =
        #""eventSource":"s3.amazonaws.com","eventName":"DeleteObjects","requestParameters":{"bucketName":"b","delete":{"objects":[{"key":"x"},{"key":"y"}]}}"#

    /// Records that nobody changes.
    static let lines = [record(user, read), record(role, start), record(user, refused)].map {
        Array($0.utf8)
    }

    static let all: [String] = {
        let plain = [
            record(user, read), record(role, start), record(user, refused), record(role, assumed),
            record(role, several),
        ]
        let escaped = plain[0].replacing(#"\"#, with: #"\\"#).replacing(#"""#, with: #"\""#)
        return plain + [
            #"{"Events":[{"EventId":"1","CloudTrailEvent":"\#(escaped)"}],"NextToken":null}"#,
            #"{"version":"0","detail-type":"AWS API Call via CloudTrail","detail":\#(plain[1])}"#,
            #"{"Records":[\#(plain[2]),\#(plain[3])]}"#, "[\(plain[0]),\(plain[4])]",
        ]
    }()
}
