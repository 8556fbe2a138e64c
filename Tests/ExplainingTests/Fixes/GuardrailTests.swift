import Authorization
import Explaining
import OrganizationModel
import Testing

/// Guardrails against one request, by who makes it.
@Suite struct GuardrailTests {
    @Test("a user is stopped in his own policies, by SCP and RCP, and at the resource (EVAL-3)")
    func stopsUsers() throws {
        let world = try SmallWorld(
            app: #""iam": {"users": {"ida": {"inlinePolicies": {"all": \#(Policies.allowAll)}}}}"#
        )
        let key = "arn:aws:s3:::lake/k"
        let arn = "arn:aws:iam::222222222222:user/ida"
        #expect(
            world.guardrails(try world.request("app:user/ida", "s3:GetObject", key)) == [
                "give the user 'app:user/ida' an inline policy 'Deny-s3-GetObject' that denies "
                    + "s3:GetObject on '\(key)'",
                "add to the resource policy of 'arn:aws:s3:::lake' a statement that denies "
                    + "'\(arn)' s3:GetObject on '\(key)'",
                "attach to 'app' a service control policy 'Deny-s3-GetObject' that denies '\(arn)' "
                    + "s3:GetObject on '\(key)'",
                "attach to 'app' a resource control policy 'Deny-s3-GetObject' that denies '\(arn)' "
                    + "s3:GetObject on '\(key)'",
                "remove the statement 'All' of the inline policy 'all' of the user 'app:user/ida'",
            ]
        )
    }

    @Test("the management account is beyond SCPs (ROOT-8)")
    func stopsManagement() throws {
        let world = try SmallWorld()
        let request = try world.request("management:root", "s3:GetObject", "arn:aws:s3:::b/k")
        #expect(
            world.guardrails(request) == [
                "add to the resource policy of 'arn:aws:s3:::b' a statement that denies "
                    + "'arn:aws:iam::111111111111:root' s3:GetObject on 'arn:aws:s3:::b/k'"
            ]
        )
    }

    @Test("anonymous callers are stopped without shutting out others (PRIN-5)")
    func stopsAnonymousCallers() throws {
        let open =
            #"{"Sid": "Open", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}"#
        let world = try SmallWorld(
            data: #""resources": {"arn:aws:s3:::site": {"policy": \#(Policies.of(open))}}"#
        )
        let request = try world.request("anonymous", "s3:GetObject", "arn:aws:s3:::site/k")
        #expect(
            world.guardrails(request) == [
                "add to the resource policy of 'arn:aws:s3:::site' a statement that denies "
                    + "anonymous callers s3:GetObject on 'arn:aws:s3:::site/k'",
                "attach to 'data' a resource control policy 'Deny-s3-GetObject' that denies "
                    + "'Anonymous' s3:GetObject on 'arn:aws:s3:::site/k'",
                "remove the statement 'Open' of the resource policy of 'arn:aws:s3:::site'",
            ]
        )
    }

    @Test("what no policy decides has no guardrail, and that is said (STS-31)")
    func saysThatNothingStopsIt() throws {
        let world = try SmallWorld(app: #""iam": {"users": {"una": {}}}"#)
        let request = try world.request("app:user/una", "sts:GetCallerIdentity")
        let result = GuardrailSearch(.request(request), on: world.state).result()
        #expect(result.fixes.isEmpty)
        #expect(result.note == "no policy stops the request: GetCallerIdentity needs no permission")
    }
}
