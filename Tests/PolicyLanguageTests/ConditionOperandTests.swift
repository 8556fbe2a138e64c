import PolicyLanguage
import Testing

@Suite("ConditionOperand")
struct ConditionOperandTests {
    @Test(
        "COND-14…18: strings",
        arguments: [
            // COND-14: exact, with case, wildcards are plain characters.
            ConditionCase("StringEquals", ["Red"], "Red", true),
            ConditionCase("StringEquals", ["Red"], "red", false),
            ConditionCase("StringEquals", ["R*"], "Red", false),
            ConditionCase("StringEquals", ["R*"], "R*", true),
            ConditionCase("StringEquals", ["R?d"], "R?d", true),
            ConditionCase("StringEquals", ["Red"], "Red ", false),
            ConditionCase("StringEquals", ["é"], "e\u{301}", false),
            ConditionCase("StringNotEquals", ["Red"], "red", true),
            ConditionCase("StringNotEquals", ["R*"], "Red", true),
            // COND-15: exact but for case.
            ConditionCase("StringEqualsIgnoreCase", ["Red"], "rED", true),
            ConditionCase("StringEqualsIgnoreCase", ["É"], "é", true),
            ConditionCase("StringEqualsIgnoreCase", ["R*"], "red", false),
            ConditionCase("StringEqualsIgnoreCase", ["R*"], "r*", true),
            ConditionCase("StringEqualsIgnoreCase", ["Redd"], "red", false),
            ConditionCase("StringEqualsIgnoreCase", ["ss"], "ß", false),
            ConditionCase("StringEqualsIgnoreCase", ["é"], "e\u{301}", false),
            ConditionCase("StringNotEqualsIgnoreCase", ["Red"], "rED", false),
            ConditionCase("StringNotEqualsIgnoreCase", ["Red"], "blue", true),
            // COND-16: a glob over the whole text, with case.
            ConditionCase("StringLike", ["Re*"], "Red", true),
            ConditionCase("StringLike", ["Re*"], "Re", true),
            ConditionCase("StringLike", ["re*"], "Red", false),
            ConditionCase("StringLike", ["*"], "a/b:c", true),
            ConditionCase("StringLike", ["a*c"], "a/:/c", true),
            ConditionCase("StringLike", ["a*c"], "acx", false),
            ConditionCase("StringLike", ["?"], "é", true),
            ConditionCase("StringLike", ["R?d"], "Rd", false),
            ConditionCase("StringNotLike", ["Re*"], "Red", false),
            ConditionCase("StringNotLike", ["Re*"], "Blue", true),
            // COND-17: no regular expressions.
            ConditionCase("StringLike", ["a.c"], "abc", false),
            ConditionCase("StringLike", ["[ab]"], "a", false),
            ConditionCase("StringLike", ["[ab]"], "[ab]", true),
            ConditionCase("StringLike", ["a+"], "aa", false),
            ConditionCase("StringLike", ["^a$"], "a", false),
            ConditionCase("StringLike", ["\\*"], "*", false),
            // COND-18: the key must be there.
            ConditionCase("StringLike", ["*"], nil, false),
            ConditionCase("StringLike", ["*"], "x", true),
        ]
    )
    func strings(_ row: ConditionCase) throws {
        try expectCondition(row)
    }

    @Test(
        "COND-19: numbers",
        arguments: [
            ConditionCase("NumericEquals", ["2"], "2.0", true),
            ConditionCase("NumericEquals", ["2"], "3", false),
            ConditionCase("NumericEquals", ["1", "2"], "2", true),
            ConditionCase("NumericNotEquals", ["1", "2"], "2.00", false),
            ConditionCase("NumericNotEquals", ["1", "2"], "3", true),
            ConditionCase("NumericLessThan", ["10"], "9", true),
            ConditionCase("NumericLessThan", ["10"], "10", false),
            ConditionCase("NumericLessThanEquals", ["10"], "10.0", true),
            ConditionCase("NumericLessThanEquals", ["10"], "10.01", false),
            ConditionCase("NumericGreaterThan", ["10"], "10", false),
            ConditionCase("NumericGreaterThan", ["9"], "10", true),
            ConditionCase("NumericGreaterThanEquals", ["10"], "10", true),
            ConditionCase("NumericGreaterThanEquals", ["10"], "-10", false),
            ConditionCase("NumericLessThan", ["5", "10"], "7", true),
            ConditionCase("NumericEquals", ["*"], "1", false),
            ConditionCase("NumericEquals", ["9007199254740993"], "9007199254740992", false),
        ]
    )
    func numbers(_ row: ConditionCase) throws {
        try expectCondition(row)
    }

