import Explaining
import PolicyLanguage
import JSONSource
import Testing

/// The sentence of each operator, for a condition that holds and one that does not.
@Suite("Conditions in words")
struct ConditionTextTests {
    struct Row: CustomTestStringConvertible {
        let op: String
        let values: [String]
        let value: ContextValue?
        let holds: Bool
        let sentence: String

        init(
            _ op: String,
            _ values: [String],
            _ value: ContextValue?,
            _ holds: Bool,
            _ sentence: String
        ) {
            self.op = op
            self.values = values
            self.value = value
            self.holds = holds
            self.sentence = sentence
        }

        var testDescription: String { sentence }
    }

    static let single: [Row] = [
        Row(
            "StringEquals",
            ["a", "b"],
            .single("b"),
            true,
            #"StringEquals k: "b" is one of ["a", "b"]"#
        ),
        Row("StringEquals", ["a"], .single("b"), false, #"StringEquals k: "b" is none of ["a"]"#),
        Row(
            "StringNotEquals",
            ["eu-west-1"],
            .single("us-east-1"),
            true,
            #"StringNotEquals k: "us-east-1" is none of ["eu-west-1"]"#
        ),
        Row(
            "StringNotEquals",
            ["a"],
            .single("a"),
            false,
            #"StringNotEquals k: "a" is one of ["a"]"#
        ),
        Row(
            "StringEqualsIgnoreCase",
            ["A"],
            .single("a"),
            true,
            #"StringEqualsIgnoreCase k: "a" is, but for case, one of ["A"]"#
        ),
        Row(
            "StringNotEqualsIgnoreCase",
            ["A"],
            .single("b"),
            true,
            #"StringNotEqualsIgnoreCase k: "b" is in no case one of ["A"]"#
        ),
        Row("StringLike", ["a*"], .single("ab"), true, #"StringLike k: "ab" fits one of ["a*"]"#),
        Row(
            "StringNotLike",
            ["a*"],
            .single("b"),
            true,
            #"StringNotLike k: "b" fits none of ["a*"]"#
        ),
        Row(
            "NumericEquals",
            ["5"],
            .single("5.0"),
            true,
            #"NumericEquals k: "5.0" equals one of ["5"]"#
        ),
        Row(
            "NumericNotEquals",
            ["5"],
            .single("6"),
            true,
            #"NumericNotEquals k: "6" equals none of ["5"]"#
        ),
        Row(
            "NumericNotEquals",
            ["5"],
            .single("six"),
            false,
            #"NumericNotEquals k: "six" is no number, which NumericNotEquals cannot compare with ["5"]"#
        ),
        Row(
            "NumericEquals",
            ["five"],
            .single("5"),
            false,
            #"NumericEquals k: "five" in the policy is no number, which NumericEquals cannot compare with "5""#
        ),
        Row(
            "NumericLessThan",
            ["3600"],
            .single("60"),
            true,
            #"NumericLessThan k: "60" is less than one of ["3600"]"#
        ),
        Row(
            "NumericLessThan",
            ["3600"],
            .single("7200"),
            false,
            #"NumericLessThan k: "7200" is not less than any of ["3600"]"#
        ),
        Row(
            "NumericLessThanEquals",
            ["5"],
            .single("6"),
            false,
            #"NumericLessThanEquals k: "6" is not at most any of ["5"]"#
        ),
        Row(
            "NumericGreaterThan",
            ["5"],
            .single("6"),
            true,
            #"NumericGreaterThan k: "6" is greater than one of ["5"]"#
        ),
        Row(
            "NumericGreaterThanEquals",
            ["5"],
            .single("4"),
            false,
            #"NumericGreaterThanEquals k: "4" is not at least any of ["5"]"#
        ),
        Row(
            "DateEquals",
            ["2026-01-01T00:00:00Z"],
            .single("2026-01-01T00:00:00Z"),
            true,
            #"DateEquals k: "2026-01-01T00:00:00Z" is the time of one of ["2026-01-01T00:00:00Z"]"#
        ),
        Row(
            "DateNotEquals",
            ["2026-01-01T00:00:00Z"],
            .single("soon"),
            false,
            #"DateNotEquals k: "soon" is no date, which DateNotEquals cannot compare with ["2026-01-01T00:00:00Z"]"#
        ),
        Row(
            "DateLessThan",
            ["2026-01-01T00:00:00Z"],
            .single("2025-01-01T00:00:00Z"),
            true,
            #"DateLessThan k: "2025-01-01T00:00:00Z" is before one of ["2026-01-01T00:00:00Z"]"#
        ),
        Row(
            "DateLessThanEquals",
            ["2026-01-01T00:00:00Z"],
            .single("2027-01-01T00:00:00Z"),
            false,
            #"DateLessThanEquals k: "2027-01-01T00:00:00Z" is after all of ["2026-01-01T00:00:00Z"]"#
        ),
        Row(
            "DateGreaterThan",
            ["2026-01-01T00:00:00Z"],
            .single("2025-01-01T00:00:00Z"),
            false,
            #"DateGreaterThan k: "2025-01-01T00:00:00Z" is not after any of ["2026-01-01T00:00:00Z"]"#
        ),
        Row(
            "DateGreaterThanEquals",
            ["2026-01-01T00:00:00Z"],
            .single("2025-01-01T00:00:00Z"),
            false,
            #"DateGreaterThanEquals k: "2025-01-01T00:00:00Z" is before all of ["2026-01-01T00:00:00Z"]"#
        ),
        Row("Bool", ["true"], .single("false"), false, #"Bool k: "false" is none of ["true"]"#),
        Row(
            "Bool",
            ["true"],
            .single("yes"),
            false,
            #"Bool k: "yes" is no Boolean, so it is none of ["true"]"#
        ),
        Row(
            "BinaryEquals",
            ["eA=="],
            .single("eQ=="),
            false,
            #"BinaryEquals k: "eQ==" has the bytes of none of ["eA=="]"#
        ),
        Row(
            "IpAddress",
            ["10.0.0.0/8"],
            .single("10.1.2.3"),
            true,
            #"IpAddress k: "10.1.2.3" is in one of ["10.0.0.0/8"]"#
        ),
        Row(
            "NotIpAddress",
            ["10.0.0.0/8", "192.0.2.0/24"],
            .single("203.0.113.7"),
            true,
            #"NotIpAddress k: "203.0.113.7" is in none of ["10.0.0.0/8", "192.0.2.0/24"]"#
        ),
        Row(
            "NotIpAddress",
            ["10.0.0.0/8"],
            .single("here"),
            true,
            #"NotIpAddress k: "here" is no IP address, so it is in none of ["10.0.0.0/8"]"#
        ),
        Row(
            "ArnEquals",
            ["arn:aws:iam::*:role/A"],
            .single("arn:aws:iam::111122223333:role/A"),
            true,
            #"ArnEquals k: "arn:aws:iam::111122223333:role/A" fits one of ["arn:aws:iam::*:role/A"]"#
        ),
        Row(
            "ArnLike",
            ["arn:aws:iam::*:role/A"],
            .single("A"),
            false,
            #"ArnLike k: "A" is no ARN, so it fits none of ["arn:aws:iam::*:role/A"]"#
        ),
        Row(
            "ArnNotEquals",
            ["arn:aws:s3:::a"],
            .single("arn:aws:s3:::b"),
            true,
            #"ArnNotEquals k: "arn:aws:s3:::b" fits none of ["arn:aws:s3:::a"]"#
        ),
        Row(
            "ArnNotLike",
            ["arn:aws:s3:::*"],
            .single("arn:aws:s3:::b"),
            false,
            #"ArnNotLike k: "arn:aws:s3:::b" fits one of ["arn:aws:s3:::*"]"#
        ),
        Row("Null", ["true"], nil, true, "k is absent, as Null asks"),
        Row("Null", ["true"], .single("x"), false, "k is present, and Null asks for its absence"),
        Row("Null", ["false"], nil, false, "k is absent, and Null asks for a value"),
    ]

    static let others: [Row] = [
        // COND-9, COND-10: absent keys.
        Row(
            "StringNotEquals",
            ["o-1"],
            nil,
            true,
            "k is absent, which StringNotEquals takes for a match"
        ),
        Row(
            "StringEqualsIfExists",
            ["o-1"],
            nil,
            true,
            "k is absent, which StringEqualsIfExists takes for a match"
        ),
        Row(
            "StringEquals",
            ["o-1"],
            nil,
            false,
            #"k is absent, and StringEquals asks for one of ["o-1"]"#
        ),
        Row(
            "NumericLessThan",
            ["5"],
            nil,
            false,
            #"k is absent, and NumericLessThan asks for one less than one of ["5"]"#
        ),
        Row(
            "IpAddress",
            ["10.0.0.0/8"],
            nil,
            false,
            #"k is absent, and IpAddress asks for an address in one of ["10.0.0.0/8"]"#
        ),
        // COND-12: a set without a set operator.
        Row(
            "StringEquals",
            ["a"],
            .set(["a"]),
            false,
            #"StringEquals k: the key has a set of values, ["a"], which only ForAllValues and ForAnyValue can compare"#
        ),
        // COND-34, COND-35: set operators.
        Row(
            "ForAllValues:StringEquals",
            ["a", "b"],
            .set(["a", "b"]),
            true,
            #"ForAllValues:StringEquals k: each of ["a", "b"] is one of ["a", "b"]"#
        ),
        Row(
            "ForAllValues:StringEquals",
            ["a"],
            .set(["a", "c"]),
            false,
            #"ForAllValues:StringEquals k: of ["a", "c"], "c" is none of ["a"]"#
        ),
        Row(
            "ForAllValues:StringEquals",
            ["a"],
            nil,
            true,
            "k is absent, which ForAllValues:StringEquals takes for a match"
        ),
        Row(
            "ForAllValues:StringEquals",
            ["a"],
            .set([]),
            true,
            "k is empty, which ForAllValues:StringEquals takes for a match"
        ),
        Row(
            "ForAllValues:StringNotEquals",
            ["a"],
            .set(["b", "a"]),
            false,
            #"ForAllValues:StringNotEquals k: of ["b", "a"], "a" is one of ["a"]"#
        ),
        Row(
            "ForAnyValue:StringLike",
            ["c*"],
            .set(["a", "cc"]),
            true,
            #"ForAnyValue:StringLike k: of ["a", "cc"], "cc" fits one of ["c*"]"#
        ),
        Row(
            "ForAnyValue:StringLike",
            ["c*"],
            .set(["a", "b"]),
            false,
            #"ForAnyValue:StringLike k: each of ["a", "b"] fits none of ["c*"]"#
        ),
        Row(
            "ForAnyValue:StringNotEquals",
            ["a", "b"],
            .set(["a", "b"]),
            false,
            #"ForAnyValue:StringNotEquals k: each of ["a", "b"] is one of ["a", "b"]"#
        ),
        Row(
            "ForAnyValue:StringEquals",
            ["a"],
            nil,
            false,
            "k is absent, so ForAnyValue:StringEquals finds no value to compare"
        ),
        Row(
            "ForAnyValue:StringEqualsIfExists",
            ["a"],
            nil,
            true,
            "k is absent, which ForAnyValue:StringEqualsIfExists takes for a match"
        ),
        // Long lists: the one that matters first, the others counted.
        Row(
            "StringEquals",
            (1...30).map { "v\($0)" },
            .single("v30"),
            true,
            #"StringEquals k: "v30" is one of ["v30", "v1", "v2", "v3", … and 26 more]"#
        ),
        // VAR-6: values put in.
        Row(
            "StringEquals",
            ["${aws:PrincipalTag/team}"],
            .single("ops"),
            false,
            #"StringEquals k: "ops" is none of ["${aws:PrincipalTag/team}"], with "${aws:PrincipalTag/team}" = "data""#
        ),
        Row(
            "StringLike",
            ["${aws:username}-*"],
            .single("ops"),
            false,
            #"StringLike k: "ops" fits none of ["${aws:username}-*"], with "${aws:username}" without a value"#
        ),
        Row(
            "StringEquals",
            ["${aws:username, 'guest'}"],
            .single("guest"),
            true,
            #"StringEquals k: "guest" is one of ["${aws:username, 'guest'}"], with "${aws:username}" = "guest""#
        ),
    ]

    @Test(
        "what was compared, and how it came out (COND-7, COND-27, COND-31)",
        arguments: single + others
    )
    func tells(row: Row) throws {
        let operation = try #require(ConditionOperator(row.op))
        let operands = row.values.map {
            ConditionOperand($0, for: operation.base, variables: .expanded)
        }
        let condition = Condition(operation, "k", operands, at: .nowhere)
        var context = RequestContext()
        context["k"] = row.value
        context["aws:PrincipalTag/team"] = .single("data")
        #expect(condition.holds(in: context) == row.holds)
        #expect(ConditionText(condition, in: context).sentence == row.sentence)
    }

    @Test("every operator has its words")
    func isComplete() {
        let told = Set(Self.single.map(\.op))
        for base in ConditionOperator.Base.allCases {
            #expect(told.contains(base.rawValue), "\(base.rawValue)")
        }
    }

    @Test("a key that is unknown is said to be, also where a variable is")
    func unknown() {
        let operand = ConditionOperand(
            "${aws:username}",
            for: .stringEquals,
            variables: .expanded
        )
        let condition = Condition(ConditionOperator(.stringEquals), "k", [operand], at: .nowhere)
        var context = RequestContext()
        let both = ConditionText(condition, in: context) { _ in true }
        #expect(
            both.sentence == #"""
                k is unknown, and StringEquals compares it with ["${aws:username}"], with "${aws:username}" unknown
                """#
        )
        context["k"] = .single("x")
        let variable = ConditionText(condition, in: context) { $0 == "aws:username" }
        #expect(
            variable.sentence == #"""
                StringEquals k: "x" is none of ["${aws:username}"], with "${aws:username}" unknown
                """#
        )
    }
}
