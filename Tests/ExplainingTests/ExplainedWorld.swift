import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
import Reports
import Scenarios
import Testing

/// One organization with something of every layer, and requests on it told in words.
struct ExplainedWorld {
    let engine: Engine
    let sources: SourceMap

    static let now = Instant(seconds: 1_767_225_600)

    /// An organization that warnings may be said of.
    init(warned text: String) throws {
        let map = SourceMap()
        let file = map.add(SourceText(path: "org.json", bytes: Array(text.utf8)))
        let json = try #require(JSONParser.parse(Array(text.utf8), file: file).value)
        engine = Engine(try #require(OrganizationLoader.load(json).value))
        sources = map
    }

    init(_ text: String = Self.organization, path: String = "org.json") throws {
        let map = SourceMap()
        let file = map.add(SourceText(path: path, bytes: Array(text.utf8)))
        let parsed = JSONParser.parse(Array(text.utf8), file: file)
        let loaded = OrganizationLoader.load(try #require(parsed.value))
        let problems = DiagnosticRenderer(sources: map).render(
            parsed.diagnostics + loaded.diagnostics
        )
        #expect(problems.isEmpty, "\(problems)")
        engine = Engine(try #require(loaded.value, "\(problems)"))
        sources = map
    }

    /// A request as a line of `orgsim evaluate` has it.
    func request(_ line: String) throws -> Request {
        do throws(RequestLine.Problem) {
            return try RequestLine.read(Array(line.utf8), engine: engine, at: Self.now)
        } catch {
            Issue.record("\(error.message) at \(error.column) of \(line)")
            throw error
        }
    }

    func explanation(_ line: String) throws -> Explanation {
        Explanation(of: try request(line), by: engine)
    }

    func text(
        _ explanation: Explanation,
        _ detail: ExplanationText.Detail = .normal
    ) -> String {
        ExplanationText(sources: sources, style: .plain).render(explanation, detail)
    }
}

extension ExplainedWorld {
    static let organization = #"""
        {
          "organization": { "id": "o-acme123456", "managementAccount": "management" },
          "serviceControlPolicies": {
            "ApprovedRegions": { "Version": "2012-10-17", "Statement": [
              { "Sid": "DenyOutside", "Effect": "Deny", "NotAction": ["iam:*", "sts:*", "route53:*"],
                "Resource": "*", "Condition": {
                  "StringNotEquals": { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] },
                  "ArnNotLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/BreakGlass" } } } ] },
            "StorageOnly": { "Version": "2012-10-17", "Statement": [
              { "Sid": "Storage", "Effect": "Allow", "Action": ["s3:*", "sqs:List*"], "Resource": "*" } ] }
          },
          "resourceControlPolicies": {
            "Perimeter": { "Version": "2012-10-17", "Statement": [
              { "Sid": "OurPeople", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                "Condition": {
                  "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-acme123456" },
                  "BoolIfExists": { "aws:PrincipalIsAWSService": "false" } } } ] }
          },
          "root": {
            "serviceControlPolicies": ["FullAWSAccess", "ApprovedRegions"],
            "accounts": { "management": { "id": "111111111111" } },
            "organizationalUnits": {
              "Sandbox": {
                "serviceControlPolicies": ["StorageOnly"],
                "accounts": { "play": { "id": "444444444444", "iam": { "roles": { "Dev": {
                  "trustPolicy": { "Version": "2012-10-17", "Statement": [
                    { "Effect": "Allow", "Principal": { "AWS": "444444444444" }, "Action": "sts:AssumeRole" } ] },
                  "inlinePolicies": { "all": { "Version": "2012-10-17", "Statement": [
                    { "Effect": "Allow", "Action": "*", "Resource": "*" } ] } } } } } } }
              },
              "Workloads": {
                "resourceControlPolicies": ["Perimeter"],
                "accounts": {
                  "prod": { "id": "222222222222",
                    "iam": {
                      "managedPolicies": {
                        "DataReader": { "document": { "Version": "2012-10-17", "Statement": [
                          { "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject",
                            "Resource": "arn:aws:s3:::acme-data/${aws:PrincipalTag/team}/*" },
                          { "Sid": "ReadLogs", "Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"],
                            "Resource": "arn:aws:s3:::acme-logs/*",
                            "Condition": { "IpAddress": { "aws:SourceIp": ["10.0.0.0/8", "192.0.2.0/24"] } } },
                          { "Sid": "Queues", "Effect": "Allow", "Action": "sqs:*", "Resource": "*" } ] } },
                        "Limits": { "document": { "Version": "2012-10-17", "Statement": [
                          { "Sid": "Storage", "Effect": "Allow", "Action": "s3:List*", "Resource": "*" } ] } }
                      },
                      "users": {
                        "ann": { "inlinePolicies": { "queues": { "Version": "2012-10-17", "Statement": [
                            { "Effect": "Allow", "Action": "sqs:*", "Resource": "*" } ] } },
                          "permissionsBoundary": "Limits", "tags": { "team": "data" } }
                      },
                      "roles": {
                        "Reader": { "managedPolicies": ["DataReader"], "tags": { "team": "ops" },
                          "trustPolicy": { "Version": "2012-10-17", "Statement": [
                            { "Sid": "Vendor", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::999999999999:role/Collector" },
                              "Action": "sts:AssumeRole",
                              "Condition": { "StringEquals": { "sts:ExternalId": "acme-7731" } } },
                            { "Sid": "Own", "Effect": "Allow", "Principal": { "AWS": "222222222222" }, "Action": "sts:AssumeRole" } ] } },
                        "Admin": {
                          "trustPolicy": { "Version": "2012-10-17", "Statement": [
                            { "Effect": "Allow", "Principal": { "AWS": "222222222222" }, "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"] } ] },
                          "inlinePolicies": { "all": { "Version": "2012-10-17", "Statement": [
                            { "Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*" } ] } } }
                      }
                    },
                    "resources": {
                      "arn:aws:s3:::acme-data": { "policy": { "Version": "2012-10-17", "Statement": [
                        { "Sid": "Partner", "Effect": "Allow", "Principal": { "AWS": "999999999999" },
                          "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*" },
                        { "Sid": "Ann", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::222222222222:user/ann" },
                          "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*" } ] } },
                      "arn:aws:ec2:eu-west-1:222222222222:vpc-endpoint/vpce-1": { "vpc": "vpc-1",
                        "policy": { "Version": "2012-10-17", "Statement": [
                          { "Sid": "OurBuckets", "Effect": "Allow", "Principal": "*", "Action": "s3:*",
                            "Resource": ["arn:aws:s3:::acme-data", "arn:aws:s3:::acme-data/*"] } ] } },
                      "arn:aws:kms:eu-west-1:222222222222:key/k1": { "policy": { "Version": "2012-10-17", "Statement": [
                        { "Sid": "Administer", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::222222222222:role/Reader" },
                          "Action": ["kms:Describe*", "kms:Put*"], "Resource": "*" } ] } }
                    }
                  }
                }
              }
            }
          },
          "externalAccounts": {
            "partner": { "id": "999999999999",
              "iam": { "roles": { "Collector": {
                "trustPolicy": { "Version": "2012-10-17", "Statement": [
                  { "Effect": "Allow", "Principal": { "AWS": "999999999999" }, "Action": "sts:AssumeRole" } ] },
                "inlinePolicies": { "all": { "Version": "2012-10-17", "Statement": [
                  { "Effect": "Allow", "Action": "*", "Resource": "*" } ] } } } } },
              "resources": {
                "arn:aws:s3:::partner-site": {
                  "blockPublicAccess": { "restrictPublicBuckets": true },
                  "policy": { "Version": "2012-10-17", "Statement": [
                    { "Sid": "Everybody", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                      "Resource": "arn:aws:s3:::partner-site/*" } ] } },
                "arn:aws:sqs:eu-west-1:999999999999:orders": {}
              }
            }
          }
        }
        """#
}
