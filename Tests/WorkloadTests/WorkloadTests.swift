import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage
import Scenarios
import Testing
import Workloads

/// Generated organizations and requests: they load cleanly and follow from their shape alone.
@Suite struct WorkloadTests {
    private static func shape(_ accounts: Int, _ roles: Int) -> OrganizationShape {
        OrganizationShape(accounts: accounts, rolesPerAccount: roles)
    }

    @Test(
        "a generated organization of any shape loads without an error or a warning",
        arguments: [(1, 1), (1, 20), (2, 4), (12, 20), (40, 33)]
    )
    func loads(accounts: Int, roles: Int) throws {
        for trust in [OrganizationShape.Trust.realistic, .everyone] {
            var shape = Self.shape(accounts, roles)
            shape.trust = trust
            let world = try World(GeneratedOrganization(shape).bytes())
            #expect(world.problems == "")
            // The management account comes on top and has no roles.
            #expect(world.engine.organization.accounts.count == accounts + 1)
            let found = world.engine.organization.accounts.reduce(0) { $0 + $1.roles.count }
            #expect(found == accounts * roles)
        }
    }

    @Test("the same shape gives the same bytes, another seed gives others")
    func isSeeded() {
        var other = Self.shape(5, 8)
        other.seed += 1
        let bytes = GeneratedOrganization(Self.shape(5, 8)).bytes()
        #expect(bytes == GeneratedOrganization(Self.shape(5, 8)).bytes())
        #expect(bytes != GeneratedOrganization(other).bytes())
    }

    @Test("an indented file says the same as a compact one")
    func indents() throws {
        let generated = GeneratedOrganization(Self.shape(4, 8))
        func compact(_ bytes: [UInt8]) throws -> String {
            let value = JSONParser.parse(bytes, file: SourceSpan.nowhere.file).value
            return JSONOutput(try #require(value)).compact
        }
        let indented = generated.bytes(indent: 4)
        #expect(try compact(generated.bytes()) == compact(indented))
        #expect(indented.count { $0 == 10 } > 1_000)
    }

    @Test("roles of many accounts share few sets of policies")
    func shares() throws {
        let shape = Self.shape(200, 20)
        let world = try World(GeneratedOrganization(shape).bytes())
        var sets: Set<String> = []
        var roles = 0
        for role in world.engine.organization.accounts.flatMap(\.roles) where !role.isReserved {
            roles += 1
            sets.insert(
                role.identityPolicies.flatMap(\.document.statements)
                    .map { "\($0.label) \($0.resources?.patterns.map(\.text) ?? [])" }
                    .joined(separator: "\n")
            )
        }
        #expect(roles == 200 * 15)
        #expect(sets.count > 500)
        #expect(sets.count <= 60 * 50 + 2)
    }

    @Test("generated requests name what is there, and some are allowed, some denied either way")
    func requestsFit() throws {
        let shape = Self.shape(20, 20)
        let world = try World(GeneratedOrganization(shape).bytes())
        let requests = GeneratedRequests(shape)
        var outcomes: [Decision.Outcome: Int] = [:]
        for number in 0..<1_000 {
            let line = requests.item(number).line(id: number)
            let request = try RequestLine.read(
                Array(line.utf8),
                engine: world.engine,
                at: Scenario.defaultClock
            )
            outcomes[world.engine.decide(request).outcome, default: 0] += 1
        }
        #expect(Set(outcomes.keys) == [.allowed, .explicitDeny, .implicitDeny])
        #expect(outcomes.values.allSatisfy { $0 > 50 }, "\(outcomes)")
    }
}
