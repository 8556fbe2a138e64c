import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
import SecurityTokens
import Testing

/// One kind of edit a test, in the words an engineer reads.
@Suite struct FixTests {
    private static let admin =
        #""iam": {"users": {"ida": {"inlinePolicies": {"all": \#(Policies.allowAll)}}}}"#
    private static let bucket = "arn:aws:s3:::lake"

    @Test("a grant that is missing is a small inline policy (EVAL-7)")
    func grantsExactly() throws {
        let world = try SmallWorld(app: #""iam": {"users": {"una": {}}}"#)
        let request = try world.request("app:user/una", "s3:GetObject", Self.bucket + "/k")
        let expected =
            "give the user 'app:user/una' an inline policy 'Allow-s3-GetObject' that allows "
            + "s3:GetObject on 'arn:aws:s3:::lake/k'"
        #expect(world.fixes(request).first == [expected])
    }

    @Test("an inline policy that is too long becomes a managed one (ENT-4)")
    func attachesManagedPolicyWhereInlineIsFull() throws {
        let actions = (0..<43).map { #""s3:AnActionOfALongNameThatFillsThePolicy\#($0)""# }
        let full =
            #"{"Effect": "Allow", "Action": [\#(actions.joined(separator: ","))], "Resource": "*"}"#
        let world = try SmallWorld(
            app: #""iam": {"users": {"una": {"inlinePolicies": {"p": \#(Policies.of(full))}}}}"#
        )
        let fixes = world.fixes(try world.request("app:user/una", "ec2:DescribeInstances"))
        #expect(
            fixes == [
                [
                    "attach to the user 'app:user/una' a managed policy "
                        + "'Allow-ec2-DescribeInstances' that allows ec2:DescribeInstances"
                ]
            ]
        )
    }

    @Test("a list of spared principals grows, and keys the caller can pass come first (SCP-2)")
    func extendsExemptions() throws {
        let deny =
            #"{"Sid": "Europe", "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}, "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Exempt"}}}"#
        let world = try SmallWorld(
            scps: #"{"Regions": \#(Policies.of(deny))}"#,
            root: #""serviceControlPolicies": ["FullAWSAccess", "Regions"]"#,
            app: Self.admin
        )
        let context = ["aws:RequestedRegion": "us-east-1"]
        let request = try world.request("app:user/ida", "ec2:DescribeInstances", "*", context)
        let whose = "the statement 'Europe' of the service control policy 'Regions'"
        #expect(
            world.fixes(request) == [
                ["call with aws:RequestedRegion = eu-west-1, so that \(whose) does not apply"],
                [
                    "add 'arn:aws:iam::222222222222:user/ida' to ArnNotLike aws:PrincipalArn of "
                        + "\(whose), which spares it"
                ],
                ["detach 'Regions' from 'Root'"],
            ]
        )
    }

