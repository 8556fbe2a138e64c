import JSONSource
import PolicyLanguage
import Testing

/// One condition asked of one value of the key `test:key`.
struct ConditionCase: Sendable, CustomTestStringConvertible {
    let `operator`: String
    let operands: [String]
    let value: ContextValue?
    let holds: Bool

    init(_ operator: String, _ operands: [String], _ value: ContextValue?, _ holds: Bool) {
        self.operator = `operator`
        self.operands = operands
        self.value = value
        self.holds = holds
    }

    /// For a key of one value.
    init(_ operator: String, _ operands: [String], _ value: String, _ holds: Bool) {
        self.init(`operator`, operands, .single(value), holds)
    }

    var testDescription: String {
        let shown = value.map { $0.isMultivalued ? "\($0.values)" : "'\($0.values.joined())'" }
        return "\(`operator`) \(operands) \(holds ? "holds" : "fails") for \(shown ?? "no value")"
    }
}

/// Evaluates the condition of a row, with further keys for its variables.
func expectCondition(_ row: ConditionCase, _ request: RequestContext = RequestContext()) throws {
    let found = try #require(ConditionOperator(row.operator))
    var request = request
    request["test:key"] = row.value
    let operands = row.operands.map {
        ConditionOperand($0, for: found.base, variables: .expanded)
    }
    let condition = Condition(found, "test:key", operands, at: .nowhere)
    #expect(condition.holds(in: request) == row.holds)
}

/// A value that the operator can read, and one that differs from it.
private func sample(_ base: ConditionOperator.Base) -> (operand: String, other: String) {
    switch base {
    case .stringEquals, .stringNotEquals, .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase,
        .stringLike, .stringNotLike:
        ("a", "b")
    case .numericEquals, .numericNotEquals, .numericLessThan, .numericLessThanEquals,
        .numericGreaterThan, .numericGreaterThanEquals:
        ("1", "2")
    case .dateEquals, .dateNotEquals, .dateLessThan, .dateLessThanEquals, .dateGreaterThan,
        .dateGreaterThanEquals:
        ("2026-01-01", "2026-01-02")
    case .bool, .null: ("true", "false")
    case .binaryEquals: ("YQ==", "Yg==")
    case .ipAddress, .notIPAddress: ("10.0.0.0/8", "11.0.0.0")
    case .arnEquals, .arnLike, .arnNotEquals, .arnNotLike: ("arn:aws:s3:::a", "arn:aws:s3:::b")
    }
}

@Suite("Condition")
struct ConditionTests {
    /// A way to write an operator, with what table 2.2 says of missing values.
    struct Form: Sendable, CustomTestStringConvertible {
        let name: String
        var quantifier: ConditionOperator.Quantifier?
        var ifExists = false
        let absent: Answer
        let emptySet: Answer

        enum Answer: Sendable {
            case yes
            case no
            /// Negated operators hold, others do not.
            case ifNegated
        }

        var testDescription: String { name }
    }

    static let forms = [
        // A set without a set operator never matches (COND-12), also an empty one.
        Form(name: "plain", absent: .ifNegated, emptySet: .no),
        Form(name: "IfExists", ifExists: true, absent: .yes, emptySet: .no),
        Form(name: "ForAllValues", quantifier: .forAllValues, absent: .yes, emptySet: .yes),
        Form(name: "ForAnyValue", quantifier: .forAnyValue, absent: .no, emptySet: .no),
        Form(
            name: "ForAllValues, IfExists",
            quantifier: .forAllValues,
            ifExists: true,
            absent: .yes,
            emptySet: .yes
        ),
        Form(
            name: "ForAnyValue, IfExists",
            quantifier: .forAnyValue,
            ifExists: true,
            absent: .yes,
            emptySet: .no
        ),
    ]

    static let comparingBases = ConditionOperator.Base.allCases.filter { $0 != .null }

