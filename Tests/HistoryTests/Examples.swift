/// A small organization, changes of it and records to be replayed.
enum Examples {
    static let organization = organization()

    /// The same with what an overlay of ``guardrail(_:)`` says laid over it.
    static func organization(policies: String = "{}", root: String = "") -> String {
        #"""
        {
          "organization": { "id": "o-acmecorp01", "managementAccount": "management" },
          "serviceControlPolicies": \#(policies),
          "root": {
            \#(root)
            "accounts": {
              "management": { "id": "111111111111" },
              "shop": {
                "id": "222222222222",
                "iam": {
                  "roles": {
                    "Deploy": {
                      "trustPolicy": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow",
                        "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" } ] },
                      "managedPolicies": ["arn:aws:iam::aws:policy/AdministratorAccess"]
                    },
                    "Reader": {
                      "trustPolicy": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow",
                        "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" } ] },
                      "managedPolicies": ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]
                    }
                  }
                }
              }
            }
          }
        }
        """#
    }

    /// An overlay with one statement that denies, at the root.
    static func guardrail(_ statement: String) -> String {
        #"{"serviceControlPolicies": \#(policies(statement)), "root": {\#(attached)}}"#
    }

    /// The organization with the guardrail attached.
    static func guarded(_ statement: String) -> String {
        organization(policies: policies(statement), root: attached + ",")
    }

    private static func policies(_ statement: String) -> String {
        #"""
        { "Guard": { "Version": "2012-10-17", "Statement": [
          { "Sid": "No", "Effect": "Deny", "Resource": "*", \#(statement) } ] } }
        """#
    }

    private static let attached = #""serviceControlPolicies": ["FullAWSAccess", "Guard"]"#

    static let outsideEurope =
        #""NotAction": "iam:*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}"#
    static let regions = guardrail(outsideEurope)

    static let production =
        #""Action": "ec2:*", "Condition": {"StringEquals": {"aws:ResourceTag/tier": "prod"}}"#

    static func record(
        _ source: String = "ec2",
        _ name: String = "TerminateInstances",
        role: String = "Deploy",
        region: String = "us-east-1",
        parameters: String = #"{"instancesSet": {"items": [{"instanceId": "i-0"}]}}"#,
        time: String = "2026-11-20T09:00:00Z",
        agent: String = "aws-cli/2.31.0",
        more: String = ""
    ) -> String {
        #"""
        {"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROA1:s","arn":"arn:aws:sts::222222222222:assumed-role/\#(role)/s","accountId":"222222222222","accessKeyId":"ASIA\#(time)","sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::222222222222:role/\#(role)"},"attributes":{"creationDate":"2026-11-20T08:00:00Z","mfaAuthenticated":"false"}}},"eventTime":"\#(time)","eventSource":"\#(source).amazonaws.com","eventName":"\#(name)","awsRegion":"\#(region)","sourceIPAddress":"203.0.113.9","userAgent":"\#(agent)","requestParameters":\#(parameters),"eventID":"id\#(time)","eventType":"AwsApiCall"\#(more)}
        """#
    }

    static func denied(by type: String, _ action: String, _ resource: String) -> String {
        #","errorCode":"AccessDenied","errorMessage":"User: arn:aws:sts::222222222222:assumed-role/Deploy/s is not authorized to perform: \#(action) on resource: \#(resource) with an explicit deny in a \#(type)""#
    }
}
