import Authorization
import Explaining
import Testing

@Suite("Near misses")
struct NearMissTests {
    /// An account outside every organization with one user and his policy.
    private func world(_ statements: String) throws -> ExplainedWorld {
        try ExplainedWorld(
            #"""
            {"externalAccounts": {"app": {"id": "111122223333", "iam": {"users": {"ann": {
              "inlinePolicies": {"p": {"Version": "2012-10-17", "Statement": [\#(statements)]}}}}}}}}
            """#
        )
    }

    private static let request =
        #"{"principal": "app:user/ann", "action": "s3:GetObject", "resource": "arn:aws:s3:::data/x", "context": {"aws:SourceIp": "192.0.2.1"}}"#

    private func statement(
        _ sid: String,
        _ action: String = "s3:GetObject",
        _ resource: String = "arn:aws:s3:::data/*",
        condition: String = "{}",
        effect: String = "Allow"
    ) -> String {
        #"{"Sid": "\#(sid)", "Effect": "\#(effect)", "Action": "\#(action)", "Resource": "\#(resource)", "Condition": \#(condition)}"#
    }

    private func labels(_ statements: [String]) throws -> [String] {
        let world = try world(statements.joined(separator: ","))
        return try world.explanation(Self.request).nearMisses.map(\.statement.label)
    }

    private let elsewhere = #"{"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}"#

    @Test("a condition is nearer than a resource, that than an action, and fewer are nearer")
    func order() throws {
        let statements = [
            statement("Both", "s3:GetObject", "arn:aws:s3:::other/*", condition: elsewhere),
            statement("Action", "s3:PutObject"),
            statement("Resource", "s3:GetObject", "arn:aws:s3:::other/*"),
            statement("Condition", condition: elsewhere),
        ]
        #expect(try labels(statements) == ["Condition", "Resource", "Action"])
    }

    @Test("an action with a similar name is nearer, and other services tell nothing")
    func actions() throws {
        let statements = [
            statement("Foreign", "sqs:GetObject"), statement("Far", "s3:ListBucket"),
            statement("Near", "s3:GetObjectAcl"),
        ]
        #expect(try labels(statements) == ["Near", "Far"])
        #expect(try labels([statement("Foreign", "sqs:GetObject")]) == ["Foreign"])
    }

    @Test("a Deny is never near, equal ones stay in the order of the file")
    func ties() throws {
        let statements = [
            statement("No", effect: "Deny"), statement("First", "s3:PutObject"),
            statement("Second", "s3:PutObject"),
        ].dropFirst()
        #expect(try labels(Array(statements)) == ["First", "Second"])
        let denied = [statement("No", condition: elsewhere, effect: "Deny")]
        #expect(try labels(denied).isEmpty)
    }

    @Test("there are at most three of them")
    func few() throws {
        let many = (0..<10).map { statement("S\($0)", "s3:PutObject") }
        #expect(try labels(many) == ["S0", "S1", "S2"])
    }

    @Test("for an SCP the level that lacks the Allow is told, with what is attached there (SCP-2)")
    func level() throws {
        let explanation = try ExplainedWorld().explanation(
            #"{"principal": "play:role/Dev", "action": "sqs:SendMessage", "resource": "arn:aws:sqs:eu-west-1:444444444444:q"}"#
        )
        let layer = try #require(explanation.layers.first { $0.mark == .blocks })
        #expect(layer.policyType == .serviceControlPolicy)
        #expect(layer.target == "Root/Sandbox")
        #expect(layer.policies == ["StorageOnly"])
        #expect(layer.nearMisses.map(\.statement.label) == ["Storage"])
    }
}
