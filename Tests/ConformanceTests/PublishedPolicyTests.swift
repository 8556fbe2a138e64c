import Foundation
import JSONSource
import PolicyLanguage
import Testing

/// The 171 published policies of the shared inputs, placeholders filled in, read by type.
///
/// They lie beside the checkout and are not copied; a clone elsewhere skips this suite.
@Suite struct PublishedPolicyTests {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let folder = tests.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared/inputs/policies")
    static let isThere = FileManager.default.fileExists(atPath: folder.path())

    /// How the files are filled in, and which of them AWS would refuse.
    struct Plan: Decodable {
        let substitutions: [Substitution]
        let types: [String: String]
        let typeOfFile: [String: String]
        let refused: [Refusal]

        struct Substitution: Decodable {
            let placeholder: String
            let value: String
        }

        struct Refusal: Decodable {
            let file: String
            let why: String
        }
    }

    @Test("every published policy is read, but those AWS would refuse", .enabled(if: isThere))
    func policiesAreRead() throws {
        let data = try Data(
            contentsOf: Self.tests.appending(path: "PublishedPolicies/placeholders.json")
        )
        let plan = try JSONDecoder().decode(Plan.self, from: data)
        var refused: [String] = []
        var count = 0
        for (kind, type) in plan.types.sorted(by: { $0.key < $1.key }) {
            let names = try FileManager.default
                .contentsOfDirectory(atPath: Self.folder.appending(path: kind).path())
            for name in names.filter({ $0.hasSuffix(".json") }).sorted() {
                let file = "\(kind)/\(name)"
                count += 1
                let problems = try problems(file, plan.typeOfFile[file] ?? type, plan)
                if problems.isEmpty { continue }
                refused.append(file)
                #expect(plan.refused.contains { $0.file == file }, "\(file)\n\(problems)")
            }
        }
        #expect(count == 171)
        #expect(refused.sorted() == plan.refused.map(\.file).sorted())
    }

    /// What is wrong with a file after its placeholders are filled in.
    private func problems(_ file: String, _ type: String, _ plan: Plan) throws -> String {
        let data = try Data(contentsOf: Self.folder.appending(path: file))
        var text = String(decoding: data, as: UTF8.self)
        for substitution in plan.substitutions {
            text = text.replacingOccurrences(of: substitution.placeholder, with: substitution.value)
        }
        let sources = SourceMap()
        let number = sources.add(SourceText(path: file, bytes: Array(text.utf8)))
        let parsed = JSONParser.parse(Array(text.utf8), file: number)
        var diagnostics = parsed.diagnostics
        if let value = parsed.value {
            diagnostics += PolicyParser.parse(value, as: try grammar(type)).diagnostics
        }
        let errors = diagnostics.filter { $0.severity == .error }
        return DiagnosticRenderer(sources: sources).render(errors)
    }

    private func grammar(_ type: String) throws -> PolicyGrammar {
        let known: [String: PolicyGrammar] = [
            "serviceControlPolicy": .serviceControl, "resourceControlPolicy": .resourceControl,
            "vpcEndpointPolicy": .vpcEndpoint, "resourcePolicy": .resource,
            "identityPolicy": .identity, "trustPolicy": .trust,
        ]
        return try #require(known[type])
    }
}
