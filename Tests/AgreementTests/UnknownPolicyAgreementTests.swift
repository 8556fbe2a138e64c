import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

/// Dense policies: a few statements whose conditions contradict and complete each other on a few
/// keys, all of them unknown, against every combination of values.
@Suite("Unknown keys of dense policies") struct UnknownPolicyAgreementTests {
    @Test("what a verdict depends on is exactly when it is allowed", arguments: 0..<8)
    func agrees(slice: UInt64) throws {
        var dice = Dice(state: slice &* 7_919 &+ 17)
        let policies = (0..<60).map { _ in DensePolicy(&dice) }
        let engine = try Self.engine(policies)
        var undetermined = 0
        for (number, policy) in policies.enumerated() {
            let asked = try Self.request(number, engine, policy.keys)
            let decision = engine.decide(asked)
            if decision.outcome == .undetermined { undetermined += 1 }
            let place = "slice \(slice), policy \(number): \(policy.statements)"
            #expect(
                decision.outcome != .undetermined || !decision.dependsOn.isEmpty,
                "\(place) \(decision.notes)"
            )
            check(decision, asked, policy, engine, place)
        }
        #expect(undetermined >= 20)
    }

    private func check(
        _ decision: Decision,
        _ asked: Request,
        _ policy: DensePolicy,
        _ engine: Engine,
        _ place: String
    ) {
        var outcomes: Set<Decision.Outcome> = []
        for values in policy.combinations {
            var request = asked
            request.unknownKeys = UnknownKeys()
            var context = RequestContext()
            for (key, value) in zip(policy.keys, values) {
                request.context.set(ConditionKey(key.name), to: value)
                context[ConditionKey(key.name)] = value
            }
            let outcome = engine.decide(request, telling: .verdict).outcome
            outcomes.insert(outcome)
            guard decision.outcome == .undetermined else { continue }
            let isTold = decision.dependsOn.contains { $0.allSatisfy { $0.isMet(in: context) } }
            guard isTold != (outcome == .allowed) else { continue }
            Issue.record("\(place)\n\(decision.dependsOn)\n\(values.map { $0?.values ?? [] })")
            return
        }
        let expected: Decision.Outcome =
            outcomes.count == 1
            ? outcomes.first ?? .invalid
            : outcomes.contains(.allowed) ? .undetermined : .implicitDeny
        #expect(decision.outcome == expected, "\(place)\n\(outcomes) \(decision.dependsOn)")
    }

    private static func request(
        _ number: Int,
        _ engine: Engine,
        _ keys: [DenseKey]
    ) throws -> Request {
        let organization = engine.organization
        let caller = try CallerResolver(organization: organization, instant: .init(seconds: 0))
            .caller("app:user/u\(number)")
        let action = try #require(ActionName("s3:ListBucket"))
        var request = Request(
            caller: caller,
            action: action,
            resource: "arn:aws:s3:::b",
            instant: Instant(seconds: 1_767_225_600)
        )
        for key in keys { request.unknownKeys.insert(key.name) }
        return request
    }

    private static func engine(_ policies: [DensePolicy]) throws -> Engine {
        let users = policies.enumerated().map { number, policy in
            """
            "u\(number)": {"managedPolicies": ["p\(number)"]}
            """
        }
        let documents = policies.enumerated().map { number, policy in
            """
            "p\(number)": {"Version": "2012-10-17", "Statement": [\(policy.statements)]}
            """
        }
        let text = """
            {"externalAccounts": {"app": {"id": "100000000002", "iam": {
              "users": {\(users.joined(separator: ","))},
              "managedPolicies": {\(documents.joined(separator: ","))}}}}}
            """
        let parsed = JSONParser.parse(Array(text.utf8), file: 0)
        let loaded = OrganizationLoader.load(try #require(parsed.value))
        return Engine(try #require(loaded.value, "\(loaded.diagnostics.map(\.message)) \(text)"))
    }
}

/// A generator whose numbers depend on its seed alone.
struct Dice {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }
}

/// A key with operators and values that policies use, and every value that could matter.
struct DenseKey: Sendable {
    let name: String
    let operators: [String]
    let operands: [String]
    let values: [ContextValue?]

