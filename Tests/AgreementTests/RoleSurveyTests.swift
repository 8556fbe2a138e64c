import Analysis
import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage
import Scenarios
import Testing

/// Who can takes roles together that a question does not tell apart: here they differ in one thing
/// alone, and the one who may is asked before the one who may not, and after him.
@Suite("roles taken together") struct RoleSurveyTests {
    /// Two accounts with the same roles, and one that has the bucket.
    struct Pair: Sendable, CustomTestStringConvertible {
        let name: String
        /// What the roles `r` and `s` of both accounts may, unless said otherwise.
        var statements = allow
        /// In the place of `statements` for the role `s`.
        var otherStatements: String?
        /// More fields of the role `s`.
        var ofOther = ""
        /// More fields of the account `one`.
        var ofOne = ""
        /// What the policy of the bucket says.
        var bucket = #"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#
        var action = "s3:GetObject"
        var resource = "arn:aws:s3:::b/x"
        let expected: Set<String>

        var testDescription: String { name }
    }

    private static let allow =
        #"{"Effect": "Allow", "Action": ["s3:GetObject", "kms:Decrypt"], "Resource": "*"}"#
    private static let all: Set = ["one:role/r", "one:role/s", "two:role/r", "two:role/s"]
    private static let inOne: Set = ["one:role/r", "one:role/s"]
    private static let inTwo: Set = ["two:role/r", "two:role/s"]

    private static func allowed(if condition: String, on resource: String = "*") -> String {
        """
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "\(resource)",
        "Condition": {\(condition)}}
        """
    }

    private static func granted(to principals: String, if condition: String = "") -> String {
        """
        {"Effect": "Allow", "Principal": {"AWS": [\(principals)]}, "Action": "s3:*",
        "Resource": "*", "Condition": {\(condition)}}
        """
    }

