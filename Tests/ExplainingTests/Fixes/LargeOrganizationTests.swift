import Authorization
import Explaining
import Foundation
import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

/// One question on an organization of many roles: the search keeps within its trials.
@Suite struct LargeOrganizationTests {
    @Test("a thousand roles are searched within bounds")
    func searchesThousandRoles() throws {
        let roles = (0..<1_000).map { number in
            #""r\#(number)": {"trustPolicy": \#(Policies.trustService), "inlinePolicies": {"p": \#(Policies.allowAll)}}"#
        }
        let deny = #"{"Sid": "No", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}"#
        let world = try SmallWorld(
            scps: #"{"NoS3": \#(Policies.of(deny))}"#,
            root: #""serviceControlPolicies": ["FullAWSAccess", "NoS3"]"#,
            app: #""iam": {"roles": {\#(roles.joined(separator: ", "))}}"#
        )
        let request = try world.request("app:role/r7", "s3:GetObject", "arn:aws:s3:::elsewhere/k")
        let question = Question.request(request)
        let clock = ContinuousClock()
        let start = clock.now
        let result = FixSearch(question, on: world.state).result()
        let seconds = (clock.now - start) / .seconds(1)
        print("one fix among 1,000 roles: \(Int(seconds * 1_000)) ms")
        let first = try #require(result.fixes.first)
        #expect(first.edits.count == 1)
        FixChecks.confirm(first, of: question, on: world.state, "large")
        // A debug build on a busy machine takes ten times what a release takes.
        #expect(seconds < 60)
    }
}