    @Test(
        "COND-20…23: dates",
        arguments: [
            ConditionCase(
                "DateEquals",
                ["2026-01-01T00:00:00Z"],
                "2026-01-01T01:00:00+01:00",
                true
            ),
            ConditionCase("DateEquals", ["2026-01-01"], "2026-01-01T00:00:00Z", true),
            ConditionCase("DateEquals", ["2026-01-01"], "2026-01-01T00:00:01Z", false),
            ConditionCase("DateEquals", ["2026"], "2026-01-01T00:00:00Z", true),
            ConditionCase("DateEquals", ["2026"], "2026", true),
            ConditionCase("DateEquals", ["1767225600"], "2026-01-01T00:00:00Z", true),
            ConditionCase("DateEquals", ["2026-01-01"], "1767225600", true),
            ConditionCase("DateNotEquals", ["2026-01-01"], "2026-01-01T00:00:00Z", false),
            ConditionCase("DateNotEquals", ["2026-01-01"], "2026-01-02T00:00:00Z", true),
            ConditionCase("DateLessThan", ["2026-01-01"], "2025-12-31T23:59:59Z", true),
            ConditionCase("DateLessThan", ["2026-01-01"], "2026-01-01T00:00:00Z", false),
            ConditionCase("DateLessThanEquals", ["2026-01-01"], "2026-01-01T00:00:00Z", true),
            ConditionCase("DateGreaterThan", ["2026-01-01"], "2026-01-01T00:00:00Z", false),
            ConditionCase("DateGreaterThan", ["2026-01-01"], "2026-01-01T00:00:00.001Z", true),
            ConditionCase("DateGreaterThanEquals", ["2026-01-01"], "2026-01-01T00:00:00Z", true),
            ConditionCase("DateGreaterThanEquals", ["2026-01-01"], "2025-12-31T23:59:59Z", false),
            ConditionCase("DateLessThan", ["2025", "2027"], "2026-01-01T00:00:00Z", true),
            // COND-22: aws:EpochTime is a date and a number.
            ConditionCase("NumericGreaterThan", ["1767225599"], "1767225600", true),
            ConditionCase("DateEquals", ["2026-*"], "2026-01-01", false),
        ]
    )
    func dates(_ row: ConditionCase) throws {
        try expectCondition(row)
    }

    @Test(
        "COND-24, COND-25: booleans and bytes",
        arguments: [
            ConditionCase("Bool", ["true"], "true", true),
            ConditionCase("Bool", ["true"], "TRUE", true),
            ConditionCase("Bool", ["False"], "false", true),
            ConditionCase("Bool", ["true"], "false", false),
            ConditionCase("Bool", ["true", "false"], "false", true),
            ConditionCase("Bool", ["1"], "1", false),
            ConditionCase("Bool", ["yes"], "yes", false),
            ConditionCase("Bool", ["true"], "1", false),
            ConditionCase("Bool", ["true"], nil, false),
            ConditionCase("Bool", ["false"], nil, false),
            ConditionCase("BoolIfExists", ["false"], nil, true),
            ConditionCase("BinaryEquals", ["YWJj"], "YWJj", true),
            ConditionCase("BinaryEquals", ["YWJj"], "YWJk", false),
            ConditionCase("BinaryEquals", ["YQ=="], "YQ==", true),
            ConditionCase("BinaryEquals", ["+/+/"], "+/+/", true),
            ConditionCase("BinaryEquals", ["YWJj"], "ywjj", false),
            ConditionCase("BinaryEquals", ["YWJj"], "abc", false),
            ConditionCase("BinaryEquals", ["Y*=="], "YQ==", false),
            ConditionCase("BinaryEquals", ["YQ"], "YQ", false),
        ]
    )
    func booleansAndBytes(_ row: ConditionCase) throws {
        try expectCondition(row)
    }

    @Test(
        "COND-26, COND-27, COND-28: addresses",
        arguments: [
            ConditionCase("IpAddress", ["10.0.0.0/8"], "10.1.2.3", true),
            ConditionCase("IpAddress", ["10.0.0.0/8"], "11.0.0.1", false),
            ConditionCase("IpAddress", ["10.0.0.1"], "10.0.0.1", true),
            ConditionCase("IpAddress", ["10.0.0.1"], "10.0.0.2", false),
            ConditionCase("IpAddress", ["2001:db8::/32"], "2001:0DB8:0::1", true),
            ConditionCase("IpAddress", ["0.0.0.0/0"], "2001:db8::1", false),
            ConditionCase("NotIpAddress", ["0.0.0.0/0"], "2001:db8::1", true),
            ConditionCase("NotIpAddress", ["::/0"], "10.0.0.1", true),
            ConditionCase("NotIpAddress", ["10.0.0.0/8"], "10.0.0.1", false),
            ConditionCase("NotIpAddress", ["10.0.0.0/8", "11.0.0.0/8"], "11.0.0.1", false),
            ConditionCase("IpAddress", ["10.0.0.0/8"], nil, false),
            ConditionCase("NotIpAddress", ["10.0.0.0/8"], nil, true),
            ConditionCase("IpAddress", ["10.0.0.*"], "10.0.0.1", false),
            // COND-29: string operators compare the text.
            ConditionCase("StringEquals", ["2001:db8::1"], "2001:0db8::1", false),
            ConditionCase("StringLike", ["10.*"], "10.1.2.3", true),
        ]
    )
    func addresses(_ row: ConditionCase) throws {
        try expectCondition(row)
    }

