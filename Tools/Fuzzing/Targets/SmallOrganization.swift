import Authorization
import JSONSource
import Linting
import OrganizationModel
import Scenarios

/// The smallest organization with a place for a policy of every kind, and requests that meet them.
struct SmallOrganization {
    private let value: JSONValue
    private let requests: [[UInt8]]

    init() {
        value =
            JSONParser.parse(Array(Self.text.utf8), file: SourceSpan.nowhere.file).value
            ?? JSONValue(.null, at: .nowhere)
        requests = Self.callers.flatMap { caller in
            Self.calls.map { Array("{\"principal\": \(caller), \($0)}".utf8) }
        }
    }

    /// What is wrong with how the organization works with a policy put where its kinds belong.
    func problems(
        with policy: JSONValue,
        as kinds: [PolicyKind],
        _ sources: SourceMap
    ) -> [String] {
        let full = kinds.reduce(value) { value, kind in
            value.setting(kind.place, to: policy) ?? value
        }
        let loaded = OrganizationState.load(full)
        // The organization's own text stands in no file.
        let said = loaded.diagnostics.filter { $0.span.file >= 0 }
        var problems = Sayings(sources: sources).problems(said)
        guard let state = loaded.value else {
            if !loaded.diagnostics.hasErrors { problems.append("nothing loads, nothing is said") }
            return problems
        }
        let engine = Engine(state.organization)
        let properties = DecisionProperties(sources)
        for line in requests {
            let answer = RequestLine(line, engine: engine, at: Scenario.defaultClock)
            switch answer.answer {
            case .decision(let decision): problems += properties.problems(decision)
            case .problem(let message, _): problems.append("no decision: \(message)")
            }
        }
        return problems
    }
}

extension PolicyKind {
    /// Where the organization has a place for it.
    fileprivate var place: [String] {
        let account = ["root", "accounts", "member"]
        let resources = account + ["resources"]
        return switch self {
        case .serviceControlPolicy: ["serviceControlPolicies", "Control"]
        case .resourceControlPolicy: ["resourceControlPolicies", "Control"]
        case .identityPolicy: account + ["iam", "users", "alice", "inlinePolicies", "Inline"]
        case .trustPolicy: account + ["iam", "roles", "Deploy", "trustPolicy"]
        case .resourcePolicy: resources + ["arn:aws:s3:::bucket", "policy"]
        case .endpointPolicy:
            resources + ["arn:aws:ec2:eu-west-1:222222222222:vpc-endpoint/vpce-1", "policy"]
        }
    }
}

extension SmallOrganization {
    private static let allow =
        #"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#

    private static let text = """
        {
          "organization": {"id": "o-acmecorp01", "managementAccount": "management"},
          "serviceControlPolicies": {"Control": \(allow)},
          "resourceControlPolicies": {"Control": {"Version": "2012-10-17", "Statement": {
            "Effect": "Deny", "Principal": "*", "Action": "s3:DeleteBucket", "Resource": "*"}}},
          "root": {
            "serviceControlPolicies": ["FullAWSAccess", "Control"],
            "resourceControlPolicies": ["Control"],
            "accounts": {
              "management": {"id": "111111111111"},
              "member": {
                "id": "222222222222",
                "iam": {
                  "users": {"alice": {"tags": {"team": "data"}, "inlinePolicies": {}}},
                  "roles": {"Deploy": {
                    "inlinePolicies": {"All": \(allow)},
                    "trustPolicy": {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
                      "Principal": {"AWS": "222222222222"}, "Action": "sts:AssumeRole"}}}}
                },
                "resources": {
                  "arn:aws:s3:::bucket": {},
                  "arn:aws:ec2:eu-west-1:222222222222:vpc-endpoint/vpce-1": {"vpc": "vpc-1"}
                }
              }
            }
          }
        }
        """

    private static let callers = [
        #""member:user/alice""#, #""member:role/Deploy""#, #""anonymous""#,
    ]

    private static let calls = [
        #""action": "s3:GetObject", "resource": "arn:aws:s3:::bucket/a/b""#,
        #"""
        "action": "s3:PutObject", "resource": "arn:aws:s3:::bucket/a",
        "through": "arn:aws:ec2:eu-west-1:222222222222:vpc-endpoint/vpce-1",
        "context": {"aws:SourceIp": "203.0.113.9", "aws:CurrentTime": "2026-01-01T00:00:00Z"}
        """#,
        #""action": "sts:AssumeRole", "resource": "member:role/Deploy""#,
        #""action": "ec2:RunInstances", "context": {"aws:RequestedRegion": "us-east-1"}"#,
    ]
}
