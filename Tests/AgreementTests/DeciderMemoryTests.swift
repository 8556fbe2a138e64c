import Analysis
import Authorization
import OrganizationModel
import PolicyLanguage
import ReferenceEvaluator
import Scenarios
import Testing

/// A decider remembers callers, resources and comparisons; what it was asked before must not show.
@Suite struct DeciderMemoryTests {
    private static let now = Instant(seconds: Int64(RandomOrganization.now))

    @Test("what was decided before makes no difference", arguments: 0..<4)
    func orderMakesNoDifference(slice: Int) throws {
        for seed in UInt64(slice * 10)..<UInt64(slice * 10 + 10) {
            let organization = RandomOrganization(seed: seed)
            let engine = try RandomEngine.make(organization, seed: seed)
            let requests = (0..<60).compactMap { number in
                try? RequestLine.read(
                    Array(organization.request(number).utf8),
                    engine: engine,
                    at: Self.now
                )
            }
            let all = requests.flatMap { Self.variants(of: $0, requests) }
            var forwards = engine.decider()
            var backwards = engine.decider()
            let last = all.reversed().map { Self.told(by: &backwards, $0) }
            for (request, other) in zip(all, last.reversed()) {
                #expect(Self.told(by: &forwards, request) == other)
                var fresh = engine.decider()
                #expect(Self.told(by: &fresh, request) == other)
                if request.unknownKeys.isEmpty {
                    let verdict = fresh.decision(on: request, telling: .verdict).outcome
                    #expect(verdict == fresh.decision(on: request, telling: .reasons).outcome)
                }
            }
        }
    }

    /// The request also by a service and by nobody, and with the action and resource of others.
    private static func variants(of request: Request, _ others: [Request]) -> [Request] {
        let callers: [Caller] = [
            request.caller, .anonymous, .service(ServiceCaller(name: "lambda.amazonaws.com")),
        ]
        let actions = ["s3:ListAllMyBuckets", others[0].action.description].compactMap {
            ActionName($0)
        }
        return callers.flatMap { caller in
            ([request.action] + actions).map { action in
                var variant = request
                variant.caller = caller
                variant.action = action
                return variant
            }
        }
    }

    /// Session names that Swift takes for the same text, and AWS does not (KEY-9).
    @Test("sessions that differ in their bytes are two", arguments: [false, true])
    func sessionsByBytes(isReversed: Bool) throws {
        let organization = RandomOrganization(seed: 1)
        let engine = try RandomEngine.make(organization, seed: 1)
        let account = try #require(engine.organization.accounts.first { !$0.roles.isEmpty })
        let role = account.roles[0].entity
        var names = ["caf\u{E9}", "cafe\u{301}"]
        if isReversed { names.reverse() }
        var decider = engine.decider()
        let ids = try names.map { name in
            let request = Request(
                caller: .role(role, Session(name: name, issuedAt: Self.now)),
                action: try #require(ActionName("s3:GetObject")),
                instant: Self.now
            )
            _ = decider.decision(on: request, telling: .reasons)
            let asked = Engine(engine.organization).trace(request).trace
            return try #require(asked.context.single("aws:userid")).utf8.count
        }
        #expect(Set(ids).count == 2)
    }

    /// Who can, asked by templates, is who can, asked one by one.
    @Test("roles asked together are roles asked one by one", arguments: UInt64(0)..<40)
    func surveyAgrees(seed: UInt64) throws {
        let organization = RandomOrganization(seed: seed)
        let engine = try RandomEngine.make(organization, seed: seed)
        for number in 0..<8 {
            guard
                let request = try? RequestLine.read(
                    Array(organization.request(number).utf8),
                    engine: engine,
                    at: Self.now
                )
            else { continue }
            var question = WhoCan.Question(action: request.action, resource: request.resource)
            question.context = request.context
            question.resourceAccount = request.resourceAccount
            let answers = WhoCan(question, engine, at: Self.now).result()
            let found = Set(answers.answers.map(\.principal.name))
            var absentKeys: Set<String> = []
            for account in engine.organization.accounts {
                for role in account.roles where !role.isServiceLinked && !role.isReserved {
                    var asked = Request(
                        caller: .role(
                            role.entity,
                            Session(name: CallerResolver.directSessionName, issuedAt: Self.now)
                        ),
                        action: request.action,
                        resource: request.resource,
                        context: request.context,
                        resourceAccount: request.resourceAccount,
                        instant: Self.now
                    )
                    asked.without = question.without
                    let decision = Engine(engine.organization).decide(asked)
                    absentKeys.formUnion(decision.absentKeys)
                    let name = "\(account.name):role/\(role.name)"
                    #expect(found.contains(name) == (decision.outcome == .allowed), "\(name)")
                }
            }
            #expect(absentKeys.subtracting(answers.absentKeys).isEmpty)
        }
    }

    private struct Told: Equatable {
        let outcome: Decision.Outcome
        let reasons: [Reason]
        let absentKeys: [String]
        let notes: [String]
        let dependsOn: [[Requirement]]
    }

    private static func told(by decider: inout Decider, _ request: Request) -> Told {
        let decision = decider.decision(on: request, telling: .reasons)
        return Told(
            outcome: decision.outcome,
            reasons: decision.reasons,
            absentKeys: decision.absentKeys,
            notes: decision.notes,
            dependsOn: decision.dependsOn
        )
    }
}