    @Test("what a statement spares by its elements is widened by one name (ACT-5, RES-8)")
    func extendsNegatedElements() throws {
        let deny =
            #"{"Sid": "Only", "Effect": "Deny", "NotAction": ["iam:*"], "NotResource": ["arn:aws:s3:::own/*"]}"#
        let world = try SmallWorld(
            scps: #"{"Fence": \#(Policies.of(deny))}"#,
            root: #""serviceControlPolicies": ["FullAWSAccess", "Fence"]"#,
            app: Self.admin
        )
        let request = try world.request("app:user/ida", "s3:GetObject", Self.bucket + "/k")
        let whose = "the statement 'Only' of the service control policy 'Fence'"
        let sentences = world.fixes(request).flatMap { $0 }
        #expect(
            sentences.contains(
                "add s3:GetObject to NotAction of \(whose), which spares it for everybody"
            )
        )
        #expect(
            sentences.contains(
                "add 'arn:aws:s3:::lake/k' to NotResource of \(whose), which spares it for everybody"
            )
        )
        #expect(
            sentences.first?.hasPrefix("exempt 'arn:aws:iam::222222222222:user/ida' from") == true
        )
    }

    @Test("two edits of one document become one change (SCP-2)")
    func composesEditsOfOneDocument() throws {
        let denies = ["One", "Two"].map {
            #"{"Sid": "\#($0)", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}"#
        }
        let world = try SmallWorld(
            scps: #"{"Twice": \#(Policies.of(denies[0], denies[1]))}"#,
            root: #""serviceControlPolicies": ["FullAWSAccess", "Twice"]"#,
            app: Self.admin
        )
        let question = Question.request(try world.request("app:user/ida", "s3:ListAllMyBuckets"))
        let fixes = FixSearch(question, on: world.state).result().fixes
        let both = try #require(fixes.first { $0.edits.count == 2 })
        #expect(both.edits.allSatisfy { $0.sentence.hasPrefix("exempt") })
        #expect(both.changes.count == 1)
        #expect(fixes.first?.edits.map(\.sentence) == ["detach 'Twice' from 'Root'"])
    }

    @Test("a silent level gets an SCP for exactly the action (SCP-2, SCP-4)")
    func allowsAtSilentLevel() throws {
        let allow = #"{"Sid": "Ec2", "Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#
        let world = try SmallWorld(
            scps: #"{"Ec2Only": \#(Policies.of(allow))}"#,
            root: #""serviceControlPolicies": ["Ec2Only"]"#,
            app: Self.admin
        )
        let fixes = world.fixes(
            try world.request("app:user/ida", "s3:GetObject", "arn:aws:s3:::b/k")
        )
        #expect(
            fixes == [
                [
                    "attach to 'Root' a service control policy 'Allow-s3-GetObject' that allows "
                        + "s3:GetObject on 'arn:aws:s3:::b/k'"
                ],
                [
                    "add to the service control policy 'Ec2Only' a statement that allows "
                        + "s3:GetObject on 'arn:aws:s3:::b/k'"
                ],
            ]
        )
    }

    @Test("tags of caller and resource are put on where a condition reads them (KEY-11)")
    func tags() throws {
        let allow =
            #"{"Sid": "Team", "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "blue", "aws:ResourceTag/team": "${aws:PrincipalAccount}"}}}"#
        let world = try SmallWorld(
            app: #"""
                "iam": {"users": {"una": {"inlinePolicies": {"p": \#(Policies.of(allow))}}}},
                "resources": {"arn:aws:sqs:eu-west-1:222222222222:q": {"tags": {"team": "red"}}}
                """#
        )
        let queue = "arn:aws:sqs:eu-west-1:222222222222:q"
        let request = try world.request("app:user/una", "sqs:SendMessage", queue)
        let why = "so that the statement 'Team' of 'p' applies"
        #expect(
            world.fixes(request).contains([
                "tag 'arn:aws:iam::222222222222:user/una' with team = blue, \(why)",
                "tag '\(queue)' with team = 222222222222, \(why)",
            ])
        )
    }

    @Test("a boundary gets the statement, one of AWS's own a copy (EVAL-30)")
    func editsBoundaries() throws {
        let only = #"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#
        let boundary = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"
        let world = try SmallWorld(
            app: #"""
                "iam": {
                  "managedPolicies": {"Ec2": \#(Policies.of(only))},
                  "users": {
                    "own": {"inlinePolicies": {"all": \#(Policies.allowAll)}, "permissionsBoundary": "Ec2"},
                    "aws": {"inlinePolicies": {"all": \#(Policies.allowAll)}, "permissionsBoundary": "\#(boundary)"}
                  }
                }
                """#
        )
        let own = world.fixes(try world.request("app:user/own", "s3:ListAllMyBuckets"))
        #expect(
            own == [
                [
                    "add to the permissions boundary 'Ec2' a statement that allows "
                        + "s3:ListAllMyBuckets"
                ]
            ]
        )
        let copy = world.fixes(try world.request("app:user/aws", "s3:ListAllMyBuckets"))
        #expect(
            copy == [
                [
                    "give the user 'app:user/aws' instead of the permissions boundary "
                        + "'\(boundary)' a copy of it, "
                        + "'AmazonSQSReadOnlyAccess-Allow-s3-ListAllMyBuckets', that also allows "
                        + "s3:ListAllMyBuckets"
                ]
            ]
        )
    }

    @Test("across accounts both sides get their statement, a resource not listed is put (XACC-1)")
    func fixesBothSides() throws {
        let world = try SmallWorld(app: #""iam": {"users": {"una": {}}}"#)
        let queue = "arn:aws:sqs:eu-west-1:333333333333:q"
        let fixes = world.fixes(try world.request("app:user/una", "sqs:SendMessage", queue))
        #expect(
            fixes.first == [
                "add to the resource policy of '\(queue)' a statement that allows "
                    + "'arn:aws:iam::222222222222:user/una' sqs:SendMessage on '\(queue)'",
                "give the user 'app:user/una' an inline policy 'Allow-sqs-SendMessage' that allows "
                    + "sqs:SendMessage on '\(queue)'",
            ]
        )
    }

    @Test("where no resource policy can be, a role of the other account is the way (RBP-5)")
    func assumesRolesInstead() throws {
        let world = try SmallWorld(app: #""iam": {"users": {"una": {}}}"#)
        let instance = "arn:aws:ec2:eu-west-1:333333333333:instance/i-1"
        let fixes = world.fixes(try world.request("app:user/una", "ec2:StartInstances", instance))
        #expect(
            fixes == [
                [
                    "create the role 'data:role/For-ec2-StartInstances' that trusts "
                        + "'arn:aws:iam::222222222222:user/una' and allows ec2:StartInstances on "
                        + "'\(instance)'",
                    "give the user 'app:user/una' an inline policy 'Allow-sts-AssumeRole' that "
                        + "allows sts:AssumeRole on "
                        + "'arn:aws:iam::333333333333:role/For-ec2-StartInstances'",
                    "assume the role 'data:role/For-ec2-StartInstances'",
                ]
            ]
        )
    }

    @Test("an owner who is not in the file is said (XACC-1)")
    func saysThatTheOwnerIsUnknown() throws {
        let world = try SmallWorld(app: Self.admin)
        let request = try world.request(
            "app:user/ida",
            "sqs:SendMessage",
            "arn:aws:sqs:eu-west-1:999999999999:q"
        )
        let result = FixSearch(.request(request), on: world.state).result()
        #expect(result.fixes.isEmpty)
        #expect(
            result.note
                == "the account 999999999999 is not in the file, so nothing there can be changed"
        )
    }

    @Test("a key that nobody lets the caller use keeps its default policy (KMS-1, KMS-3)")
    func keepsDefaultKeyPolicy() throws {
        let world = try SmallWorld(app: Self.admin)
        let key = "arn:aws:kms:eu-west-1:333333333333:key/k1"
        let question = Question.request(try world.request("app:user/ida", "kms:Decrypt", key))
        let fixes = FixSearch(question, on: world.state).result().fixes
        let first = try #require(fixes.first)
        #expect(first.changeStep.compact.contains("Enable IAM User Permissions"))
        #expect(
            fixes.contains {
                $0.edits.map(\.sentence) == [
                    "create a grant of Decrypt on '\(key)' for "
                        + "'arn:aws:iam::222222222222:user/ida'"
                ]
            }
        )
    }

    @Test("a trust policy names the role, with all actions that the call asks for (STS-10)")
    func extendsTrustPolicies() throws {
        let world = try SmallWorld(
            app: Self.admin,
            data: #""iam": {"roles": {"Audit": {"trustPolicy": \#(Policies.trustService)}}}"#
        )
        let role = try #require(world.state.organization.account(named: "data")?.role("Audit"))
        var call = TokenRequest.AssumeRole(
            role: role.entity,
            roleARN: role.arn.description,
            roleSessionName: "review"
        )
        call.parameters.tags = Tags([Tags.Tag(key: "team", value: "blue")])
        let caller = try world.request("app:user/ida", "sts:AssumeRole").caller
        let question = Question.call(.assumeRole(call), .init(caller), at: world.instant)
        let fix = try #require(FixSearch(question, on: world.state).result().fixes.first)
        #expect(
            fix.edits.map(\.sentence) == [
                "add to the trust policy of 'data:role/Audit' a statement that allows "
                    + "'arn:aws:iam::222222222222:user/ida' sts:AssumeRole and sts:TagSession"
            ]
        )
        FixChecks.confirm(fix, of: question, on: world.state, "trust")
    }

    @Test("a session is obtained with another session policy (STS-32)")
    func editsSessionPolicies() throws {
        let world = try SmallWorld(app: Self.admin)
        let user = try #require(world.state.organization.account(named: "app")?.user("ida"))
        var request = try world.request("app:user/ida", "s3:ListAllMyBuckets")
        let session = Session(name: "f", issuedAt: world.instant)
        request.caller = .federatedUser(user.entity.account, user: user.entity, session)
        #expect(world.fixes(request) == [["pass a session policy that allows s3:ListAllMyBuckets"]])
    }

    @Test("a permission set's inline policy is edited for its role (IDC-8)")
    func editsPermissionSets() throws {
        let world = try SmallWorld(
            fields: #"""
                , "identityCenter": {
                  "instance": "ssoins-7223aa11bb22cc33", "region": "eu-west-1", "account": "management",
                  "users": {"una": {}}, "permissionSets": {"Dev": {}},
                  "assignments": [{"permissionSet": "Dev", "user": "una", "accounts": ["app"]}]
                }
                """#
        )
        let request = try world.request("sso:una/Dev@app", "ec2:DescribeInstances")
        let question = Question.request(request)
        let fix = try #require(FixSearch(question, on: world.state).result().fixes.first)
        FixChecks.confirm(fix, of: question, on: world.state, "permission set")
        #expect(
            fix.changeStep.compact.hasPrefix(
                #"[{"put":"/identityCenter/permissionSets/Dev/inlinePolicy","value":{"#
            )
        )
    }

    @Test("a person without an assignment is assigned (IDC-2)")
    func assigns() throws {
        let world = try SmallWorld(
            fields: #"""
                , "identityCenter": {
                  "instance": "ssoins-7223aa11bb22cc33", "region": "eu-west-1", "account": "management",
                  "users": {"una": {}}, "permissionSets": {"Dev": {}}, "assignments": []
                }
                """#
        )
        let account = try #require(world.state.organization.account(named: "app")).id
        let signIn = TokenRequest.SignIn(user: "una", permissionSet: "Dev", account: account)
        let question = Question.call(.signIn(signIn), .init(.anonymous), at: world.instant)
        let fix = try #require(FixSearch(question, on: world.state).result().fixes.first)
        FixChecks.confirm(fix, of: question, on: world.state, "sign in")
        #expect(
            fix.edits.map(\.sentence) == [
                "assign the permission set 'Dev' to 'una' in the account 'app'"
            ]
        )
    }

    @Test("a rule of a service is said to be one (STS-20)")
    func saysThatRulesStand() throws {
        let world = try SmallWorld()
        let request = try world.request(
            "app:root",
            "sts:AssumeRole",
            "arn:aws:iam::333333333333:role/R"
        )
        let result = FixSearch(.request(request), on: world.state).result()
        #expect(result.fixes.isEmpty)
        #expect(result.note?.hasPrefix("no policy changes a rule of the service: ") == true)
    }

    @Test("what else a fix opens and closes is asked of the engine (SCP-2)")
    func tellsEffects() throws {
        let deny = #"{"Sid": "No", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}"#
        let world = try SmallWorld(
            scps: #"{"NoS3": \#(Policies.of(deny))}"#,
            root: #""serviceControlPolicies": ["FullAWSAccess", "NoS3"]"#,
            app: Self.admin,
            data: #""iam": {"users": {"dan": {"inlinePolicies": {"all": \#(Policies.allowAll)}}}}"#
        )
        let asked = try ["app:user/ida", "data:user/dan"].map {
            Question.request(try world.request($0, "s3:ListAllMyBuckets"))
        }
        let fixes = FixSearch(asked[0], on: world.state).result().fixes
        let narrow = try #require(fixes.first)
        let wide = try #require(fixes.first { $0.edits[0].sentence.hasPrefix("detach") })
        #expect(FixSearch.effects(of: narrow, on: asked, in: world.state).opened == [0])
        #expect(FixSearch.effects(of: wide, on: asked, in: world.state).opened == [0, 1])
        let stop = try #require(
            GuardrailSearch(
                .request(try world.request("app:user/ida", "ec2:DescribeInstances")),
                on: world.state
            ).result().fixes.first
        )
        let others = try ["app:user/ida", "data:user/dan"].map {
            Question.request(try world.request($0, "ec2:DescribeInstances"))
        }
        #expect(FixSearch.effects(of: stop, on: others, in: world.state).closed == [0])
    }

    @Test("a change without an account reaches Identity Center alone (IDC-12)")
    func refusesOtherPlacesWithoutAccount() throws {
        let world = try SmallWorld()
        let nothing = JSONValue(.object([]), at: .nowhere)
        let refused: [OrganizationChange] = [
            .put(["root", "accounts"], account: nil, value: nothing),
            .put(["identityCenter"], account: nil, value: nothing),
            .put(["identityCenter", "instance"], account: nil, value: nothing),
            .put(["identityCenter", "users", "una"], account: nil, value: nothing),
            .delete(["serviceControlPolicies"], account: nil),
        ]
        for change in refused {
            #expect(throws: ChangeRefusal.self, "\(change.json.compact)") {
                try world.state.applying([change])
            }
        }
    }

    @Test("what a call changes is told as data")
    func tellsCallEditsAsData() throws {
        let allow =
            #"{"Sid": "Home", "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#
        let world = try SmallWorld(
            app: #""iam": {"users": {"una": {"inlinePolicies": {"p": \#(Policies.of(allow))}}}}"#
        )
        let question = Question.request(try world.request("app:user/una", "s3:ListAllMyBuckets"))
        let first = try #require(FixSearch(question, on: world.state).result().fixes.first)
        #expect(first.changes.isEmpty)
        #expect(first.call.json.compact == #"{"context":{"aws:SourceIp":"203.0.113.0"}}"#)
    }
}
