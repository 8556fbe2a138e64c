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
        let answer = try simulator.fixes(for: request)
        let first = try #require(answer.fixes.first)
        #expect(first.verdict == "allowed")
        #expect(first.edits.map(\.reach) == [.call])
        #expect(first.edits[0].sentence.contains("aws:RequestedRegion"))
        let region = VerifiedFix.ContextKey(
            name: "aws:RequestedRegion",
            values: ["eu-west-1"],
            isMultivalued: false
        )
        #expect(first.context == [region])
        #expect(first.change == "[]")
        #expect(answer.note == nil && !answer.isBounded)
        // Of those with as many edits the one that changes less comes first.
        let single = answer.fixes.filter { $0.edits.count == 1 }.map { $0.edits[0].reach }
        #expect(single.count > 1 && single == single.sorted())
        let allowed = Self.request(#""context":{"aws:RequestedRegion":"eu-west-1"}"#)
        let guardrails = try simulator.fixes(for: allowed).fixes
        #expect(!guardrails.isEmpty)
        #expect(guardrails.allSatisfy { ["explicitDeny", "implicitDeny"].contains($0.verdict) })
        #expect(guardrails.allSatisfy { $0.context.isEmpty && $0.change != "[]" })
    }

    @Test("what is to be changed about the session and who calls comes as values (STS-32, RBP-5)")
    func callEdits() throws {
        let simulator = try Simulator(organization: Self.organization)
        let federated = #""arn:aws:sts::100000000002:federated-user/ann""#
        let session = try simulator.fixes(
            for: #"{"principal":\#(federated),"action":"sqs:ListQueues","#
                + #""context":{"aws:RequestedRegion":"eu-west-1"}}"#
        )
        let passed = try #require(session.fixes.first?.sessionPolicyStatements.first)
        guard case .added(let statement) = passed else {
            Issue.record("\(passed)")
            return
        }
        #expect(statement.contains(#""Action":"sqs:ListQueues""#))

        let role = try simulator.fixes(
            for: #"{"principal":"app:user/ann","action":"ec2:StartInstances","#
                + #""resource":"arn:aws:ec2:eu-west-1:100000000001:instance/i-1"}"#
        )
        #expect(role.fixes.first?.assumeRole == "100000000001:role/For-ec2-StartInstances")
    }

    @Test("where nothing helps the answer says why (XACC-1)")
    func hopeless() throws {
        let simulator = try Simulator(organization: Self.organization)
        let answer = try simulator.fixes(
            for: #"{"principal":"app:user/ann","action":"sqs:SendMessage","#
                + #""resource":"arn:aws:sqs:eu-west-1:999999999999:q"}"#
        )
        #expect(answer.fixes.isEmpty)
        #expect(
            answer.note
                == "the account 999999999999 is not in the file, so nothing there can be changed"
        )
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