    static let pairs = [
        Pair(name: "nothing differs", expected: all),
        Pair(
            name: "the resource names an account (PRIN-3, EVAL-21)",
            bucket: granted(to: #""111111111111""#),
            expected: inOne
        ),
        Pair(
            name: "the resource names a role (PRIN-10)",
            bucket: granted(to: #""arn:aws:iam::111111111111:role/r""#),
            expected: ["one:role/r"]
        ),
        Pair(
            name: "the resource names a session (PRIN-10)",
            bucket: granted(to: #""arn:aws:sts::111111111111:assumed-role/s/orgsim""#),
            expected: ["one:role/s"]
        ),
        Pair(
            name: "NotPrincipal spares a chain, and nobody with a boundary (NOTP-2, NOTP-3)",
            ofOther: #""permissionsBoundary": "All""#,
            bucket: granted(to: #""*""#)
                + """
                , {"Effect": "Deny", "NotPrincipal": {"AWS": ["111111111111",
                "arn:aws:iam::111111111111:role/r", "arn:aws:iam::111111111111:role/s",
                "arn:aws:sts::111111111111:assumed-role/r/orgsim",
                "arn:aws:sts::111111111111:assumed-role/s/orgsim"]}, "Action": "s3:*",
                "Resource": "*"}
                """,
            expected: ["one:role/r"]
        ),
        Pair(
            name: "an account's own SCP (SCP-2)",
            ofOne: #""serviceControlPolicies": ["FullAWSAccess", "Stop"]"#,
            expected: inTwo
        ),
        Pair(
            name: "the SCP reads the role (KEY-9)",
            ofOne: #""serviceControlPolicies": ["FullAWSAccess", "OnlyR"]"#,
            expected: ["one:role/r", "two:role/r", "two:role/s"]
        ),
        Pair(
            name: "an RCP of the caller's account, whose the resource is taken to be (RCP-2)",
            ofOne: #""resourceControlPolicies": ["StopResources"]"#,
            resource: "arn:aws:s3:::nobodys/x",
            expected: inTwo
        ),
        Pair(
            name: "an account that is closed (ROOT-9)",
            ofOne: #""status": "SUSPENDED""#,
            expected: inTwo
        ),
        Pair(
            name: "tags of the role",
            statements: allowed(if: #""StringEquals": {"aws:PrincipalTag/team": "red"}"#),
            ofOther: #""tags": {"team": "red"}"#,
            expected: ["one:role/s", "two:role/s"]
        ),
        Pair(
            name: "tags of the role in the resource",
            statements: allowed(if: "", on: "arn:aws:s3:::b/${aws:PrincipalTag/team}"),
            ofOther: #""tags": {"team": "x"}"#,
            expected: ["one:role/s", "two:role/s"]
        ),
        Pair(
            name: "the account in the resource",
            statements: allowed(if: "", on: "arn:aws:s3:::b/${aws:PrincipalAccount}"),
            resource: "arn:aws:s3:::b/111111111111",
            expected: inOne
        ),
        Pair(
            name: "the account in a condition",
            bucket: granted(
                to: #""*""#,
                if: #""StringEquals": {"aws:PrincipalAccount": "222222222222"}"#
            ),
            expected: inTwo
        ),
        Pair(
            name: "the account's place in the organization",
            bucket: granted(
                to: #""*""#,
                if: """
                    "ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-*/r-*/ou-ab12-11111111/*"}
                    """
            ),
            expected: inOne
        ),
        Pair(
            name: "the owner of a resource that is the caller's",
            statements: allowed(if: #""StringEquals": {"aws:ResourceAccount": "222222222222"}"#),
            resource: "arn:aws:s3:::nobodys/x",
            expected: inTwo
        ),
        Pair(
            name: "a boundary that is silent (EVAL-30)",
            ofOther: #""permissionsBoundary": "QueuesOnly""#,
            expected: ["one:role/r", "two:role/r"]
        ),
        Pair(
            name: "a boundary that allows (EVAL-30)",
            ofOther: #""permissionsBoundary": "All""#,
            expected: all
        ),
        Pair(
            name: "policies that say nothing on the action",
            otherStatements: #"{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}"#,
            expected: ["one:role/r", "two:role/r"]
        ),
        Pair(
            name: "a default key policy of each account (KMS-1)",
            ofOne: #""serviceControlPolicies": ["FullAWSAccess", "OnlyR"]"#,
            action: "kms:Decrypt",
            resource: "arn:aws:kms:eu-west-1::key/1",
            expected: ["one:role/r", "two:role/r", "two:role/s"]
        ),
    ]

    @Test("roles that differ in one thing are two", arguments: pairs, [false, true])
    func differInOne(pair: Pair, isReversed: Bool) throws {
        let engine = try Self.engine(pair, isReversed: isReversed)
        let action = try #require(ActionName(pair.action))
        let question = WhoCan.Question(action: action, resource: pair.resource)
        let found = WhoCan(question, engine, at: Scenario.defaultClock).result()
        #expect(Set(found.answers.map(\.principal.name)) == pair.expected)
        var alone: Set<String> = []
        for account in engine.organization.accounts where account.name != "owner" {
            for role in account.roles {
                let session = Session(
                    name: CallerResolver.directSessionName,
                    issuedAt: Scenario.defaultClock
                )
                let request = Request(
                    caller: .role(role.entity, session),
                    action: action,
                    resource: pair.resource,
                    instant: Scenario.defaultClock
                )
                let outcome = Engine(engine.organization).decide(request).outcome
                if outcome == .allowed { alone.insert("\(account.name):role/\(role.name)") }
            }
        }
        #expect(alone == pair.expected)
    }

    private static func engine(_ pair: Pair, isReversed: Bool) throws -> Engine {
        var roles = [
            role("r", pair.statements, ""),
            role("s", pair.otherStatements ?? pair.statements, pair.ofOther),
        ]
        if isReversed { roles.reverse() }
        let iam = """
            "iam": {"managedPolicies": {
            "All": {"document": \(policy(#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#))},
            "QueuesOnly": {"document":
            \(policy(#"{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}"#))}},
            "roles": {\(roles.joined(separator: ","))}}
            """
        let more = pair.ofOne.isEmpty ? "" : ", " + pair.ofOne
        var units = [
            """
            "First": {"id": "ou-ab12-11111111", "accounts":
            {"one": {"id": "111111111111"\(more), \(iam)}}}
            """,
            """
            "Second": {"id": "ou-ab12-22222222", "accounts":
            {"two": {"id": "222222222222", \(iam)}}}
            """,
        ]
        if isReversed { units.reverse() }
        return try engine(
            """
            {"organization": {"managementAccount": "management"},
            "serviceControlPolicies": {
            "Stop": \(policy(#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}"#)),
            "OnlyR": \(policy("""
                {"Effect": "Deny", "Action": "*", "Resource": "*",
                "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/r"}}}
                """))},
            "resourceControlPolicies": {"StopResources": \(policy("""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}
                """))},
            "root": {"id": "r-ab12", "accounts": {"management": {"id": "999999999999"},
            "owner": {"id": "444444444444", "resources":
            {"arn:aws:s3:::b": {"policy": \(policy(pair.bucket))}}}},
            "organizationalUnits": {\(units.joined(separator: ","))}}}
            """
        )
    }

    private static func policy(_ statements: String) -> String {
        #"{"Version": "2012-10-17", "Statement": [\#(statements)]}"#
    }

    private static func role(_ name: String, _ statements: String, _ more: String) -> String {
        let trust = policy(
            #"{"Effect": "Allow", "Principal": {"AWS": "444444444444"}, "Action": "sts:AssumeRole"}"#
        )
        return """
            "\(name)": {"trustPolicy": \(trust), "inlinePolicies": {"p": \(policy(statements))}\
            \(more.isEmpty ? "" : ", " + more)}
            """
    }

    private static func engine(_ text: String) throws -> Engine {
        let reader = FileReader { _ in .success(Array(text.utf8)) }
        let loader = DocumentLoader(reader: reader, sources: SourceMap())
        var scenarios = ScenarioReader(loader: loader)
        let engine = scenarios.engine(path: "organization.json", namedAt: nil)
        return try #require(engine, "\(scenarios.diagnostics.map(\.message))")
    }
}

// People of Identity Center, of whom the first is asked for all.
extension RoleSurveyTests {
    /// Where only the second of two people may, the permission set counts (IDC-11, PRIN-10).
    @Test(
        "a permission set counts if any of its people may",
        arguments: ["tag", "userid", "session", "role and session"]
    )
    func people(what: String) throws {
        let instance = "ssoins-7223aa11bb22cc33"
        let suffix = DerivedIdentifier.roleSuffix(
            instance: instance,
            permissionSet: "Set",
            account: "111111111111"
        )
        let session =
            "arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Set_\(suffix)/bob"
        let everybody = #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#
        var statement = everybody
        var principals = #""*""#
        switch what {
        case "tag":
            statement = Self.allowed(if: #""StringEquals": {"aws:PrincipalTag/team": "red"}"#)
        case "userid": statement = Self.allowed(if: #""StringLike": {"aws:userid": "*:bob"}"#)
        case "session": principals = #""\#(session)""#
        default: principals = #""arn:aws:iam::111111111111:role/other", "\#(session)""#
        }
        let engine = try Self.engine(
            """
            {"organization": {"managementAccount": "management"},
            "root": {"accounts": {"management": {"id": "999999999999"},
            "one": {"id": "111111111111", "iam": {"roles": {
            \(Self.role("other", everybody, ""))}}},
            "owner": {"id": "444444444444", "resources": {"arn:aws:s3:::b":
            {"policy": \(Self.policy(Self.granted(to: principals)))}}}}},
            "identityCenter": {"instance": "\(instance)",
            "users": {"ann": {"attributes": {"team": "blue"}},
            "bob": {"attributes": {"team": "red"}}},
            "permissionSets": {"Set": {"inlinePolicy": \(Self.policy(statement))}},
            "assignments": [{"permissionSet": "Set", "user": "ann", "accounts": ["one"]},
            {"permissionSet": "Set", "user": "bob", "accounts": ["one"]}],
            "attributesForAccessControl": {"team": "${user:team}"}}}
            """
        )
        let action = try #require(ActionName("s3:GetObject"))
        let question = WhoCan.Question(action: action, resource: "arn:aws:s3:::b/x")
        let found = WhoCan(question, engine, at: Scenario.defaultClock).result()
        #expect(found.answers.map(\.principal.name).contains("sso:Set@one"))
    }
}

// How much work it is.
extension RoleSurveyTests {
    /// Conditions on the organization and on ARNs come out alike for them, and tags for two kinds.
    @Test("roles of any number of accounts are decided once a kind", arguments: [3, 30])
    func countsDecisions(accounts: Int) throws {
        let tagged = Self.allowed(if: #""StringEquals": {"aws:PrincipalTag/team": "red"}"#)
        let members = (0..<accounts).map { number in
            """
            "a\(number)": {"id": "\(200_000_000_000 + number)", "iam": {"roles": {
            \(Self.role("red", tagged, #""tags": {"team": "red"}"#)),
            \(Self.role("blue", tagged, #""tags": {"team": "blue"}"#)),
            \(Self.role("green", tagged, #""tags": {"team": "green"}"#))}}}
            """
        }
        let inOrganization = Self.granted(
            to: #""*""#,
            if: #""StringEquals": {"aws:PrincipalOrgID": "o-survey0001"}"#
        )
        let engine = try Self.engine(
            """
            {"organization": {"id": "o-survey0001", "managementAccount": "management"},
            "serviceControlPolicies": {"Regions": \(Self.policy("""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition":
                {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"},
                "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}}}
                """))},
            "root": {"serviceControlPolicies": ["FullAWSAccess", "Regions"], "accounts": {
            "management": {"id": "999999999999"},
            "owner": {"id": "444444444444", "resources": {"arn:aws:s3:::b":
            {"policy": \(Self.policy(inOrganization))}}},
            \(members.joined(separator: ","))}}}
            """
        )
        let question = Request(
            caller: .anonymous,
            action: try #require(ActionName("s3:GetObject")),
            resource: "arn:aws:s3:::b/x",
            instant: Scenario.defaultClock
        )
        let session = Session(
            name: CallerResolver.directSessionName,
            issuedAt: Scenario.defaultClock
        )
        let use = RoleSurvey.Use(session: session, isOnlyOne: true)
        var survey = RoleSurvey(question, engine)
        var allowed = 0
        for place in engine.organization.accounts.indices {
            survey.ask(account: place, as: use, but: []) { _, answer in
                if answer == .allowed { allowed += 1 }
            }
        }
        #expect(allowed == accounts)
        #expect(survey.decisions == 2)
    }
}
