import Analysis
import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage
import ReferenceEvaluator
import Scenarios
import Testing
import Workloads

/// "Who can" along chains against asking everybody for every role.
@Suite struct ChainedWhoCanTests {
    @Test("chains find those whom asking everybody finds (STS-2, XACC-1)", arguments: 0..<8)
    func randomOrganizations(slice: Int) throws {
        var longer = 0
        for seed in UInt64(slice * 8)..<UInt64(slice * 8 + 8) {
            longer += try compare(Array(RandomChain(seed: seed).organizationText().utf8))
        }
        #expect(longer > 0)
    }

    @Test(
        "so they do in generated organizations",
        arguments: [OrganizationShape.Trust.realistic, .everyone]
    )
    func generatedOrganizations(trust: OrganizationShape.Trust) throws {
        var shape = OrganizationShape(accounts: 4, rolesPerAccount: 8)
        shape.trust = trust
        let longer = try compare(GeneratedOrganization(shape).bytes())
        // Who may enter the roles of realistic ones may do most himself.
        if trust == .everyone { #expect(longer > 0) }
    }

    /// Compares every question and says how many principals came in by way of roles.
    private func compare(_ bytes: [UInt8]) throws -> Int {
        let reader = FileReader { _ in .success(bytes) }
        let loader = DocumentLoader(reader: reader, sources: SourceMap())
        var scenarios = ScenarioReader(loader: loader)
        let loaded = scenarios.engine(path: "organization.json", namedAt: nil)
        let engine = try #require(loaded)
        let assume = try #require(ActionName("sts:AssumeRole"))
        let roles = engine.organization.accounts.flatMap(\.roles).filter { !$0.isServiceLinked }
        /// Who gets into a role, everybody asked.
        var entrants: [String: Set<String>] = [:]
        for role in roles {
            var question = WhoCan.Question(action: assume, resource: role.arn.description)
            question.context.set("sts:RoleSessionName", to: .single("orgsim"))
            entrants[role.arn.description] = names(question, engine)
        }
        var longer = 0
        for text in ["s3:ListAllMyBuckets", "iam:ListRoles", "s3:GetObject", "sqs:ListQueues"] {
            var question = WhoCan.Question(action: try #require(ActionName(text)), resource: "*")
            let direct = WhoCan(question, engine, at: Scenario.defaultClock).result().answers
            var expected = Set(direct.map(\.principal.name))
            var frontier = direct.compactMap { $0.principal.role?.role.arn }
            var seen = Set(frontier)
            while let role = frontier.popLast() {
                let found = entrants[role.description] ?? []
                expected.formUnion(found)
                for other in engine.organization.accounts {
                    for next in other.roles where !seen.contains(next.arn) {
                        guard names(of: next, in: other, engine).contains(where: found.contains)
                        else { continue }
                        seen.insert(next.arn)
                        frontier.append(next.arn)
                    }
                }
            }
            question.followsRoles = true
            #expect(names(question, engine) == expected, "\(text)")
            longer += expected.count - direct.count
        }
        return longer
    }

    private func names(_ question: WhoCan.Question, _ engine: Engine) -> Set<String> {
        let result = WhoCan(question, engine, at: Scenario.defaultClock).result()
        return Set(result.answers.map(\.principal.name))
    }

    /// The names under which a role may be answered.
    private func names(
        of role: IAMRole,
        in account: Account,
        _ engine: Engine
    ) -> [String] {
        let provisioned = engine.organization.identityCenter?.provisionedRoles.first {
            $0.account == account.id && $0.name == role.name
        }
        return ["\(account.name):role/\(role.name)"]
            + (provisioned.map { ["sso:\($0.permissionSet)@\(account.name)"] } ?? [])
    }
}
