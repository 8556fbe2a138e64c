import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

/// What is read in one pass, because there is nothing to say about it, is what a careful look finds.
///
/// A value that is built is always read with care: so each organization is loaded from its tape, and
/// once more from values that stand on none.
@Suite struct PlainReadingTests {
    fileprivate static let trust =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}]}"#
    private static let inline =
        #"{"Version":"2012-10-17","Statement":[{"Sid":"One","Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#

    /// An organization with three roles of one account, the second one given, and one of another.
    private func text(role: String, resources: String = "") -> String {
        let plain = #"{"trustPolicy":\#(Self.trust),"path":"/team/","tags":{"team":"a b"}}"#
        return #"""
            {"organization":{"managementAccount":"m"},"root":{"accounts":{
              "m":{"id":"111122223333","tags":{"team":"a!b","Team":"2"},"iam":{
                "managedPolicies":{"Own":\#(Self.inline),"Other":\#(Self.inline)},
                "roles":{"First":\#(plain),"Second":\#(role),"Third":\#(plain)}}},
              "n":{"id":"222222222222","iam":{"roles":{"Fourth":\#(role)}},
                "resources":{\#(resources)}}}}}
            """#
    }

    /// All that a load finds, in words.
    private func found(_ value: JSONValue) -> [String] {
        let parsed = OrganizationLoader.load(value)
        let diagnostics = parsed.diagnostics.map { problem in
            "\(problem.severity) \(problem.code) \(problem.message) \(problem.span)"
                + " \(problem.help ?? "") \(problem.notes)"
        }
        let roles = parsed.value?.accounts.flatMap(\.roles) ?? []
        let resources = parsed.value?.accounts.flatMap(\.resources) ?? []
        let accounts = parsed.value?.accounts.map { "\($0.name) \($0.tags)" } ?? ["nothing"]
        return diagnostics + accounts
            + resources.map { resource in
                "\(resource.arn) \(resource.tags) \(resource.blockPublicAccess) "
                    + "\(resource.grants.count) \(resource.vpc ?? "-") \(resource.region ?? "-") "
                    + "\(resource.isGatewayEndpoint) \(resource.policy?.writtenAt ?? -1) "
                    + "\(String(describing: resource.policy?.document.span)) "
                    + "\(String(describing: resource.policy?.document.statements))"
            }
            + roles.map { role in
                let policies =
                    [role.trustPolicy] + role.identityPolicies
                    + (role.permissionsBoundary.map { [$0] } ?? [])
                return "\(role.name) \(role.arn) \(role.uniqueID) \(role.maxSessionDuration) "
                    + "\(role.tags) \(role.isServiceLinked) \(String(describing: role.lastUsed)) "
                    + policies.map { policy in
                        "\(policy.name ?? "-") \(policy.arn ?? "-") \(policy.document.span) "
                            + "\(policy.document.size) \(policy.document.statements)"
                    }.joined()
            }
    }

    private func expectAgreement(resources: String) throws {
        try expectAgreement(role: #"{"trustPolicy":\#(Self.trust)}"#, resources: resources)
    }

    private func expectAgreement(role: String, resources: String = "") throws {
        let bytes = Array(text(role: role, resources: resources).utf8)
        let quick = JSONParser.parse(bytes, file: 0)
        let careful = JSONParser.parseCarefully(bytes, file: 0)
        #expect(quick.diagnostics == careful.diagnostics)
        let one = found(try #require(quick.value))
        #expect(one == found(try #require(careful.value)), "\(role) \(resources)")
        #expect(one == found(try #require(quick.value).heldApart), "\(role) \(resources)")
    }

    @Test(
        "a resource is the same however it is read, whatever it is and with any value in any member",
        arguments: [
            "arn:aws:s3:::b", "arn:aws:s3:::b/k", "arn:aws:s3:eu-west-1::b", "arn:aws:s3:::b*",
            "arn:aws:s3:eu-west-1:222222222222:accesspoint/a", "arn:aws:s9:::b",
            "arn:aws:sqs:eu-west-1:222222222222:q", "arn:aws:sqs:eu-west-1:111122223333:q",
            "arn:aws:sqs:eu-west-9:222222222222:q", "arn:aws:sqs:eu-west-1:22222222222:q",
            "arn:aws:sqs:eu-west-1:aws:q", "arn:awz:sqs:eu-west-1:222222222222:q",
            "arn:aws:sqs:eu-west-1:222222222222:", "arn:aws:SQS:eu-west-1:222222222222:q",
            "arn:aws:kms:eu-west-1:222222222222:key/k",
            "arn:aws:kms:eu-west-1:222222222222:alias/a",
            "arn:aws:iam::222222222222:role/R", "arn:aws:sts::222222222222:assumed-role/R/s",
            "arn:aws:ec2:eu-west-1:222222222222:vpc-endpoint/vpce-1",
            "arn:aws:organizations::222222222222:account/o-x/222222222222",
            "arn:aws:logs:eu-west-1:222222222222:log-group:g:*",
            "arn:aws:secretsmanager:eu-west-1:222222222222:secret:s",
            "name", "arn:aws:sns:eu-west-1:222222222222:\\u0061",
            "arn:aws:sns:eu-west-1:222222222222:é",
        ]
    )
    func resourcesAgree(key: String) throws {
        func policy(_ parts: String) -> String {
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",\#(parts)}]}"#
        }
        let long = String(repeating: "x", count: 20_480)
        let values = [
            "null", "1", "{}", #"{"a":"b"}"#, #"{"a":1}"#, #""arn:aws:s3:::c""#, #""Gateway""#,
            #""vpc-1""#,
            #""eu-west-1""#, #"{"blockPublicPolicy":true}"#,
            policy(#""Action":"s3:*","Resource":"*""#),
            policy(#""Action":"s3:*""#),
            policy(#""Action":"s3:*","Resource":"arn:aws:s3:::\#(long)""#),
            policy(#""Action":"s3","Resource":"bucket""#), #"{"Statement":[]}"#,
        ]
        for member in [
            "policy", "tags", "arn", "grants", "blockPublicAccess", "vpc", "region", "x",
        ] {
            for value in values {
                let one = #"{"\#(member)":\#(value),"\#(member == "tags" ? "policy" : "tags")":{}}"#
                try expectAgreement(resources: #""\#(key)":\#(one)"#)
            }
        }
        for value in values { try expectAgreement(resources: #""\#(key)":\#(value)"#) }
        // What is listed twice, and what several resources have.
        let twice =
            #""\#(key)":{},"other":{"arn":"\#(key)"},"arn:aws:sqs:eu-west-1:222222222222:q":{}"#
        if key != "arn:aws:sqs:eu-west-1:222222222222:q" { try expectAgreement(resources: twice) }
    }

    /// What may stand in a member, sound and odd and wrong.
    private static let values: [String] = [
        "null", "1", "3600", "43200", "43201", "3600.0", "-1", "1e4", "99999999999999999999",
        "true",
        #""""#, #""/""#, #""//""#, #""/team/""#, #""/te am/""#, #""team/""#, #""/t\u0065am/""#,
        #""/aws-service-role/x.amazonaws.com/""#, #""Own""#, #""Owm""#, #""\u004fwn""#,
        #""arn:aws:iam::111122223333:policy/Own""#, #""arn:aws:iam::aws:policy/ReadOnlyAccess""#,
        #""arn:aws:iam::aws:policy/ReadOnlyAcces""#, #""arn:""#, #""ReadOnlyAccess""#,
        "[]", #"["Own"]"#, #"["Own","Other"]"#, #"["Own","Own"]"#, #"["Own","\u004fwn"]"#,
        #"["Own",1]"#, #"["arn:aws:iam::aws:policy/ReadOnlyAccess","Own"]"#,
        #"["arn:aws:iam::aws:policy/ReadOnlyAccess","arn:aws:iam::aws:policy/ReadOnlyAccess"]"#,
        #"["arn:aws:iam::222222222222:policy/Own"]"#,
        "[" + (0..<30).map { "\"p\($0)\"" }.joined(separator: ",") + "]",
        "{}", #"{"a":"b"}"#, #"{"team":"a b","role":"x"}"#, #"{"team":"a!b","Team":"2"}"#,
        #"{"team":"1","Team":"2"}"#, #"{"a b":"ü"}"#, #"{"ü":"a"}"#, #"{"\u0061":"b"}"#,
        #"{"":"b"}"#,
        #"{"a":"\#(String(repeating: "x", count: 257))"}"#, #"{"a":"!"}"#, #"{"@":"1","`":"2"}"#,
        #"{"\#(String(repeating: "k", count: 129))":"b"}"#, #"{"a":1}"#,
        "{" + (0..<51).map { #""k\#($0)":"v""# }.joined(separator: ",") + "}",
        trust, inline, #"{"p":\#(inline)}"#, #"{"p":\#(inline),"q":\#(inline)}"#,
        #"{"p q":\#(inline)}"#,
        #"{"p":\#(trust)}"#, #"{"p":{"Statement":[]}}"#, #"{"":\#(inline)}"#,
        #"{"p":{"Statement":[{"Sid":"\#(String(repeating: "S", count: 10_300))","Effect":"Deny","Action":"*","Resource":"*"}]}}"#,
        #"{"Statement":[]}"#,
        #"{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:\#(String(repeating: "A", count: 4_200))"}}"#,
    ]

    @Test(
        "a role is the same however it is read, with any value in any member",
        arguments: [
            "path", "trustPolicy", "managedPolicies", "inlinePolicies", "permissionsBoundary",
            "maxSessionDuration", "tags", "serviceLinked", "lastUsed", "colour", "p\\u0061th",
        ]
    )
    func rolesAgree(member: String) throws {
        for value in Self.values {
            let trust = member == "trustPolicy" ? "" : #""trustPolicy":\#(Self.trust),"#
            try expectAgreement(role: #"{\#(trust)"\#(member)":\#(value)}"#)
            try expectAgreement(
                role:
                    #"{"\#(member)":\#(value),\#(trust)"inlinePolicies ":1,"tags":{"team":"a b"}}"#
            )
        }
    }

    @Test("what is no role, or a role without its trust policy, is the same however it is read")
    func othersAgree() throws {
        for role in Self.values { try expectAgreement(role: role) }
    }

    /// Elements of statements, sound and odd and wrong.
    private static let statements: [String] = [
        #""Effect":"Allow","Action":"s3:*","Resource":"*""#,
        #""Effect":"Allow","Action":"sts:AssumeRole","Principal":"*""#,
        #""Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":["111122223333","x"]}"#,
        #""Effect":"Allow","Action":"sts:AssumeRole","NotPrincipal":"*""#,
        #""Effect":"Deny","NotAction":"sts:AssumeRole","Principal":"*""#,
        #""Effect":"Deny","NotAction":["iam:*"],"NotResource":"*""#,
        #""Effect":"Deny","NotAction":"s3:*","Action":"s3:*","Resource":"*""#,
        #""Effect":"Deny","Action":"s3:*","Resource":"*","NotResource":"*""#,
        #""Effect":"Deny","Action":"s3:*","Resource":"*","Principal":"*""#,
        #""Effect":"deny","Action":"s3:*","Resource":"*""#,
        #""Effect":"\u0041llow","Action":"s3:*","Resource":"*""#,
        #""Effect":"Allow","Action":[],"Resource":[]"#, #""Effect":"Allow","Resource":"*""#,
        #""Effect":"Allow","Action":"s3","Resource":"bucket","Condition":1"#,
        #""Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{}"#,
        #""Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEqual":{"aws:x":"1"}}"#,
        #""Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"${aws:x}"}}"#,
        #""Sid":"a b","Effect":"Allow","Action":"s3:*","Resource":"*""#,
        #""Sid":1,"Effect":"Allow","Action":"s3:*","Resource":"*""#,
        #""Sid":"","Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::${aws:username}""#,
        #""Effect":"Allow","Action":"s3:*","Resource":"*","Colour":"red""#, #""Action":"s3:*""#,
    ]

    /// Whom a trust policy may trust, sound and odd and wrong.
    private static let principals: [String] = [
        #"{"AWS":"arn:aws:iam::111122223333:root"}"#, #"{"AWS":"arn:aws:iam::111122223333:roots"}"#,
        #"{"AWS":"arn:aws:iam::111122223333:root/"}"#, #"{"AWS":"arn:aws:iam::11112222333:root"}"#,
        #"{"AWS":["arn:aws:iam::111122223333:role/First","arn:aws:iam::111122223333:role/a/b:c"]}"#,
        #"{"AWS":["arn:aws:iam::111122223333:role/First","111122223333","*"]}"#,
        #"{"AWS":"arn:aws:iam::111122223333:role/"}"#,
        #"{"AWS":"arn:aws:iam::111122223333:role/a/"}"#,
        #"{"AWS":"arn:aws:iam::111122223333:role/*"}"#,
        #"{"AWS":"arn:aws:iam::111122223333:role/a?"}"#,
        #"{"AWS":"arn:aws:iam::111122223333:user/U"}"#,
        #"{"AWS":"arn:aws:iam::111122223333:group/G"}"#,
        #"{"AWS":"arn:aws:iam:eu-west-1:111122223333:role/a"}"#,
        #"{"AWS":"arn:aws-cn:iam::111122223333:role/a"}"#,
        #"{"AWS":"arn:aws:iam::11112222333é:root"}"#,
        #"{"AWS":"arn:aws:iam::111122223333:r\u006fot"}"#, #"{"AWS":"AROAEXAMPLE"}"#,
        #"{"Service":"ec2.amazonaws.com"}"#,
        #"{"Service":["ec2.amazonaws.com","s3.amazonaws.com"]}"#,
        #"{"Service":"EC2.amazonaws.com"}"#, #"{"Service":"ec2"}"#, #"{"Service":"."}"#,
        #"{"Service":""}"#, #"{"Service":["ec2.amazonaws.com",1]}"#, #"{"Service":[]}"#,
        #"{"AWS":"111122223333","Service":"ec2.amazonaws.com"}"#, #"{"\u0041WS":"111122223333"}"#,
        #"{"aws":"111122223333"}"#, #"{"AWS":null}"#, #"{"AWS":{}}"#, "{}", "[]", "null", #""x""#,
    ]

    @Test("a principal is the same however it is read (PRIN-3)")
    func principalsAgree() throws {
        for principal in Self.principals {
            let statement =
                #"{"Effect":"Allow","Principal":\#(principal),"Action":"sts:AssumeRole"}"#
            let trust = #"{"Version":"2012-10-17","Statement":[\#(statement),\#(statement)]}"#
            try expectAgreement(role: #"{"trustPolicy":\#(trust)}"#)
        }
    }

    @Test("a resource pattern is the same however it is read, in a policy of any kind (RES-5)")
    func patternsAgree() throws {
        let patterns = [
            #""*""#, #""**""#, #""arn:aws:s3:::b/*""#, #""arn:aws:s3""#, #""arn:""#, #""arn""#,
            #""bucket""#, #""""#, #"["arn:aws:s3:::a","arn:aws:s3:::b"]"#, #"["*","bucket"]"#,
            #"["arn:aws:s3:::a",1]"#, "[]", #""arn:aws:s3:::${aws:username}/*""#,
            #""arn:aws:s3:::\u0062""#, #""arn:aws:s3:::ü""#, "{}", "null",
        ]
        for pattern in patterns {
            for key in ["Resource", "NotResource"] {
                let parts = #""Effect":"Deny","Action":"s3:*","\#(key)":\#(pattern)"#
                let identity = #"{"Version":"2012-10-17","Statement":[{\#(parts)}]}"#
                let resource =
                    #"{"Version":"2012-10-17","Statement":[{\#(parts),"Principal":"*"}]}"#
                try expectAgreement(
                    role: #"{"trustPolicy":\#(Self.trust),"inlinePolicies":{"p":\#(identity)}}"#
                )
                try expectAgreement(resources: #""arn:aws:s3:::b":{"policy":\#(resource)}"#)
            }
        }
    }

    @Test("a statement is the same however it is read, under any grammar and version")
    func statementsAgree() throws {
        for statement in Self.statements {
            for version in [
                #""Version":"2012-10-17","#, #""Version":"2008-10-17","#, "", #""Version":null,"#,
            ] {
                for twice in ["{\(statement)}", "[{\(statement)},{\(statement)}]"] {
                    let document = #"{\#(version)"Statement":\#(twice)}"#
                    try expectAgreement(role: #"{"trustPolicy":\#(document)}"#)
                    try expectAgreement(
                        role: #"{"trustPolicy":\#(Self.trust),"inlinePolicies":{"p":\#(document)}}"#
                    )
                }
            }
        }
    }
}

/// What is kept of one text is found for that text alone: whoever asks for A, B and A again gets
/// what is theirs, however little A and B differ.
@Suite struct KeptReadingTests {
    private static let trust = PlainReadingTests.trust

    @Test("tags are read anew for whoever has other rules for the same words")
    func tellsRulesApart() throws {
        let tags = #"{"a!":"b","A!":"c"}"#
        for order in [[0, 1, 0], [1, 0, 1]] {
            let accounts = order.enumerated().map { number, kind in
                let id = String(200_000_000_000 + number)
                return kind == 0
                    ? #""x\#(number)":{"id":"\#(id)","tags":\#(tags)}"#
                    : #""x\#(number)":{"id":"\#(id)","iam":{"roles":{"R":{"trustPolicy":\#(Self.trust),"tags":\#(tags)}}}}"#
            }
            let parsed = try parse(#"{"externalAccounts":{\#(accounts.joined(separator: ","))}}"#)
            let roles = order.filter { $0 == 1 }.count
            #expect(parsed.diagnostics.filter { $0.code == "iam.tag-character" }.count == roles * 2)
            #expect(parsed.diagnostics.filter { $0.code == "iam.duplicate-tag" }.count == roles)
        }
    }

    @Test("one name means another policy in another account, before and after")
    func tellsAccountsApart() throws {
        func account(_ number: Int, _ action: String) -> String {
            let own =
                #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"\#(action)","Resource":"*"}}"#
            let role =
                #"{"trustPolicy":\#(Self.trust),"managedPolicies":["Own"],"permissionsBoundary":"Own","path":"/p/"}"#
            return
                #""x\#(number)":{"id":"\#(200_000_000_000 + number)","iam":{"managedPolicies":{"Own":\#(own)},"roles":{"R":\#(role)}}}"#
        }
        let accounts = [account(0, "s3:*"), account(1, "sqs:*"), account(2, "s3:*")]
        let organization = try organization(
            #"{"externalAccounts":{\#(accounts.joined(separator: ","))}}"#
        )
        let roles = organization.accounts.flatMap(\.roles)
        let texts = roles.map { role in
            role.identityPolicies[0].document.statements[0].actions.patterns[0].text
        }
        #expect(texts == ["s3:*", "sqs:*", "s3:*"])
        #expect(
            roles.map { $0.permissionsBoundary?.arn } == roles.map { $0.identityPolicies[0].arn }
        )
        #expect(Set(roles.map(\.arn.description)).count == 3)
    }

    @Test("what one service refuses in a policy is asked of each resource that has it")
    func tellsServicesApart() throws {
        let policy =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*"}]}"#
        let keys = ["arn:aws:sqs:::a", "arn:aws:s3:::b", "arn:aws:sqs:::c", "arn:aws:s3:::d"]
        let resources = keys.map { #""\#($0)":{"policy":\#(policy)}"# }.joined(separator: ",")
        let parsed = try parse(
            #"{"externalAccounts":{"x":{"id":"222222222222","resources":{\#(resources)}}}}"#
        )
        #expect(parsed.diagnostics.filter { $0.code == "policy.missing-element" }.count == 2)
        // Keys and aliases are of one service.
        let kms = ["key/a", "alias/b", "key/c"].map {
            #""arn:aws:kms:eu-west-1:222222222222:\#($0)":{"policy":\#(policy)}"#
        }
        let found = try parse(
            #"{"externalAccounts":{"x":{"id":"222222222222","resources":{\#(kms.joined(separator: ","))}}}}"#
        )
        #expect(found.diagnostics.map(\.code) == ["organization.resource-without-policy"])
    }

    @Test("an element is read anew for another version, negation and grammar (GRAM-3)")
    func tellsWaysApart() throws {
        let resource = #""arn:aws:s3:::b/${aws:username}""#
        func policy(_ version: String, _ key: String) -> String {
            #"{"Version":"\#(version)","Statement":{"Effect":"Deny","Action":"s3:*","\#(key)":\#(resource)}}"#
        }
        let ways = [
            policy("2012-10-17", "Resource"), policy("2008-10-17", "Resource"),
            policy("2012-10-17", "NotResource"), policy("2012-10-17", "Resource"),
        ]
        let inline = ways.enumerated().map { #""p\#($0)":\#($1)"# }.joined(separator: ",")
        let account = try account(
            iam: #"{"roles":{"R":{"trustPolicy":\#(Self.trust),"inlinePolicies":{\#(inline)}}}}"#
        )
        let role = try #require(account.role("R"))
        let found = role.identityPolicies.compactMap { $0.document.statements[0].resources }
        #expect(found.map(\.isNegated) == [false, false, true, false])
        #expect(found.map { $0.patterns[0].variables.count } == [1, 0, 1, 1])
    }
}
