import Authorization
import JSONSource
import Mutation
import Parallelism
import Scenarios
import Testing

/// Scenarios in memory with the mutants of their guardrails.
struct MutationWorld {
    let plan: MutationPlan
    let sources = SourceMap()

    init(_ files: [String: String], scenarios: [String] = ["s.json"]) throws {
        let reader = FileReader { path in
            files[path].map { .success(Array($0.utf8)) } ?? .failure(.notFound)
        }
        var scenarioReader = ScenarioReader(
            loader: DocumentLoader(reader: reader, sources: sources)
        )
        let read = scenarioReader.read(scenarios, by: .one)
        let rendered = DiagnosticRenderer(sources: sources).render(scenarioReader.diagnostics)
        #expect(!scenarioReader.diagnostics.hasErrors, "\(rendered)")
        let found = try read.map { try #require($0) }
        for scenario in found {
            let replayed = ScenarioReplay.run(scenario)
            let failures = replayed.value.steps.flatMap(\.checks).flatMap(\.failures)
            #expect(replayed.value.status == .passed, "\(scenario.file): \(failures)")
        }
        plan = MutationPlan(found, types: Set(MutationPlan.types), sources: sources)
    }

    /// An organization of one unit with one account, in which an SCP is attached to the root.
    init(scp statement: String, steps: String, more: String = "") throws {
        try self.init([
            "org.json": Self.organization(scp: statement, more: more),
            "s.json": #"{"scenario": "S", "organization": "org.json", "steps": [\#(steps)]}"#,
        ])
    }

    static func organization(scp statement: String, more: String = "") -> String {
        #"""
        {
          "organization": { "id": "o-mutation01", "managementAccount": "management" },
          "serviceControlPolicies": {
            "G": { "Version": "2012-10-17", "Statement": [\#(statement)] }\#(more)
          },
          "root": {
            "serviceControlPolicies": ["FullAWSAccess", "G"],
            "accounts": { "management": { "id": "111111111111" } },
            "organizationalUnits": {
              "Prod": { "accounts": { "app": { "id": "222222222222",
                "iam": { "roles": { "Dev": { "trustPolicy": \#(trust),
                  "managedPolicies": ["arn:aws:iam::aws:policy/AdministratorAccess"] } } } } } },
              "Empty": {}
            }
          }
        }
        """#
    }

    static let trust =
        #"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "222222222222"}, "Action": "sts:AssumeRole"}}"#

    func result(asking checks: MutationRun.Checks = .reached) -> MutationResult {
        MutationRun(plan, asking: checks).result(by: .one) { _ in }
    }

    /// The files that a mutant makes of the organization.
    func file(_ sentence: String) throws -> JSONValue {
        let mutant = try #require(plan.mutants.first { $0.sentence.contains(sentence) })
        let file = plan.files(of: mutant).first?.file
        return try #require(file)
    }

    /// What came of the mutants of the SCP whose sentence holds a text.
    func fate(of text: String) throws -> MutantResult.Fate {
        let found = result().policies.filter { $0.type == .serviceControlPolicy }
            .flatMap(\.mutants).filter { $0.mutant.sentence.contains(text) }
        #expect(found.count == 1, "\(found.map(\.mutant.sentence))")
        return try #require(found.first).fate
    }
}

extension MutantResult.Fate {
    /// The word and the proof.
    var told: String {
        switch self {
        case .killed(let step): "killed by step \(step.step)"
        case .survived(let check): check == nil ? "survived" : "survived with a suggestion"
        case .equivalent(let proof): "equivalent: \(proof)"
        }
    }
}
