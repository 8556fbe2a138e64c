import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
import Reports
import Scenarios
import Testing

/// A small organization in a file, and requests on it explained on a page.
struct PageWorld {
    let state: OrganizationState
    let engine: Engine
    let sources: SourceMap

    static let now = Instant(seconds: 1_767_225_600)

    init(_ text: String = Self.organization, path: String = "org.json") throws {
        let map = SourceMap()
        let file = map.add(SourceText(path: path, bytes: Array(text.utf8)))
        let parsed = JSONParser.parse(Array(text.utf8), file: file)
        let loaded = OrganizationState.load(try #require(parsed.value))
        let problems = DiagnosticRenderer(sources: map).render(
            parsed.diagnostics + loaded.diagnostics
        )
        state = try #require(loaded.value, "\(problems)")
        engine = Engine(state.organization)
        sources = map
    }

    /// A request as a line of `orgsim evaluate` has it, with all that is told around it.
    func answer(_ line: String, remark: String? = nil) throws -> ExplainedAnswer {
        let request = try request(line)
        let explanation = Explanation(of: request, by: engine)
        let decision = explanation.decision
        let result =
            decision.outcome == .allowed
            ? GuardrailSearch(.request(request), on: state).result()
            : FixSearch(.request(request), on: state).result()
        return ExplainedAnswer(
            explanation: explanation,
            message: AccessDeniedMessage(decision, of: request, in: engine.organization),
            remark: remark,
            fixes: result.fixes.map { ToldFix(fix: $0) },
            fixNote: result.note
        )
    }

    func request(_ line: String) throws -> Request {
        do throws(RequestLine.Problem) {
            return try RequestLine.read(Array(line.utf8), engine: engine, at: Self.now)
        } catch {
            Issue.record("\(error.message) at \(error.column) of \(line)")
            throw error
        }
    }

    func page(_ answers: ExplainedAnswer...) -> String {
        ExplanationPage(sources: sources).render(answers)
    }

    /// A denial for several reasons at once, by a session.
    static let denied = #"""
        {"principal": "prod:role/Reader", "action": "s3:GetObject", "resource": "arn:aws:s3:::acme-logs/2026/01",
         "session": {"assumeRole": {"role": "prod:role/Reader", "roleSessionName": "nightly", "tags": {"team": "ops"}}},
         "context": {"aws:RequestedRegion": "us-east-1", "aws:SourceIp": "203.0.113.7"}}
        """#

    static let allowed = #"""
        {"principal": "prod:role/Reader", "action": "s3:GetObject", "resource": "arn:aws:s3:::acme-logs/2026/01",
         "context": {"aws:RequestedRegion": "eu-west-1", "aws:SourceIp": "10.0.0.7"}}
        """#

    static let undetermined = #"""
        {"principal": "prod:role/Reader", "action": "s3:GetObject", "resource": "arn:aws:s3:::acme-logs/2026/01",
         "unknownKeys": ["aws:SourceIp", "aws:RequestedRegion"]}
        """#

    static let organization = #"""
        {
          "organization": { "id": "o-acme123456", "managementAccount": "management" },
          "serviceControlPolicies": {
            "ApprovedRegions": { "Version": "2012-10-17", "Statement": [
              {
                "Sid": "DenyOutside",
                "Effect": "Deny",
                "NotAction": ["iam:*", "sts:*"],
                "Resource": "*",
                "Condition": {
                  "StringNotEquals": { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] }
                }
              }
            ] }
          },
          "root": {
            "serviceControlPolicies": ["FullAWSAccess", "ApprovedRegions"],
            "accounts": {
              "management": { "id": "111111111111" },
              "prod": { "id": "222222222222",
                "iam": {
                  "managedPolicies": {
                    "DataReader": { "document": { "Version": "2012-10-17", "Statement": [
                      { "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject",
                        "Resource": "arn:aws:s3:::acme-data/${aws:PrincipalTag/team}/*" },
                      { "Sid": "ReadLogs", "Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"],
                        "Resource": "arn:aws:s3:::acme-logs/*",
                        "Condition": { "IpAddress": { "aws:SourceIp": ["10.0.0.0/8", "192.0.2.0/24"] } } }
                    ] } }
                  },
                  "roles": {
                    "Reader": { "managedPolicies": ["DataReader"],
                      "trustPolicy": { "Version": "2012-10-17", "Statement": [
                        { "Effect": "Allow", "Principal": { "AWS": "222222222222" },
                          "Action": ["sts:AssumeRole", "sts:TagSession"] } ] },
                      "inlinePolicies": { "assume": { "Version": "2012-10-17", "Statement": [
                        { "Effect": "Allow", "Action": "sts:*", "Resource": "*" } ] } } }
                  }
                }
              }
            }
          }
        }
        """#
}
