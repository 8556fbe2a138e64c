import JSONSource
import PolicyLanguage
import Testing

@Suite("PolicyParser")
struct PolicyParserTests {
    static let allow = #"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#

    @Test("a document is read as a tree")
    func wholeDocument() throws {
        let text = #"""
            {
              "Version": "2012-10-17",
              "Id": "bucket",
              "Statement": [
                {
                  "Sid": "Read it", "Effect": "Deny",
                  "NotPrincipal": {"AWS": "111122223333"},
                  "NotAction": ["s3:Get*", "s3:List*"],
                  "NotResource": "arn:aws:s3:::b/*",
                  "Condition": {
                    "StringLike": {"aws:username": ["a*", "b"], "aws:userid": "x"},
                    "Bool": {"aws:SecureTransport": false}
                  }
                },
                {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}
              ]
            }
            """#
        let document = try document(text, as: .resource)
        #expect(document.version == .v2012)
        #expect(document.id == "bucket")
        #expect(document.statements.map(\.label) == ["Read it", "1"])
        #expect(document.statements.map(\.index) == [0, 1])
        #expect(document.statements.map(\.effect) == [.deny, .allow])
        let first = try #require(document.statements.first)
        #expect(first.principal?.isNegated == true)
        #expect(first.actions.isNegated)
        #expect(first.actions.patterns.map(\.text) == ["s3:Get*", "s3:List*"])
        #expect(first.resources?.isNegated == true)
        #expect(first.resources?.patterns.map(\.text) == ["arn:aws:s3:::b/*"])
        #expect(
            first.conditions.map(\.operator.description) == ["StringLike", "StringLike", "Bool"]
        )
        #expect(
            first.conditions.map(\.key) == ["aws:username", "aws:userid", "aws:SecureTransport"]
        )
        #expect(
            first.conditions.map { $0.operands.map(\.text) } == [["a*", "b"], ["x"], ["false"]]
        )
        #expect(document.statements.last?.principal?.entries == [.everyone])
        #expect(document.statements.last?.conditions.isEmpty == true)
    }

    @Test("a statement keeps the place it stands at")
    func spans() throws {
        let text = policy("[" + Self.allow + "]")
        let span = try #require(try document(text).statements.first?.span)
        let bytes = Array(text.utf8)[Int(span.start)..<Int(span.end)]
        #expect(String(decoding: bytes, as: UTF8.self) == Self.allow)
    }

    @Test("GRAM-2: an absent Version means 2008-10-17")
    func versions() throws {
        let allow = Self.allow
        #expect(try document(#"{"Statement": \#(allow)}"#).version == .v2008)
        #expect(
            try document(#"{"Version": "2008-10-17", "Statement": \#(allow)}"#).version == .v2008
        )
        #expect(
            try document(#"{"Version": "2012-10-17", "Statement": \#(allow)}"#).version == .v2012
        )
    }

    @Test("GRAM-3: variables are read by the Version of their document, wherever it stands")
    func variablesByVersion() throws {
        let statement =
            #"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${aws:username}"}"#
        let rows = [
            (#"{"Statement": \#(statement)}"#, 0),
            (#"{"Version": "2008-10-17", "Statement": \#(statement)}"#, 0),
            (#"{"Version": "2012-10-17", "Statement": \#(statement)}"#, 1),
            (#"{"Statement": \#(statement), "Version": "2012-10-17"}"#, 1),
        ]
        for (text, count) in rows {
            let document = try document(text)
            #expect(document.statements.first?.resources?.patterns.first?.variables.count == count)
        }
    }

    @Test("GRAM-4, GRAM-13: one statement equals a list of one, the order of elements is free")
    func oneOrList() throws {
        let alone = try document(#"{"Version": "2012-10-17", "Statement": \#(Self.allow)}"#)
        let listed = try document(#"{"Statement": [\#(Self.allow)], "Version": "2012-10-17"}"#)
        let turned = try statement(
            #"{"Resource": "*", "Action": "s3:GetObject", "Effect": "Allow"}"#
        )
        #expect(alone.statements.map(\.actions) == listed.statements.map(\.actions))
        #expect(alone.statements.map(\.resources) == listed.statements.map(\.resources))
        #expect(turned.actions == alone.statements.first?.actions)
        #expect(turned.effect == .allow)
    }

    @Test("GRAM-10, GRAM-11: a scalar equals a list of one, numbers and booleans become text")
    func scalars() throws {
        let one = try statement(
            #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"a:b": true}}}"#
        )
        let list = try statement(
            #"{"Effect": "Allow", "Action": ["s3:*"], "Resource": ["*"], "Condition": {"Bool": {"a:b": ["true"]}}}"#
        )
        #expect(one.actions == list.actions)
        #expect(one.resources == list.resources)
        #expect(one.conditions.map(\.operands) == list.conditions.map(\.operands))
        let numbers = try statement(
            #"{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"a:b": [10, 1.0, false]}}}"#
        )
        #expect(numbers.conditions.first?.operands.map(\.text) == ["10", "1.0", "false"])
    }

    @Test("GRAM-15: the size leaves out white space between elements, not in texts")
    func size() throws {
        let text =
            #"{"Statement":[{"Sid":"é","Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::a b"}]}"#
        let spaced = text.replacing(",", with: " ,\n\t").replacing("{", with: "{  ")
        #expect(try document(text, as: .serviceControl).size == text.unicodeScalars.count)
        #expect(try document(spaced, as: .serviceControl).size == text.unicodeScalars.count)
    }

    @Test("COND-3: no Condition and an empty one are the same")
    func emptyCondition() throws {
        let empty = #"{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {}}"#
        #expect(try statement(empty).conditions.isEmpty)
        let emptyOperator =
            #"{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {}}}"#
        #expect(try statement(emptyOperator).conditions.isEmpty)
    }

    @Test("RES-5: missing parts of an ARN are completed in identity policies only")
    func completion() throws {
        let text = #"{"Effect": "Allow", "Action": "sqs:*", "Resource": "1️⃣arn:aws:sqs"}"#
        let marked = MarkedText(text.replacing(#""1️⃣arn"#, with: #"1️⃣"arn"#))
        let queue = RequestedResource.named("arn:aws:sqs:eu-west-1:111122223333:q")
        let plain = String(decoding: marked.bytes, as: UTF8.self)
        let identity = try statement(plain)
        #expect(identity.resources?.covers(queue, in: RequestContext()) == true)
        for grammar in [PolicyGrammar.session, .serviceControl] {
            let parsed = parse(Array(policy(plain).utf8), as: grammar)
            let message = "'arn:aws:sqs' has fewer than six parts and is taken as it stands"
            #expect(parsed.diagnostics.map(\.message) == [message])
            #expect(parsed.diagnostics.map(\.severity) == [.warning])
            let resources = parsed.value?.statements.first?.resources
            #expect(resources?.covers(queue, in: RequestContext()) == false)
            #expect(resources?.patterns.first?.isIncomplete == true)
        }
    }
}

// The elements of documents and statements.
extension PolicyParserTests {
    @Test(
        "a mistake is reported where it stands",
        arguments: [
            RefusedPolicy(
                "GRAM-1",
                .identity,
                "1️⃣[]",
                "1️⃣ the policy must be an object, not an array"
            ),
            RefusedPolicy(
                "GRAM-1",
                .identity,
                #"1️⃣"text""#,
                "1️⃣ the policy must be an object, not a string"
            ),
            RefusedPolicy(
                "GRAM-1",
                .identity,
                #"1️⃣{"Version": "2012-10-17"}"#,
                "1️⃣ the policy needs the field 'Statement'"
            ),
            RefusedPolicy(
                "GRAM-1",
                .identity,
                #"{1️⃣"Statements": [], "Statement": \#(allow)}"#,
                "1️⃣ unknown field 'Statements' in the policy, did you mean 'Statement'?"
            ),
            RefusedPolicy(
                "GRAM-1",
                .identity,
                policy(#"{"Effect": "Allow", "Action": "*", "Resource": "*", 1️⃣"Resources": "*"}"#),
                "1️⃣ unknown field 'Resources' in the statement, did you mean 'Resource'?"
            ),
            RefusedPolicy(
                "GRAM-2",
                .identity,
                #"{"Version": 1️⃣"2012-10-18", "Statement": \#(allow)}"#,
                #"1️⃣ 'Version' must be "2012-10-17" or "2008-10-17", not "2012-10-18""#
            ),
            RefusedPolicy(
                "GRAM-2",
                .identity,
                #"{"Version": 1️⃣2012, "Statement": \#(allow)}"#,
                "1️⃣ 'Version' must be a string, not a number"
            ),
            RefusedPolicy(
                "GRAM-2",
                .identity,
                #"{"Version": 1️⃣null, "Statement": \#(allow)}"#,
                "1️⃣ 'Version' must be a string, not null"
            ),
            RefusedPolicy(
                "GRAM-4",
                .identity,
                #"{"Statement": 1️⃣"all"}"#,
                "1️⃣ 'Statement' must be an object or a list of objects, not a string"
            ),
            RefusedPolicy(
                "GRAM-4",
                .identity,
                #"{"Statement": [\#(allow), 1️⃣7]}"#,
                "1️⃣ the statement must be an object, not a number"
            ),
            RefusedPolicy(
                "GRAM-4",
                .identity,
                #"{"Statement": 1️⃣[]}"#,
                "1️⃣ warning: 'Statement' is an empty list"
            ),
            RefusedPolicy(
                "GRAM-6",
                .identity,
                policy(#"{"Sid": 1️⃣"a b", "Effect": "Allow", "Action": "*", "Resource": "*"}"#),
                #"1️⃣ 'Sid' takes only letters and digits here, not "a b""#
            ),
            RefusedPolicy(
                "GRAM-6",
                .trust,
                policy(
                    #"{"Sid": 1️⃣"a-b", "Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}"#
                ),
                #"1️⃣ 'Sid' takes only letters and digits here, not "a-b""#
            ),
            RefusedPolicy(
                "GRAM-6",
                .resource,
                policy(
                    #"{"Sid": 1️⃣7, "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#
                ),
                "1️⃣ 'Sid' must be a string, not a number"
            ),
            RefusedPolicy(
                "GRAM-6",
                .identity,
                #"""
                {"Statement": [
                  {"Sid": "One", "Effect": "Allow", "Action": "*", "Resource": "*"},
                  {"Sid": 1️⃣"One", "Effect": "Deny", "Action": "*", "Resource": "*"}
                ]}
                """#,
                #"1️⃣ the Sid "One" stands in two statements"#
            ),
            RefusedPolicy(
                "GRAM-7",
                .identity,
                policy(#"{"Effect": 1️⃣"allow", "Action": "*", "Resource": "*"}"#),
                #"1️⃣ 'Effect' must be "Allow" or "Deny", not "allow""#
            ),
            RefusedPolicy(
                "GRAM-7",
                .identity,
                policy(#"1️⃣{"Action": "*", "Resource": "*"}"#),
                "1️⃣ the statement needs the field 'Effect'"
            ),
            RefusedPolicy(
                "GRAM-7",
                .identity,
                policy(#"{"Effect": 1️⃣true, "Action": "*", "Resource": "*"}"#),
                "1️⃣ 'Effect' must be a string, not a boolean"
            ),
            RefusedPolicy(
                "GRAM-8",
                .identity,
                policy(
                    #"{"Effect": "Allow", "Action": "*", 1️⃣"NotAction": "s3:*", "Resource": "*"}"#
                ),
                "1️⃣ 'NotAction' cannot stand beside 'Action' in one statement"
            ),
            RefusedPolicy(
                "GRAM-8",
                .identity,
                policy(
                    #"{"Effect": "Allow", "NotAction": "*", 1️⃣"Action": "s3:*", "Resource": "*"}"#
                ),
                "1️⃣ 'Action' cannot stand beside 'NotAction' in one statement"
            ),
            RefusedPolicy(
                "GRAM-8",
                .identity,
                policy(
                    #"{"Effect": "Allow", "Action": "*", "Resource": "*", 1️⃣"NotResource": "*"}"#
                ),
                "1️⃣ 'NotResource' cannot stand beside 'Resource' in one statement"
            ),
            RefusedPolicy(
                "GRAM-8",
                .resource,
                policy(
                    #"{"Effect": "Deny", "Principal": "*", 1️⃣"NotPrincipal": "*", "Action": "*", "Resource": "*"}"#
                ),
                "1️⃣ 'NotPrincipal' cannot stand beside 'Principal' in one statement"
            ),
            RefusedPolicy(
                "GRAM-8",
                .identity,
                policy(#"1️⃣{"Effect": "Allow", "Resource": "*"}"#),
                "1️⃣ the statement needs 'Action' or 'NotAction'"
            ),
            RefusedPolicy(
                "GRAM-8",
                .identity,
                policy(#"1️⃣{"Effect": "Allow", "Action": "*"}"#),
                "1️⃣ the statement needs 'Resource' or 'NotResource'"
            ),
            RefusedPolicy(
                "GRAM-9",
                .identity,
                policy(#"{2️⃣"effect": "Allow", "Action": "*", "Resource": "*"}"#),
                "2️⃣ unknown field 'effect' in the statement, did you mean 'Effect'?"
            ),
            RefusedPolicy(
                "GRAM-10",
                .identity,
                policy(#"{"Effect": "Allow", "Action": 1️⃣7, "Resource": 2️⃣{}}"#),
                "1️⃣ 'Action' must be a string or a list of strings, not a number",
                "2️⃣ 'Resource' must be a string or a list of strings, not an object"
            ),
            RefusedPolicy(
                "GRAM-10",
                .identity,
                policy(#"{"Effect": "Allow", "Action": ["*", 1️⃣null], "Resource": ["*", 2️⃣[]]}"#),
                "1️⃣ an element of 'Action' must be a string, not null",
                "2️⃣ an element of 'Resource' must be a string, not an array"
            ),
            RefusedPolicy(
                "GRAM-12",
                .identity,
                policy(#"{"Effect": "Allow", "Action": "*", "Resource": "*", 1️⃣"Effect": "Deny"}"#),
                "1️⃣ duplicate key 'Effect'"
            ),
            RefusedPolicy(
                "GRAM-12",
                .identity,
                policy(
                    #"{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"a:b": 1, 1️⃣"a:b": 2}, 2️⃣"Bool": {"c:d": 1}}}"#
                ),
                "1️⃣ duplicate key 'a:b'",
                "2️⃣ duplicate key 'Bool'"
            ),
            RefusedPolicy(
                "ACT-2",
                .identity,
                policy(
                    #"{"Effect": "Allow", "Action": ["s3:*", 1️⃣"GetObject", 2️⃣"s*:Get"], "Resource": "*"}"#
                ),
                "1️⃣ 'GetObject' is not an action: expected service:Name or *",
                "2️⃣ 's*:Get' is not an action: expected service:Name or *"
            ),
            RefusedPolicy(
                "RES-1",
                .identity,
                policy(
                    #"{"Effect": "Allow", "Action": "*", "Resource": [1️⃣"bucket", "arn:aws:s3:::b"]}"#
                ),
                "1️⃣ 'bucket' is not a resource: expected an ARN or *"
            ),
            RefusedPolicy(
                "several at once",
                .identity,
                #"{"Version": 1️⃣"x", "Statement": [{"Effect": 2️⃣"No", "Action": 3️⃣"x", "Resource": "*"}, 4️⃣1]}"#,
                #"1️⃣ 'Version' must be "2012-10-17" or "2008-10-17", not "x""#,
                #"2️⃣ 'Effect' must be "Allow" or "Deny", not "No""#,
                "3️⃣ 'x' is not an action: expected service:Name or *",
                "4️⃣ the statement must be an object, not a number"
            ),
        ]
    )
    func refused(_ row: RefusedPolicy) {
        expectProblems(in: row.text, as: row.grammar, row.problems)
    }

    @Test(
        "GRAM-14: IAM takes tab, line breaks and U+0020 to U+00FF only, in values and in keys",
        arguments: [
            RefusedPolicy(
                "GRAM-14",
                .identity,
                policy(#"{"Effect": "Allow", "Action": "*", "Resource": 1️⃣"arn:aws:s3:::日本"}"#),
                "1️⃣ IAM does not take the character U+65E5 in a policy"
            ),
            RefusedPolicy(
                "GRAM-14",
                .trust,
                policy(
                    #"{"Effect": "Allow", "Principal": "*", "Action": "sts:*", "Condition": {"StringEquals": {"sts:ExternalId": 1️⃣"\u0100"}}}"#
                ),
                "1️⃣ IAM does not take the character U+100 in a policy"
            ),
            RefusedPolicy(
                "GRAM-14",
                .identity,
                policy(#"{"Effect": "Allow", "Action": "*", "Resource": 1️⃣"arn:aws:s3:::a\u0001"}"#),
                "1️⃣ IAM does not take the character U+1 in a policy"
            ),
            RefusedPolicy(
                "GRAM-14",
                .identity,
                policy(
                    #"{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {1️⃣"aws:PrincipalTag/日": "x"}}}"#
                ),
                "1️⃣ IAM does not take the character U+65E5 in a policy"
            ),
            RefusedPolicy(
                "GRAM-14",
                .identity,
                policy(
                    #"{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::\t\n\r é\u00ff"}"#
                )
            ),
            RefusedPolicy(
                "GRAM-14",
                .serviceControl,
                policy(#"{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::日本"}"#)
            ),
        ]
    )
    func characters(_ row: RefusedPolicy) {
        expectProblems(in: row.text, as: row.grammar, row.problems)
    }

    @Test(
        "COND-5…8, GRAM-11: mistakes of conditions",
        arguments: [
            RefusedPolicy(
                "COND-1",
                .identity,
                conditions("1️⃣[]"),
                "1️⃣ 'Condition' must be an object, not an array"
            ),
            RefusedPolicy(
                "COND-1",
                .identity,
                conditions(#"{"Bool": 1️⃣"aws:SecureTransport"}"#),
                "1️⃣ 'Bool' must be an object of condition keys, not a string"
            ),
            RefusedPolicy(
                "COND-5",
                .identity,
                conditions(#"{1️⃣"StringMatches": {"a:b": "c"}}"#),
                "1️⃣ unknown condition operator 'StringMatches'"
            ),
            RefusedPolicy(
                "COND-5",
                .identity,
                conditions(#"{1️⃣"stringequals": {"a:b": "c"}}"#),
                "1️⃣ warning: the operator is spelled 'StringEquals', not 'stringequals'"
            ),
            RefusedPolicy(
                "COND-6",
                .identity,
                conditions(#"{"StringEquals": {1️⃣"username": "c"}}"#),
                "1️⃣ 'username' is not a condition key: expected a prefix such as 'aws:'"
            ),
            RefusedPolicy("COND-6", .identity, conditions(#"{"StringEquals": {"made:Up": "c"}}"#)),
            RefusedPolicy(
                "COND-7",
                .identity,
                conditions(#"{"NumericLessThan": {"a:b": [1, 1️⃣"many"]}}"#),
                "1️⃣ warning: 'many' can never match 'NumericLessThan'"
            ),
            RefusedPolicy(
                "COND-8",
                .identity,
                conditions(#"{1️⃣"NullIfExists": {"a:b": "true"}}"#),
                "1️⃣ unknown condition operator 'NullIfExists': 'Null' takes no 'IfExists'"
            ),
            RefusedPolicy(
                "GRAM-11",
                .identity,
                conditions(#"{"StringEquals": {"a:b": 1️⃣{}, "c:d": ["x", 2️⃣null], "e:f": 3️⃣null}}"#),
                "1️⃣ the value of 'a:b' must be a string, a number, a boolean or a list of them, not an object",
                "2️⃣ the value of 'c:d' must be a string, a number, a boolean or a list of them, not null",
                "3️⃣ the value of 'e:f' must be a string, a number, a boolean or a list of them, not null"
            ),
        ]
    )
    func conditionMistakes(_ row: RefusedPolicy) {
        expectProblems(in: row.text, as: row.grammar, row.problems)
    }

    private static func conditions(_ text: String) -> String {
        policy(#"{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": "# + text + "}")
    }

    @Test("COND-5: an unknown operator is told the nearest one")
    func nearestOperator() {
        let text = Self.conditions(#"{"ForAnyValue:StringEqualIfExists": {"a:b": "c"}}"#)
        let parsed = parse(Array(text.utf8), as: .identity)
        #expect(parsed.diagnostics.map(\.help) == ["did you mean 'StringEquals'?"])
    }
}
