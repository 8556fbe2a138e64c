import OrgSim
import Testing

/// What embedders get: values, not text.
@Suite("Simulator")
struct SimulatorTests {
    private static let organization = #"""
        {
          "organization": { "managementAccount": "main" },
          "serviceControlPolicies": {
            "Regions": {
              "Version": "2012-10-17",
              "Statement": [
                { "Sid": "Europe", "Effect": "Deny", "Action": "*", "Resource": "*",
                  "Condition": { "StringNotEquals": { "aws:RequestedRegion": "eu-west-1" } } }
              ]
            }
          },
          "root": {
            "serviceControlPolicies": ["FullAWSAccess", "Regions"],
            "accounts": {
              "main": { "id": "100000000001" },
              "app": {
                "id": "100000000002",
                "iam": { "users": { "ann": { "inlinePolicies": { "all": {
                  "Version": "2012-10-17",
                  "Statement": [{ "Effect": "Allow", "Action": "sqs:*", "Resource": "*" }] } } } } }
              }
            }
          }
        }
        """#

    private static func request(_ more: String) -> String {
        #"{"principal":"app:user/ann","action":"sqs:ListQueues",\#(more)}"#
    }

    @Test("a denial is told layer by layer, with the statement, its place and what was compared")
    func denial() throws {
        let simulator = try Simulator(organization: Self.organization)
        let why = try simulator.explain(
            Self.request(#""context":{"aws:RequestedRegion":"us-east-1"}"#)
        )
        #expect(why.verdict == "explicitDeny")
        let blocking = why.layers.filter { $0.mark == "blocks" }
        #expect(blocking.map(\.policyType) == ["serviceControlPolicy"])
        #expect(blocking.first?.target == "Root")
        let statement = try #require(blocking.first?.statements.first { $0.effect == "Deny" })
        #expect(statement.policy == "Regions")
        #expect(statement.statement == "Europe")
        #expect(statement.place == "organization.json:7:9")
        let sentences = statement.elements.map(\.sentence)
        #expect(
            sentences.contains(
                #"StringNotEquals aws:RequestedRegion: "us-east-1" is none of ["eu-west-1"]"#
            ),
            "\(sentences)"
        )
        #expect(why.keys.map(\.name) == ["aws:RequestedRegion"])
        #expect(why.message?.hasSuffix("with an explicit deny in a service control policy") == true)
    }

    @Test("fixes come with their changes, and were confirmed")
    func fixes() throws {
        let simulator = try Simulator(organization: Self.organization)
        let request = Self.request(#""context":{"aws:RequestedRegion":"us-east-1"}"#)
        let fixes = try simulator.fixes(for: request)
        #expect(fixes.first?.verdict == "allowed")
        #expect(fixes.first?.edits.first?.contains("aws:RequestedRegion") == true)
        let allowed = Self.request(#""context":{"aws:RequestedRegion":"eu-west-1"}"#)
        let guardrails = try simulator.fixes(for: allowed)
        #expect(!guardrails.isEmpty)
        #expect(guardrails.allSatisfy { ["explicitDeny", "implicitDeny"].contains($0.verdict) })
    }

    @Test("an undetermined verdict says its conditions as values")
    func undetermined() throws {
        let simulator = try Simulator(organization: Self.organization)
        let why = try simulator.explain(Self.request(#""unknownKeys":["aws:RequestedRegion"]"#))
        #expect(why.verdict == "undetermined")
        let condition = RequestExplanation.Condition(
            operator: "StringEquals",
            key: "aws:RequestedRegion",
            values: ["eu-west-1"]
        )
        #expect(why.dependsOn == [[condition]])
    }

    @Test("what is no request is said")
    func mistakes() throws {
        let simulator = try Simulator(organization: Self.organization)
        #expect(throws: Simulator.RequestError.self) {
            try simulator.explain(#"{"principal":"app:user/bob","action":"s3:GetObject"}"#)
        }
        #expect(throws: Simulator.LoadingError.self) { try Simulator(organization: "{") }
    }
}