    @Test("COND-30: ArnEquals is ArnLike, and both negations are one", arguments: arnCases)
    func arns(_ row: ConditionCase) throws {
        for name in ["ArnLike", "ArnEquals"] {
            try expectCondition(ConditionCase(name, row.operands, row.value, row.holds))
        }
        for name in ["ArnNotLike", "ArnNotEquals"] {
            try expectCondition(ConditionCase(name, row.operands, row.value, !row.holds))
        }
    }

    private static let arnCases = [
        ConditionCase("COND-30", ["arn:aws:s3:::b"], "arn:aws:s3:::b", true),
        ConditionCase("COND-30", ["arn:aws:s3:::b"], "arn:aws:s3:::B", false),
        ConditionCase("COND-30", ["arn:aws:s3:::b*"], "arn:aws:s3:::b/x:y", true),
        ConditionCase("COND-30", ["arn:aws:*:*:*:*"], "arn:aws:sqs:eu-west-1:111122223333:q", true),
        ConditionCase(
            "COND-30",
            ["arn:aws:iam::*:role/x/*"],
            "arn:aws:iam::111122223333:role/x/R",
            true
        ),
        ConditionCase(
            "COND-30",
            ["arn:aws:iam::11112222333?:root"],
            "arn:aws:iam::111122223333:root",
            true
        ),
        ConditionCase(
            "COND-30",
            ["arn:aws:sns:*:t"],
            "arn:aws:sns:eu-west-1:111122223333:t",
            false
        ),
        ConditionCase("COND-30", ["arn:aws:sns:*"], "arn:aws:sns:eu-west-1:111122223333:t", false),
        ConditionCase("COND-30", ["arn:aws:s*s:eu:1:t"], "arn:aws:sns:eu:1:t", true),
        ConditionCase("COND-30", ["arn:aws:sns:*:1:t"], "arn:aws:sns:a:b:1:t", false),
        ConditionCase(
            "COND-30",
            ["arn:aws:lambda:*:*:function:f"],
            "arn:aws:lambda:eu:1:function:f:7",
            false
        ),
        ConditionCase(
            "COND-30",
            ["arn:aws:lambda:*:*:function:f:*"],
            "arn:aws:lambda:eu:1:function:f:7",
            true
        ),
        ConditionCase("COND-31", ["*"], "arn:aws:s3:::b", true),
        ConditionCase("COND-31", ["*"], "not an arn", false),
        ConditionCase("COND-31", ["arn:*:*:*:*:*"], "a:b:c:d:e:f", false),
        ConditionCase("COND-31", ["arn:aws:s3"], "arn:aws:s3:::b", false),
        ConditionCase("COND-31", ["arn:aws:s3:::b"], "arn:aws:s3", false),
        ConditionCase("COND-31", ["arn:aws:s3:::b"], "", false),
        ConditionCase("COND-1", ["arn:aws:s3:::a", "arn:aws:s3:::b"], "arn:aws:s3:::b", true),
    ]

    @Test(
        "COND-32, COND-34: string operators on ARNs, ARN operators on sets",
        arguments: [
            ConditionCase(
                "StringLike",
                ["arn:aws:sns:*:t"],
                "arn:aws:sns:eu-west-1:111122223333:t",
                true
            ),
            ConditionCase("StringEquals", ["arn:aws:s3:::*"], "arn:aws:s3:::b", false),
            ConditionCase(
                "ForAnyValue:ArnLike",
                ["arn:aws:s3:::b*"],
                .set(["x", "arn:aws:s3:::b1"]),
                true
            ),
            ConditionCase(
                "ForAllValues:ArnLike",
                ["arn:aws:s3:::b*"],
                .set(["x", "arn:aws:s3:::b1"]),
                false
            ),
            ConditionCase("ArnLike", ["arn:aws:s3:::b*"], .set(["arn:aws:s3:::b1"]), false),
        ]
    )
    func stringsAndSetsOfARNs(_ row: ConditionCase) throws {
        try expectCondition(row)
    }

    // The keys that variables of the rows below read.
    private static let request = context([
        "aws:username": "ann", "test:star": "*", "test:flag": "TRUE", "test:number": "5",
        "test:account": "111122223333", "test:shifted": "1:role/a", "test:colons": "a:b",
    ])