    @Test("COND-2.2: what an absent key and an empty set answer", arguments: comparingBases, forms)
    func missingValues(_ base: ConditionOperator.Base, _ form: Form) {
        let operand = ConditionOperand(sample(base).operand, for: base, variables: .expanded)
        #expect(operand.isReadable)
        let found = ConditionOperator(base, quantifier: form.quantifier, ifExists: form.ifExists)
        let condition = Condition(found, "test:key", [operand], at: .nowhere)
        func holds(_ value: ContextValue?) -> Bool {
            var request = RequestContext()
            request["test:key"] = value
            return condition.holds(in: request)
        }
        func means(_ answer: Form.Answer) -> Bool {
            switch answer {
            case .yes: true
            case .no: false
            case .ifNegated: base.isNegated
            }
        }
        #expect(holds(nil) == means(form.absent), "absent")
        #expect(holds(.set([])) == means(form.emptySet), "[]")
        #expect(holds(.set([""])) == means(form.emptySet), "['']")
        if form.quantifier != nil {
            #expect(
                holds(.single("")) == means(form.emptySet),
                "'' counts as empty under set operators"
            )
        }
    }

    @Test(
        "COND-2.2: an empty string without a set operator is compared as a value",
        arguments: [
            ConditionCase("StringEquals", [""], "", true),
            ConditionCase("StringEquals", ["a"], "", false),
            ConditionCase("StringEqualsIfExists", ["a"], "", false),
            ConditionCase("StringEqualsIfExists", [""], "", true),
            ConditionCase("StringNotEquals", [""], "", false),
            ConditionCase("StringNotEquals", ["a"], "", true),
            ConditionCase("StringNotEqualsIfExists", [""], "", false),
            ConditionCase("StringLike", ["*"], "", true),
            ConditionCase("StringLike", ["?*"], "", false),
            ConditionCase("StringNotLike", ["*"], "", false),
            ConditionCase("StringEqualsIgnoreCase", [""], "", true),
            ConditionCase("NumericEquals", ["0"], "", false),
            ConditionCase("DateLessThan", ["2026"], "", false),
            ConditionCase("Bool", ["false"], "", false),
            ConditionCase("IpAddress", ["0.0.0.0/0"], "", false),
            ConditionCase("ArnLike", ["*"], "", false),
            ConditionCase("BinaryEquals", [""], "", true),
        ]
    )
    func emptyString(_ row: ConditionCase) throws {
        try expectCondition(row)
    }

    @Test("COND-8: IfExists compares a key that is there", arguments: comparingBases)
    func ifExistsWithValue(_ base: ConditionOperator.Base) {
        let (same, other) = sample(base)
        let plain = ConditionOperator(base)
        let lenient = ConditionOperator(base, ifExists: true)
        let operand = ConditionOperand(same, for: base, variables: .expanded)
        for value in [same, other] {
            let request = context(["test:key": value])
            let expected = Condition(plain, "test:key", [operand], at: .nowhere).holds(in: request)
            let actual = Condition(lenient, "test:key", [operand], at: .nowhere).holds(in: request)
            #expect(actual == expected, "\(value)")
        }
    }

    static let negatedPairs = [
        ("StringEquals", "StringNotEquals"),
        ("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
        ("StringLike", "StringNotLike"), ("NumericEquals", "NumericNotEquals"),
        ("DateEquals", "DateNotEquals"), ("IpAddress", "NotIpAddress"),
        ("ArnEquals", "ArnNotEquals"), ("ArnLike", "ArnNotLike"),
    ]

    @Test(
        "COND-1, COND-2: several values combine as OR, of a negated operator as NOR",
        arguments: negatedPairs
    )
    func severalValues(_ positive: String, _ negated: String) throws {
        let base = try #require(ConditionOperator(positive)?.base)
        let (first, second) = sample(base)
        let third =
            ["b": "c", "2": "3", "2026-01-02": "2026-01-03", "11.0.0.0": "12.0.0.0"][second]
            ?? "arn:aws:s3:::c"
        let matching = base == .ipAddress ? "10.0.0.1" : first
        for (value, isListed) in [(matching, true), (second, true), (third, false)] {
            try expectCondition(ConditionCase(positive, [first, second], value, isListed))
            try expectCondition(ConditionCase(negated, [first, second], value, !isListed))
        }
        #expect(ConditionOperator(negated)?.base.isNegated == true)
        #expect(!base.isNegated)
    }

    @Test("without values a positive operator never holds and a negated one does")
    func noOperands() throws {
        try expectCondition(ConditionCase("StringEquals", [], "a", false))
        try expectCondition(ConditionCase("StringNotEquals", [], "a", true))
    }

    @Test(
        "COND-9, COND-35: Null asks whether the key is there; an empty set is not, an empty string is",
        arguments: [
            ConditionCase("Null", ["true"], nil, true),
            ConditionCase("Null", ["false"], nil, false),
            ConditionCase("Null", ["true"], "a", false),
            ConditionCase("Null", ["false"], "a", true),
            ConditionCase("Null", ["true"], "", false),
            ConditionCase("Null", ["false"], "", true),
            ConditionCase("Null", ["true"], .set([]), true),
            ConditionCase("Null", ["false"], .set([]), false),
            ConditionCase("Null", ["true"], .set([""]), true),
            ConditionCase("Null", ["false"], .set([""]), false),
            ConditionCase("Null", ["false"], .set(["", "a"]), true),
            ConditionCase("Null", ["true"], .set(["a"]), false),
            ConditionCase("Null", ["TRUE"], nil, true),
            ConditionCase("Null", ["False"], "a", true),
            ConditionCase("Null", ["true", "false"], nil, true),
            ConditionCase("Null", ["true", "false"], "a", true),
            ConditionCase("Null", ["maybe"], nil, false),
            ConditionCase("Null", ["maybe"], "a", false),
        ]
    )
    func null(_ row: ConditionCase) throws {
        try expectCondition(row)
    }

    @Test(
        "COND-10: set operators ask all values or any of them",
        arguments: [
            ConditionCase("ForAllValues:StringEquals", ["a", "b"], .set(["a", "b"]), true),
            ConditionCase("ForAllValues:StringEquals", ["a", "b"], .set(["a", "c"]), false),
            ConditionCase("ForAllValues:StringLike", ["a*"], .set(["ab", "ac"]), true),
            ConditionCase("ForAnyValue:StringEquals", ["a", "b"], .set(["c", "b"]), true),
            ConditionCase("ForAnyValue:StringEquals", ["a", "b"], .set(["c", "d"]), false),
            ConditionCase("ForAllValues:StringNotEquals", ["c"], .set(["a", "b"]), true),
            ConditionCase("ForAllValues:StringNotEquals", ["a", "c"], .set(["a", "b"]), false),
            ConditionCase("ForAllValues:StringNotLike", ["a*"], nil, true),
            ConditionCase("ForAnyValue:StringNotEquals", ["a"], .set(["a", "b"]), true),
            ConditionCase("ForAnyValue:StringNotEquals", ["a", "b"], .set(["a", "b"]), false),
            ConditionCase("ForAnyValue:StringNotEquals", ["a"], nil, false),
            ConditionCase("ForAllValues:StringEqualsIfExists", ["a"], .set(["a", "b"]), false),
            ConditionCase("ForAnyValue:StringLikeIfExists", ["a*"], .set(["b", "ab"]), true),
            ConditionCase("ForAnyValue:Bool", ["true"], .set(["false", "true"]), true),
            ConditionCase("ForAllValues:Bool", ["true"], .set(["false", "true"]), false),
            ConditionCase("ForAnyValue:StringEquals", ["a"], .set(["", "a"]), true),
        ]
    )
    func setOperators(_ row: ConditionCase) throws {
        try expectCondition(row)
    }

    @Test(
        "COND-11: under a set operator a single value is a set of one",
        arguments: [
            ConditionCase("ForAllValues:StringEquals", ["a"], "a", true),
            ConditionCase("ForAllValues:StringEquals", ["a"], "b", false),
            ConditionCase("ForAnyValue:StringEquals", ["a"], "a", true),
            ConditionCase("ForAnyValue:StringNotEquals", ["a"], "a", false),
        ]
    )
    func singleValueAsSet(_ row: ConditionCase) throws {
        try expectCondition(row)
    }

    @Test(
        "COND-12, COND-13: a set without a set operator never matches, negated or not",
        arguments: [
            ConditionCase("StringEquals", ["a"], .set(["a"]), false),
            ConditionCase("StringEqualsIfExists", ["a"], .set(["a"]), false),
            ConditionCase("StringNotEquals", ["a"], .set(["b"]), false),
            ConditionCase("StringNotEqualsIfExists", ["a"], .set(["b"]), false),
            ConditionCase("StringLike", ["*"], .set(["a", "b"]), false),
            ConditionCase("ArnNotLike", ["arn:aws:s3:::*"], .set(["x"]), false),
            ConditionCase("NotIpAddress", ["10.0.0.0/8"], .set(["11.0.0.1"]), false),
        ]
    )
    func setWithoutSetOperator(_ row: ConditionCase) throws {
        try expectCondition(row)
    }

    @Test(
        "COND-7: a value that cannot be read fails, also where the operator is negated",
        arguments: [
            ConditionCase("NumericEquals", ["x"], "1", false),
            ConditionCase("NumericEquals", ["1"], "x", false),
            ConditionCase("NumericNotEquals", ["x"], "1", false),
            ConditionCase("NumericNotEquals", ["1"], "x", false),
            ConditionCase("NumericNotEquals", ["2", "x"], "1", false),
            ConditionCase("NumericLessThan", ["10"], "1abc", false),
            ConditionCase("DateEquals", ["x"], "2026-01-01", false),
            ConditionCase("DateNotEquals", ["x"], "2026-01-01", false),
            ConditionCase("DateNotEquals", ["2026-01-01"], "x", false),
            ConditionCase("DateLessThan", ["2026-01-01"], "x", false),
            ConditionCase("IpAddress", ["10.0.0.0/8"], "x", false),
            ConditionCase("IpAddress", ["x"], "10.0.0.1", false),
            ConditionCase("NotIpAddress", ["10.0.0.0/8"], "x", true),
            ConditionCase("BinaryEquals", ["%"], "%", false),
            ConditionCase("NumericEquals", ["x", "1"], "1", true),
        ]
    )
    func unreadable(_ row: ConditionCase) throws {
        try expectCondition(row)
    }

    @Test("a condition names every key it reads")
    func keysRead() {
        let operand = ConditionOperand(
            "arn:aws:iam::${aws:PrincipalAccount}:user/${aws:username}",
            for: .arnLike,
            variables: .expanded
        )
        let condition = Condition(
            ConditionOperator(.arnLike),
            "aws:PrincipalArn",
            [operand],
            at: .nowhere
        )
        #expect(condition.keysRead == ["aws:PrincipalArn", "aws:PrincipalAccount", "aws:username"])
    }
}

