import Authorization
import Explaining
import Testing

@Suite("How a session came to be")
struct HopTests {
    private static let first =
        #"{"principal": "prod:user/ann", "action": "s3:ListAllMyBuckets"}"#

    @Test("long-term keys and a role used directly have no hops")
    func none() throws {
        let world = try ExplainedWorld()
        #expect(try world.explanation(Self.first).hops.isEmpty)
        let role = #"{"principal": "prod:role/Admin", "action": "s3:ListAllMyBuckets"}"#
        #expect(try world.explanation(role).hops.isEmpty)
    }

    @Test("every role of a chain is told with what its session carries (STS-9, STS-12, STS-14)")
    func chain() throws {
        let world = try ExplainedWorld()
        var request = try world.request(
            #"{"principal": "prod:role/Admin", "session": {"assumeRole": {"role": "prod:role/Admin", "roleSessionName": "one", "sourceIdentity": "ann", "tags": {"team": "data"}, "transitiveTagKeys": ["team"]}}, "action": "s3:ListAllMyBuckets"}"#
        )
        // The same role once more, by the session it has become.
        let session = try #require(request.caller.session)
        guard case .role(let entity, _) = request.caller else {
            Issue.record("a role was assumed")
            return
        }
        let next = Session(
            name: "two",
            issuedAt: session.issuedAt,
            tags: session.tags,
            transitiveTagKeys: session.transitiveTagKeys,
            sourceIdentity: session.sourceIdentity,
            origin: .call("sts:AssumeRole", by: request.caller)
        )
        request.caller = .role(entity, next)
        let explanation = Explanation(of: request, by: world.engine)
        #expect(explanation.hops.map(\.call) == [nil, "sts:AssumeRole", "sts:AssumeRole"])
        #expect(explanation.hops.map(\.session?.name) == [nil, "one", "two"])
        let text = world.text(explanation)
        #expect(
            text.hasSuffix(
                """
                session: prod:role/Admin
                  → sts:AssumeRole as prod:role/Admin, session one, tag team=data (transitive),
                    source identity ann, without MFA, until 2026-01-01T01:00:00Z
                  → sts:AssumeRole as prod:role/Admin, session two, tag team=data (transitive),
                    source identity ann, without MFA

                """
            ),
            "\(text)"
        )
    }

    @Test("a person of Identity Center stands at the beginning (IDC-2, IDC-11)")
    func person() throws {
        let world = try ExplainedWorld(
            #"""
            {
              "organization": { "id": "o-acme123456", "managementAccount": "management" },
              "root": { "accounts": {
                "management": { "id": "111111111111" }, "prod": { "id": "222222222222" } } },
              "identityCenter": {
                "instance": "ssoins-7223aa11bb22cc33", "region": "eu-west-1", "account": "management",
                "users": { "alice": { "attributes": { "costCenter": "1234" } } }, "groups": {},
                "permissionSets": { "Developer": { "inlinePolicy": { "Version": "2012-10-17",
                  "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } } } },
                "assignments": [ { "permissionSet": "Developer", "user": "alice", "accounts": ["prod"] } ],
                "attributesForAccessControl": { "CostCenter": "${user:costCenter}" }
              }
            }
            """#
        )
        let explanation = try world.explanation(
            #"{"principal": "sso:alice/Developer@prod", "action": "s3:ListAllMyBuckets"}"#
        )
        #expect(explanation.hops.first?.name == "Identity Center user alice")
        let last = try #require(explanation.hops.last)
        #expect(last.permissionSet == "Developer")
        #expect(last.name.hasPrefix("prod:role/AWSReservedSSO_Developer_"))
        let text = world.text(explanation)
        let story = text.split(separator: "session: ").last.map {
            $0.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
        }
        #expect(
            story == """
                Identity Center user alice → signs in with the permission set Developer as \
                \(last.name), session alice, tag CostCenter=1234
                """
        )
    }
}