    static let all: [DenseKey] = [
        DenseKey(
            name: "aws:UserAgent",
            operators: [
                "StringEquals", "StringNotEquals", "StringLike", "StringNotLike",
                "StringEqualsIfExists", "StringNotLikeIfExists", "StringEqualsIgnoreCase",
            ],
            operands: ["ab", "a*", "*b", "A?", "cb", "x${aws:referer}y"],
            values: [nil]
                + [
                    "ab", "AB", "a", "ac", "b", "cb", "A", "Ac", "Aá", "zz", "", "xy", "x1y", "x2y",
                    "a*", "*b", "*B", "A?", "x${aws:referer}y", "a?",
                ].map { .single($0) }
        ),
        DenseKey(
            name: "aws:referer",
            operators: ["StringEquals", "StringNotEquals"],
            operands: ["1", "2"],
            values: [nil] + ["1", "2", "3", "", "a", "b", "ab"].map { .single($0) }
        ),
        DenseKey(
            name: "aws:MultiFactorAuthPresent",
            operators: ["Bool", "BoolIfExists", "Null"],
            operands: ["true", "false"],
            values: [nil, .single("true"), .single("false")]
        ),
        DenseKey(
            name: "aws:SourceIp",
            operators: ["IpAddress", "NotIpAddress", "IpAddressIfExists"],
            operands: [
                "10.0.0.0/8", "10.1.0.0/16", "0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1",
            ],
            values: [nil]
                + ["10.0.0.1", "10.1.2.3", "11.0.0.1", "200.0.0.1", "2001:db8::1"]
                .map { .single($0) }
        ),
        DenseKey(
            name: "s3:max-keys",
            operators: [
                "NumericLessThan", "NumericGreaterThanEquals", "NumericEquals",
                "NumericNotEqualsIfExists",
            ],
            operands: ["10", "10.5", "100"],
            values: [nil]
                + ["9", "10", "10.2", "10.5", "11", "99", "100", "101"].map { .single($0) }
        ),
        DenseKey(
            name: "aws:TagKeys",
            operators: [
                "ForAllValues:StringEquals", "ForAnyValue:StringLike", "StringNotEquals", "Null",
                "ForAllValues:StringNotLike",
            ],
            operands: ["true", "team", "t*"],
            values: [nil]
                + [
                    ["team"], ["true"], ["tx"], ["z"], ["team", "z"], ["true", "z"], ["tx", "z"],
                    ["team", "true"], ["team", "tx"], ["true", "tx"], ["team", "true", "z"],
                    ["team", "tx", "z"], ["true", "tx", "z"],
                ].map { .set($0) }
        ),
    ]
}

/// Two to five statements about two or three keys.
struct DensePolicy {
    let keys: [DenseKey]
    let statements: String

    init(_ dice: inout Dice) {
        var left = DenseKey.all
        var keys: [DenseKey] = []
        for _ in 0..<(2 + dice.below(2)) { keys.append(left.remove(at: dice.below(left.count))) }
        var statements: [String] = []
        for number in 0..<(2 + dice.below(4)) {
            let effect = number == 0 || dice.below(3) > 0 ? "Allow" : "Deny"
            var block: [String: [String]] = [:]
            for _ in 0...dice.below(2) {
                let key = dice.pick(keys)
                let name = dice.pick(key.operators)
                // What another key holds may stand in the value where that one is unknown too.
                let allowed = key.operands.filter { text in
                    !text.contains("${") || keys.contains { $0.name == "aws:referer" }
                }
                let operand = name == "Null" ? dice.pick(["true", "false"]) : dice.pick(allowed)
                block[name, default: []].append("\"\(key.name)\": [\"\(operand)\"]")
            }
            let conditions = block.sorted { $0.key < $1.key }.map { name, members in
                // One key cannot stand twice below one operator.
                let names = Set(members.map { $0.prefix { $0 != "[" } })
                let list = names.count == members.count ? members : [members[0]]
                return "\"\(name)\": {\(list.joined(separator: ","))}"
            }
            statements.append(
                "{\"Effect\": \"\(effect)\", \"Action\": \"s3:*\", \"Resource\": \"*\", "
                    + "\"Condition\": {\(conditions.joined(separator: ","))}}"
            )
        }
        self.keys = keys
        self.statements = statements.joined(separator: ", ")
    }

    /// Every combination of values of the keys.
    var combinations: [[ContextValue?]] {
        keys.reduce([[]]) { rows, key in rows.flatMap { row in key.values.map { row + [$0] } } }
    }
}

extension Requirement {
    /// Read as a policy of today would be.
    func isMet(in context: RequestContext) -> Bool {
        let operands = values.map {
            ConditionOperand($0, for: `operator`.base, variables: .expanded)
        }
        return Condition(`operator`, key, operands, at: .nowhere).holds(in: context)
    }
}