    @Test(
        "VAR-2, VAR-3, VAR-6, VAR-8: variables in values of conditions",
        arguments: [
            ConditionCase("StringEquals", ["${aws:username}"], "ann", true),
            ConditionCase("StringEquals", ["${aws:username}"], "${aws:username}", false),
            ConditionCase("StringNotEquals", ["${aws:username}"], "ann", false),
            ConditionCase("StringEqualsIgnoreCase", ["x-${aws:username}"], "X-ANN", true),
            ConditionCase("StringLike", ["${aws:username}/*"], "ann/x", true),
            ConditionCase("StringLike", ["${*}"], "x", false),
            ConditionCase("StringLike", ["${*}"], "*", true),
            ConditionCase("StringLike", ["${test:star}"], "x", false),
            ConditionCase("StringLike", ["${test:star}"], "*", true),
            ConditionCase("StringEquals", ["${*}"], "*", true),
            ConditionCase("Bool", ["${test:flag}"], "true", true),
            ConditionCase("Bool", ["${test:flag}"], "false", false),
            ConditionCase("NumericEquals", ["${test:number}"], "5", false),
            ConditionCase("NumericNotEquals", ["${test:number}"], "6", false),
            ConditionCase("StringEquals", ["${test:absent}"], "x", false),
            ConditionCase("StringEquals", ["${test:absent}"], "", false),
            ConditionCase("StringNotEquals", ["${test:absent}"], "x", true),
            ConditionCase("StringNotLike", ["${test:absent}*"], "x", true),
            ConditionCase("StringEqualsIgnoreCase", ["${test:absent}"], "x", false),
            ConditionCase("StringNotEqualsIgnoreCase", ["${test:absent}"], "x", true),
            ConditionCase("StringNotEquals", ["${test:absent}", "x"], "x", false),
            ConditionCase("StringEquals", ["${test:absent}", "x"], "x", true),
            ConditionCase("StringEquals", ["${test:absent, 'x'}"], "x", true),
            ConditionCase("Bool", ["${test:absent}"], "true", false),
        ]
    )
    func variables(_ row: ConditionCase) throws {
        try expectCondition(row, Self.request)
    }

    @Test(
        "COND-33, VAR-9: variables in ARNs never move their parts",
        arguments: [
            ConditionCase(
                "ArnLike",
                ["arn:aws:iam::*:user/${aws:username}"],
                "arn:aws:iam::1:user/ann",
                true
            ),
            ConditionCase(
                "ArnLike",
                ["arn:aws:iam::*:user/${aws:username}"],
                "arn:aws:iam::1:user/bob",
                false
            ),
            ConditionCase(
                "ArnLike",
                ["arn:aws:iam::${test:account}:root"],
                "arn:aws:iam::111122223333:root",
                true
            ),
            ConditionCase(
                "ArnLike",
                ["arn:aws:iam::${test:shifted}:x"],
                "arn:aws:iam::1:role/a:x",
                false
            ),
            ConditionCase("ArnLike", ["arn:aws:iam::1:${test:colons}"], "arn:aws:iam::1:a:b", true),
            ConditionCase(
                "ArnLike",
                ["arn:aws:iam::1:user/${test:star}"],
                "arn:aws:iam::1:user/x",
                false
            ),
            ConditionCase(
                "ArnLike",
                ["arn:aws:iam::1:user/${test:absent}"],
                "arn:aws:iam::1:user/x",
                false
            ),
            ConditionCase(
                "ArnNotLike",
                ["arn:aws:iam::1:user/${test:absent}"],
                "arn:aws:iam::1:user/x",
                true
            ),
        ]
    )
    func variablesInARNs(_ row: ConditionCase) throws {
        try expectCondition(row, Self.request)
    }

    @Test("GRAM-3: under 2008-10-17 a variable in a value is plain text")
    func literalVariables() {
        let operand = ConditionOperand("${aws:username}", for: .stringEquals, variables: .literal)
        #expect(operand.compare("ann", in: Self.request) == .no)
        #expect(operand.compare("${aws:username}", in: Self.request) == .yes)
        #expect(operand.variables.isEmpty)
    }

    @Test("an operand knows whether its operator can read it")
    func readability() {
        let rows: [(ConditionOperator.Base, String, Bool)] = [
            (.numericEquals, "5", true), (.numericEquals, "${a:b}", false),
            (.dateLessThan, "x", false),
            (.ipAddress, "10.0.0.0/40", false), (.arnLike, "arn:aws:s3", false),
            (.arnLike, "*", true),
            (.null, "perhaps", false), (.binaryEquals, "a", false), (.stringEquals, "", true),
        ]
        for (base, text, expected) in rows {
            let operand = ConditionOperand(text, for: base, variables: .expanded)
            #expect(operand.isReadable == expected, "\(base.rawValue) \(text)")
            #expect(operand.text == text)
        }
    }
}
