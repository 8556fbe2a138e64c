import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

/// Grants let in whom their sentence names and nobody beside him.
@Suite struct PrincipalFixTests {
    private static let admin =
        #""iam": {"users": {"ida": {"inlinePolicies": {"all": \#(Policies.allowAll)}}, "jo": {"inlinePolicies": {"all": \#(Policies.allowAll)}}}}"#
    private static let rootARN = "arn:aws:iam::222222222222:root"
    private static let bucket = "arn:aws:s3:::lake"
    private static let key = "arn:aws:s3:::lake/k"
    private static let endpoint = "arn:aws:ec2:eu-west-1:222222222222:vpc-endpoint/vpce-1"

    /// The sentences of all fixes of the organization, none of which lets a neighbour in.
    private func grants(
        _ world: SmallWorld,
        _ request: Request,
        sparing neighbour: Request
    ) -> [Fix] {
        let question = Question.request(request)
        #expect(Engine(world.state.organization).decide(neighbour).outcome != .allowed)
        return FixSearch(question, on: world.state).result().fixes.filter { fix in
            let sentences = fix.edits.map(\.sentence)
            guard !fix.changes.isEmpty, fix.edits.allSatisfy({ $0.reach <= .shared }),
                let changed = FixChecks.confirm(
                    fix,
                    of: question,
                    on: world.state,
                    sentences.joined()
                )
            else { return false }
            let after = Engine(changed.organization).decide(neighbour).outcome
            #expect(after != .allowed, "\(sentences): \(fix.changeStep.compact)")
            return true
        }
    }

    @Test("a root user of another account is let in without its users (PRIN-3, KEY-5)")
    func letsRootInAlone() throws {
        let world = try SmallWorld(app: Self.admin)
        let fixes = grants(
            world,
            try world.request("app:root", "s3:GetObject", Self.key, [:], owner: "333333333333"),
            sparing: try world.request(
                "app:user/ida",
                "s3:GetObject",
                Self.key,
                [:],
                owner: "333333333333"
            )
        )
        #expect(
            fixes.first?.edits.map(\.sentence) == [
                "add to the resource policy of 'arn:aws:s3:::lake' a statement that allows the "
                    + "root user '\(Self.rootARN)' s3:GetObject on '\(Self.key)'"
            ]
        )
        let text = fixes.first?.changeStep.compact ?? ""
        #expect(
            text.contains(
                #""Condition":{"ArnEquals":{"aws:PrincipalArn":"\#(Self.rootARN)"}}"#
            )
        )
    }

    @Test("public statements are narrowed to a root user, not to his account (S3-3, KEY-5)")
    func narrowsToRootAlone() throws {
        let open =
            #"{"Sid": "Open", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "\#(Self.bucket)/*"}"#
        let world = try SmallWorld(
            app: Self.admin,
            data: #"""
                "resources": {"\#(Self.bucket)": {
                  "blockPublicAccess": {"restrictPublicBuckets": true},
                  "policy": \#(Policies.of(open))
                }}
                """#
        )
        let fixes = grants(
            world,
            try world.request("app:root", "s3:GetObject", Self.key),
            sparing: try world.request("app:user/ida", "s3:GetObject", Self.key)
        )
        #expect(
            fixes.map { $0.edits.map(\.sentence) }.contains([
                "narrow the public statements of the resource policy of 'arn:aws:s3:::lake' to "
                    + "the root user '\(Self.rootARN)'"
            ])
        )
    }

    private static func endpointWorld(_ type: String) throws -> SmallWorld {
        let other =
            #"{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "arn:aws:s3:::other"}"#
        let open =
            #"{"Sid": "Open", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "\#(bucket)/*"}"#
        return try SmallWorld(
            app: admin + #"""
                , "resources": {
                  "\#(endpoint)": {
                    "vpc": "vpc-1", "vpcEndpointType": "\#(type)", "policy": \#(Policies.of(other))
                  },
                  "\#(bucket)": {"policy": \#(Policies.of(open))}
                }
                """#
        )
    }

    private static func through(_ request: Request) -> Request {
        var request = request
        request.endpoint = ARN(endpoint)
        return request
    }

    @Test("a gateway endpoint's policy names everybody, and the caller by a condition (VPCE-2)")
    func narrowsGatewayEndpointsByCondition() throws {
        let world = try Self.endpointWorld("Gateway")
        for principal in ["app:user/ida", "app:root"] {
            let fixes = grants(
                world,
                Self.through(try world.request(principal, "s3:GetObject", Self.key)),
                sparing: Self.through(try world.request("app:user/jo", "s3:GetObject", Self.key))
            )
            let arn = "arn:aws:iam::222222222222:\(principal.dropFirst("app:".count))"
            let text = fixes.first?.changeStep.compact ?? ""
            #expect(
                text.contains(
                    #""Principal":"*","Action":"s3:GetObject","Resource":"\#(Self.key)","#
                        + #""Condition":{"ArnEquals":{"aws:PrincipalArn":"\#(arn)"}}"#
                ),
                "\(text)"
            )
            #expect(fixes.first?.edits.first?.sentence.contains("'\(arn)' s3:GetObject") == true)
        }
    }

    @Test("an endpoint's policy holds the condition that the sentence tells (VPCE-2)")
    func writesConditionsOfEndpointGrants() throws {
        for type in ["Gateway", "Interface"] {
            let world = try Self.endpointWorld(type)
            let request = Self.through(try world.request("anonymous", "s3:GetObject", Self.key))
            let fix = try #require(
                FixSearch(.request(request), on: world.state).result().fixes.first
            )
            #expect(
                fix.edits.map(\.sentence) == [
                    "add to the endpoint policy of '\(Self.endpoint)' a statement that allows "
                        + "everybody with aws:SourceVpce = vpce-1 s3:GetObject on '\(Self.key)'"
                ]
            )
            let text = fix.changeStep.compact
            #expect(
                text.contains(#""Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}"#),
                "\(text)"
            )
        }
    }
}
