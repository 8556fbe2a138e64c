import Authorization
import JSONSource
import OrganizationModel
import ReferenceEvaluator
import Testing

/// The engine of a random organization.
enum RandomEngine {
    static func make(_ organization: RandomOrganization, seed: UInt64) throws -> Engine {
        let bytes = Array(organization.organizationText().utf8)
        let sources = SourceMap()
        let file = sources.add(SourceText(path: "seed-\(seed).json", bytes: bytes))
        let parsed = JSONParser.parse(bytes, file: file)
        let loaded = OrganizationLoader.load(try #require(parsed.value))
        let problems = DiagnosticRenderer(sources: sources).render(loaded.diagnostics)
        return Engine(try #require(loaded.value, "seed \(seed) does not load:\n\(problems)"))
    }
}
