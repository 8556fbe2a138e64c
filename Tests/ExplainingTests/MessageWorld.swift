import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
import Scenarios
import Testing

/// A small organization in which every kind of policy denies something.
enum MessageWorld {
    static let instant = Instant(seconds: 1_767_225_600)

    static let organization: Organization = {
        let parsed = JSONParser.parse(Array(text.utf8), file: 0)
        let state = parsed.value.flatMap { value in
            let loaded = OrganizationState.load(value)
            for problem in loaded.diagnostics { Issue.record("\(problem.message)") }
            return loaded.value
        }
        guard let state else { fatalError("the organization of the tests does not load") }
        return state.organization
    }()

    static let engine = Engine(organization)

    /// A request as `orgsim evaluate` reads it.
    static func request(_ json: String) throws -> Request {
        try RequestLine.read(Array(json.utf8), engine: engine, at: instant)
    }

    static func message(_ request: Request) -> AccessDeniedMessage? {
        AccessDeniedMessage(engine.decide(request), of: request, in: organization)
    }

    static func message(_ json: String) throws -> AccessDeniedMessage? {
        message(try request(json))
    }

    private static func allow(_ actions: String) -> String {
        #"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": \#(actions), "Resource": "*"}}"#
    }

    private static func deny(_ actions: String) -> String {
        #"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": \#(actions), "Resource": "*"}}"#
    }

    private static func grant(_ effect: String, _ principal: String, _ actions: String) -> String {
        #"{"Effect": "\#(effect)", "Principal": \#(principal), "Action": \#(actions), "Resource": "*"}"#
    }

    private static func trust(_ effect: String, _ principal: String) -> String {
        #"{"Version": "2012-10-17", "Statement": {"Effect": "\#(effect)", "Principal": \#(principal), "Action": "sts:AssumeRole"}}"#
    }

    private static func document(_ statements: String...) -> String {
        #"{"Version": "2012-10-17", "Statement": [\#(statements.joined(separator: ", "))]}"#
    }

    private static let everyone = #"{"AWS": "*"}"#

    private static let text = #"""
        {
          "organization": { "id": "o-acmecorp01", "managementAccount": "management" },
          "serviceControlPolicies": {
            "Guard": \#(deny(#"["sqs:PurgeQueue", "s3:DeleteBucket", "ec2:StopInstances"]"#)),
            "OnlyStorage": \#(allow(#""s3:*""#))
          },
          "resourceControlPolicies": {
            "Perimeter": \#(document(grant("Deny", #""*""#, #""sqs:DeleteMessage""#)))
          },
          "root": {
            "serviceControlPolicies": ["FullAWSAccess", "Guard"],
            "resourceControlPolicies": ["Perimeter"],
            "accounts": {
              "management": { "id": "111111111111" },
              "narrow": { "id": "444444444444", "serviceControlPolicies": ["OnlyStorage"],
                "iam": { "users": { "eve": { "inlinePolicies": { "all": \#(allow(#""*""#)) } } } } },
              "data": { "id": "333333333333", "resources": {
                "arn:aws:sqs:eu-west-1:333333333333:in": {
                  "policy": \#(document(grant("Allow", #"{"AWS": "222222222222"}"#, #""sqs:ReceiveMessage""#)))
                },
                "arn:aws:s3:::acme-data": {
                  "policy": \#(document(grant("Deny", everyone, #""s3:PutObject""#)))
                } },
                "iam": { "roles": { "Reader": { "trustPolicy": \#(trust("Allow", #"{"AWS": "333333333333"}"#)) } } } },
              "prod": { "id": "222222222222",
                "iam": {
                  "managedPolicies": {
                    "All": \#(allow(#""*""#)),
                    "Stop": { "path": "/team/", "document": \#(deny(#"["sqs:DeleteQueue", "s3:DeleteObject"]"#)) },
                    "Limit": \#(document(
                        #"{"Effect": "Allow", "Action": ["s3:*", "dynamodb:*"], "Resource": "*"}"#,
                        #"{"Effect": "Deny", "Action": "dynamodb:DeleteTable", "Resource": "*"}"#)),
                    "Session": \#(deny(#""sqs:TagQueue""#))
                  },
                  "users": {
                    "alice": { "path": "/people/", "managedPolicies": ["All", "Stop"],
                      "inlinePolicies": { "own": \#(deny(#""sqs:UntagQueue""#)) } },
                    "bob": {},
                    "tied": { "managedPolicies": ["All"], "permissionsBoundary": "Limit" },
                    "denied": { "managedPolicies": ["All", "arn:aws:iam::aws:policy/AWSDenyAll"] }
                  },
                  "roles": {
                    "Deploy": { "path": "/ci/", "managedPolicies": ["All"],
                      "trustPolicy": \#(trust("Allow", #"{"AWS": "222222222222"}"#)) },
                    "Silent": { "trustPolicy": \#(trust("Allow", #"{"Service": "ec2.amazonaws.com"}"#)) },
                    "Closed": { "trustPolicy": \#(trust("Deny", everyone)) }
                  }
                },
                "resources": {
                  "arn:aws:sqs:eu-west-1:222222222222:jobs": {
                    "policy": \#(document(grant("Deny", everyone, #""sqs:SendMessage""#)))
                  },
                  "arn:aws:kms:eu-west-1:222222222222:key/k1": {
                    "policy": \#(document(grant("Allow", #"{"AWS": "arn:aws:iam::222222222222:role/ci/Deploy"}"#, #""kms:*""#)))
                  },
                  "arn:aws:s3:::acme-public": {
                    "policy": \#(document(grant("Allow", #""*""#, #""s3:GetObject""#))),
                    "blockPublicAccess": { "restrictPublicBuckets": true }
                  },
                  "arn:aws:ec2:eu-west-1:222222222222:vpc-endpoint/vpce-0a": { "vpc": "vpc-1",
                    "policy": \#(document(
                        grant("Allow", #""*""#, #"["sqs:*", "s3:GetObject"]"#),
                        grant("Deny", #""*""#, #""sqs:GetQueueUrl""#))) }
                } }
            }
          },
          "externalAccounts": { "vendor": { "id": "999999999999", "iam": { "users": {
            "mallory": { "inlinePolicies": { "all": \#(allow(#""*""#)), "not": \#(deny(#""sqs:ListQueueTags""#)) } },
            "trent": { "managedPolicies": ["AllOfUs", "Never"] } },
            "managedPolicies": { "AllOfUs": \#(allow(#""*""#)), "Never": \#(deny(#""sqs:GetQueueUrl""#)) } } } }
        }
        """#
}
