import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
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
                    + "the root user 'arn:aws:iam::111111111111:root' s3:GetObject on "
                    + "'arn:aws:s3:::b/k'"
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

    /// The guardrails that deny, none of which may change what a neighbour is told.
    private func denials(
        _ world: SmallWorld,
        _ request: Request,
        sparing neighbour: Request
    ) -> [String] {
        let question = Question.request(request)
        let before = Engine(world.state.organization).decide(neighbour).outcome
        #expect(before == .allowed)
        var found: [String] = []
        for fix in GuardrailSearch(question, on: world.state).result().fixes {
            let sentence = fix.edits.map(\.sentence).joined(separator: "; ")
            let denials: Set<Decision.Outcome> = [.explicitDeny]
            guard sentence.contains(" denies "),
                let changed = FixChecks.confirm(
                    fix,
                    of: question,
                    on: world.state,
                    wanted: denials,
                    sentence
                )
            else { continue }
            let after = Engine(changed.organization).decide(neighbour).outcome
            #expect(after == .allowed, "\(sentence): \(fix.changeStep.compact)")
            found.append(sentence)
        }
        return found
    }

    @Test("a root user is stopped without his account (NOTP-4, KEY-5)")
    func stopsRootAlone() throws {
        let world = try SmallWorld(
            app: #""iam": {"users": {"ida": {"inlinePolicies": {"all": \#(Policies.allowAll)}}}}"#
        )
        let key = "arn:aws:s3:::lake/k"
        let found = denials(
            world,
            try world.request("app:root", "s3:GetObject", key),
            sparing: try world.request("app:user/ida", "s3:GetObject", key)
        )
        #expect(
            found.first
                == "add to the resource policy of 'arn:aws:s3:::lake' a statement that denies the "
                + "root user 'arn:aws:iam::222222222222:root' s3:GetObject on '\(key)'"
        )
        #expect(found.count == 3)
    }

    @Test("a service is stopped for one account alone (KEY-3)")
    func stopsServicesOfOneSource() throws {
        let name = "cloudtrail.amazonaws.com"
        let open =
            #"{"Sid": "Trail", "Effect": "Allow", "Principal": {"Service": "\#(name)"}, "Action": "s3:PutObject", "Resource": "*"}"#
        let world = try SmallWorld(
            data: #""resources": {"arn:aws:s3:::logs": {"policy": \#(Policies.of(open))}}"#
        )
        var request = try world.request("anonymous", "s3:PutObject", "arn:aws:s3:::logs/k")
        var neighbour = request
        request.caller = .service(
            ServiceCaller(name: name, sourceAccount: AccountID("222222222222"))
        )
        neighbour.caller = .service(
            ServiceCaller(name: name, sourceAccount: AccountID("333333333333"))
        )
        let whose = "'\(name)' with aws:SourceAccount = 222222222222 s3:PutObject on "
        #expect(
            denials(world, request, sparing: neighbour) == [
                "add to the resource policy of 'arn:aws:s3:::logs' a statement that denies "
                    + "\(whose)'arn:aws:s3:::logs/k'",
                "attach to 'data' a resource control policy 'Deny-s3-PutObject' that denies "
                    + "\(whose)'arn:aws:s3:::logs/k'",
            ]
        )
    }

    @Test("of a provider's people one is stopped, not all (PRIN-12, KEY-8)")
    func stopsOneSubject() throws {
        let host = "token.actions.githubusercontent.com"
        let provider = "arn:aws:iam::333333333333:oidc-provider/\(host)"
        let trust =
            #"{"Sid": "CI", "Effect": "Allow", "Principal": {"Federated": "\#(provider)"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"\#(host):aud": "sts.amazonaws.com"}, "StringLike": {"\#(host):sub": "repo:acme/*"}}}"#
        let world = try SmallWorld(
            data: #"""
                "iam": {
                  "oidcProviders": {"\#(host)": {"audiences": ["sts.amazonaws.com"]}},
                  "roles": {"CI": {"trustPolicy": \#(Policies.of(trust))}}
                }
                """#
        )
        func request(_ subject: String) throws -> Request {
            var request = try world.request(
                "anonymous",
                "sts:AssumeRoleWithWebIdentity",
                "arn:aws:iam::333333333333:role/CI"
            )
            request.caller = .federation(
                provider: provider,
                keys: [
                    Session.Key(ConditionKey("\(host):aud"), .single("sts.amazonaws.com")),
                    Session.Key(ConditionKey("\(host):sub"), .single(subject)),
                ]
            )
            return request
        }
        let found = denials(
            world,
            try request("repo:acme/app"),
            sparing: try request("repo:acme/other")
        )
        #expect(
            found.first
                == "add to the trust policy of 'data:role/CI' a statement that denies "
                + "'\(provider)' with \(host):aud = sts.amazonaws.com and \(host):sub = "
                + "repo:acme/app sts:AssumeRoleWithWebIdentity on "
                + "'arn:aws:iam::333333333333:role/CI'"
        )
    }
}