@Suite("ConditionOperator")
struct ConditionOperatorTests {
    @Test(
        "every operator reads from its name and prints it",
        arguments: ConditionOperator.Base.allCases
    )
    func names(_ base: ConditionOperator.Base) {
        for prefix in ["", "ForAllValues:", "ForAnyValue:"] {
            for suffix in ["", "IfExists"] where base != .null || suffix.isEmpty {
                let name = prefix + base.rawValue + suffix
                #expect(ConditionOperator(name)?.description == name)
                #expect(ConditionOperator(name)?.ifExists == !suffix.isEmpty)
                #expect((ConditionOperator(name)?.quantifier == nil) == prefix.isEmpty)
            }
        }
    }

    @Test("COND-5: letter case is ignored and the canonical spelling printed")
    func letterCase() {
        #expect(ConditionOperator("stringequals")?.description == "StringEquals")
        #expect(
            ConditionOperator("foranyvalue:STRINGLIKEifexists")?.description
                == "ForAnyValue:StringLikeIfExists"
        )
    }

    @Test(
        "COND-5, COND-8: unknown operators and IfExists behind Null are refused",
        arguments: [
            "", "StringEqual", "StringMatches", "NullIfExists", "ForAllValues:NullIfExists",
            "IfExists",
            "ForAllValues:", "ForSomeValues:StringEquals", "ForAllValues:ForAnyValue:StringEquals",
            "StringEqualsIfExistsIfExists", "StringEquals ", "ForAllValuesStringEquals",
        ]
    )
    func refused(_ name: String) {
        #expect(ConditionOperator(name) == nil)
    }
}
