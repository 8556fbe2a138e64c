import Foundation
import JSONSource
import OrganizationModel
import PolicyLanguage
import Scenarios
import TestSupport
import Testing

/// The schemas held against the files of this project, and against what the readers take.
@Suite("JSON Schemas")
struct SchemaTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path(percentEncoded: false)

    private static func value(_ schema: JSONOutput) -> JSONValue {
        let parsed = JSONParser.parse(Array(schema.compact.utf8), file: 0)
        return parsed.value ?? JSONValue(.null, at: .nowhere)
    }

    private static let organization = value(FormatSchema.of(.organization, title: "o"))
    private static let overlay = value(FormatSchema.ofLayer(of: .organization, title: "l"))
    private static let scenario = value(FormatSchema.of(.scenario, title: "s"))

    /// Schemas as they are held against files; each is read once.
    private static let ofOrganizations = JSONSchema(organization)
    private static let ofOverlays = JSONSchema(overlay)
    private static let ofScenarios = JSONSchema(scenario)

    private static func problem(_ text: String, _ schema: JSONSchema) -> String? {
        guard let value = JSONParser.parse(Array(text.utf8), file: 0).value else {
            return "is no JSON"
        }
        return schema.problem(of: value)
    }
}

// Files.
extension SchemaTests {
    private static func files(_ folder: String) -> [String] {
        let paths = FileManager.default.enumerator(atPath: project + folder)?
            .compactMap { $0 as? String }
        return (paths ?? []).filter { $0.hasSuffix(".json") }.sorted().map { folder + "/" + $0 }
    }

    private static func text(_ path: String) -> String {
        String(
            decoding: FileManager.default.contents(atPath: project + path) ?? Data(),
            as: UTF8.self
        )
    }

    static let scenarios =
        [
            "Scenarios", "Tests/Conformance/scenarios", "Tests/RuleScenarios",
            "Tests/PublishedPolicies",
        ]
        .flatMap(files).filter { text($0).contains("\"steps\"") }

    static let organizations = ["Scenarios/organizations", "Tests/Conformance/organizations"]
        .flatMap(files).filter { !$0.contains("/policies/") && !$0.contains("/overlays/") }

    static let policies = ["Scenarios/organizations/policies", "Tests/Conformance/organizations"]
        .flatMap(files).filter { $0.contains("/policies/") && grammar(of: $0) != nil }

    /// What a policy is for, by the name of its file.
    private static func grammar(of path: String) -> PolicyGrammar? {
        switch path.split(separator: "/").last?.split(separator: "-").first {
        case "scp": .serviceControl
        case "rcp": .resourceControl
        case "trust": .trust
        case "bucket", "key", "queue", "secret", "function": .resource
        case "endpoint": .vpcEndpoint
        case "policy", "boundary": .identity
        default: nil
        }
    }

    @Test("the files are there")
    func filesAreThere() {
        #expect(Self.scenarios.count > 100)
        #expect(Self.organizations.count >= 6)
        #expect(Self.policies.count > 40)
    }

    @Test("every scenario fits", arguments: scenarios)
    func scenarioFits(path: String) {
        #expect(Self.problem(Self.text(path), Self.ofScenarios) == nil)
    }

    @Test("every organization fits", arguments: organizations)
    func organizationFits(path: String) {
        #expect(Self.problem(Self.text(path), Self.ofOrganizations) == nil)
        #expect(Self.problem(Self.text(path), Self.ofOverlays) == nil)
    }

    @Test("what is laid over an organization fits the schema of overlays, and is no organization")
    func overlayFits() {
        let path = "Scenarios/organizations/overlays/larkspur-protect-log-archive.json"
        #expect(Self.problem(Self.text(path), Self.ofOverlays) == nil)
        #expect(Self.problem(Self.text(path), Self.ofOrganizations) != nil)
    }

    @Test("every policy fits the schema of its type", arguments: policies)
    func policyFits(path: String) throws {
        let grammar = try #require(Self.grammar(of: path))
        let schema = JSONSchema(Self.value(FormatSchema.of(.policy(grammar), title: "p")))
        #expect(Self.problem(Self.text(path), schema) == nil)
    }

    /// What is wrong with the files of `Tests/Conformance/invalid` that a schema cannot tell: what
    /// hangs on other parts of the file, on another file or on the text.
    private static let untold: Set<String> = [
        "file.unreadable", "iam.duplicate-name", "iam.name", "identity-center.session-duration",
        "organization.duplicate-account-id", "organization.duplicate-account-name",
        "organization.resource-arn", "organization.unknown-account", "organization.unknown-group",
        "organization.unknown-managed-policy", "organization.unknown-permission-set",
        "organization.unknown-policy", "organization.unknown-role", "organization.unknown-unit",
        "organization.unknown-user", "policy.action-without-service", "policy.character",
        "policy.duplicate-sid", "policy.group-principal", "policy.invalid-action",
        "policy.invalid-principal", "policy.invalid-service-principal",
        "policy.not-principal-with-allow", "policy.principal-wildcard", "quota.attachments",
        "quota.policy-size", "quota.unit-depth", "ref.invalid", "request.key-of-aws",
        "request.no-assignment", "request.unknown-account", "request.unknown-endpoint",
        "request.unknown-role", "request.unknown-user", "scenario.clock", "scenario.instant",
        "scenario.session",
    ]

    static let invalid = files("Tests/Conformance/invalid").filter { path in
        // A `$schema` tells of JSON, not of what is none.
        !path.hasSuffix(".expected.json")
            && JSONParser.parse(Array(text(path).utf8), file: 0).diagnostics.isEmpty
            // What lies outside of the folder is read here, where there is none.
            && !path.hasSuffix("ref-leaves-the-root-folder.json")
    }

    @Test("a file that is wrong by its form does not fit", arguments: invalid)
    func invalidFileDoesNotFit(path: String) {
        let text = Self.text(path)
        let isScenario = text.contains("\"steps\"") || path.contains("/scenario-")
        let problem = Self.problem(text, isScenario ? Self.ofScenarios : Self.ofOrganizations)
        let told = Set(Self.codes(ofFile: path, isScenario: isScenario))
        if problem == nil {
            #expect(told.isSubset(of: Self.untold), "\(told.subtracting(Self.untold))")
            #expect(!told.isEmpty)
        }
    }

    private static func codes(ofFile path: String, isScenario: Bool) -> [String] {
        let reader = FileReader { path in
            FileManager.default.contents(atPath: path).map { .success(Array($0)) }
                ?? .failure(.notFound)
        }
        var scenarios = ScenarioReader(loader: DocumentLoader(reader: reader, sources: SourceMap()))
        if isScenario {
            let scenario = scenarios.read(project + path)
            let replayed = scenario.map { ScenarioReplay.run($0).diagnostics } ?? []
            return (scenarios.diagnostics + replayed).filter { $0.severity == .error }.map(\.code)
        }
        _ = scenarios.world(path: project + path, namedAt: nil)
        return scenarios.diagnostics.filter { $0.severity == .error }.map(\.code)
    }
}

// The descriptions against the readers.
extension SchemaTests {
    /// Mistakes of form, which a schema has to tell.
    private static let form: Set<String> = [
        "json.wrong-type", "json.unknown-field", "json.missing-field", "policy.missing-element",
    ]

    /// What the readers say of the scenario of everything, and of its organization.
    private static func codes(scenario: String, organization: String) -> [String] {
        let reader = FileReader { path in
            switch path {
            case "scenario.json": .success(Array(scenario.utf8))
            case "organization.json": .success(Array(organization.utf8))
            default: .failure(.notFound)
            }
        }
        var scenarios = ScenarioReader(loader: DocumentLoader(reader: reader, sources: SourceMap()))
        let read = scenarios.read("scenario.json")
        let errors = scenarios.diagnostics.filter { $0.severity == .error }.map(\.code)
        guard errors.isEmpty, let read else { return errors }
        let replayed = ScenarioReplay.run(read)
        let later = replayed.diagnostics.filter { $0.severity == .error }.map(\.code)
        return replayed.value.status == .passed || !later.isEmpty ? later : ["failed"]
    }

    private static func codes(organization: String) -> [String] {
        let parsed = JSONParser.parse(Array(organization.utf8), file: 0)
        let loaded = parsed.value.map { OrganizationState.load($0).diagnostics } ?? []
        return (parsed.diagnostics + loaded).filter { $0.severity == .error }.map(\.code)
    }

    /// Every seventh, which are enough to see a description part from a reader in a place or two;
    /// with `ORGSIM_ALL_SLIPS` all of them, which takes minutes.
    private static func share(of slips: [Slip]) -> [Slip] {
        if ProcessInfo.processInfo.environment["ORGSIM_ALL_SLIPS"] != nil { return slips }
        return slips.enumerated().filter { $0.offset % 7 == 3 }.map(\.element)
    }

    private static func output(_ text: String) -> JSONOutput {
        JSONParser.parse(Array(text.utf8), file: 0).value.map { JSONOutput($0) } ?? .null
    }

    @Test("the files with everything have every member, and are taken")
    func everything() throws {
        #expect(
            Self.codes(scenario: Everything.scenario, organization: Everything.organization) == []
        )
        #expect(Self.problem(Everything.scenario, Self.ofScenarios) == nil)
        #expect(Self.problem(Everything.organization, Self.ofOrganizations) == nil)
        let files: [(String, ObjectFormat)] = [
            (Everything.organization, .organization), (Everything.scenario, .scenario),
        ]
        var met: Set<String> = []
        var all: Set<String> = []
        for (text, format) in files {
            let value = try #require(JSONParser.parse(Array(text.utf8), file: 0).value)
            let walk = FormatWalk(value, format)
            met.formUnion(walk.met)
            all.formUnion(walk.all)
        }
        #expect(all.count > 200)
        // A policy type shows the elements that it shares with another; accounts outside have what
        // members have.
        let others = all.subtracting(met).filter { name in
            !name.contains("Statement.") && !name.contains("Policy.Id")
                && !name.contains("Policy.Version") && !name.hasPrefix("ExternalAccount.")
        }
        #expect(others.sorted() == [])
    }

    @Test("with a slip in it an organization fits its schema where it is taken")
    func organizationSlips() {
        let slips = Self.share(of: Slip.all(of: Self.output(Everything.organization)))
        #expect(slips.count > 250)
        let schema = Self.ofOrganizations
        for slip in slips {
            guard let value = JSONParser.parse(Array(slip.text.utf8), file: 0).value else {
                continue
            }
            let codes = Self.codes(organization: slip.text)
            Self.compare(slip, schema.problem(of: value), codes)
        }
    }

    @Test("with a slip in it a scenario fits its schema where it is taken")
    func scenarioSlips() {
        let slips = Self.share(of: Slip.all(of: Self.output(Everything.scenario)))
        #expect(slips.count > 100)
        let schema = Self.ofScenarios
        for slip in slips {
            guard let value = JSONParser.parse(Array(slip.text.utf8), file: 0).value else {
                continue
            }
            let codes = Self.codes(scenario: slip.text, organization: Everything.organization)
            Self.compare(slip, schema.problem(of: value), codes)
        }
    }

    /// Slips that a schema cannot tell: what has to be there hangs on a value, or on what stands
    /// elsewhere.
    private static let untellable = [
        ": no defaults", "/defaults", "/organization/0: an empty object", "/steps/10/change/7",
        "/steps/10/change/8",
        // A bucket's policy needs `Resource`, those of some services none; the policy of an
        // endpoint is told from them by the ARN.
        "/policy/Statement/0: no Resource", "/policy/Statement/1: no NotResource",
    ]
    /// Slips that only a schema tells: what is taken away by an overlay may never have been there.
    private static let harmless = [
        "/organization/1: a member too many",
        // One of three has to be there, and null is as if it were not.
        "/expectIncludes: null", "/expectExcludes: null",
    ]

    private static func compare(_ slip: Slip, _ problem: String?, _ codes: [String]) {
        let title = slip.testDescription
        if problem == nil, codes.contains(where: { form.contains($0) }) {
            let isKnown = untellable.contains { title.contains($0) }
            #expect(isKnown, "the schema takes \(title): \(codes)")
        }
        if let problem, codes.isEmpty {
            let isKnown = harmless.contains { title.contains($0) }
            #expect(isKnown, "only the schema refuses \(title): \(problem)")
        }
    }
}

// What is said of members.
extension SchemaTests {
    @Test("every example fits its member, and every member is described")
    func examples() throws {
        for schema in [Self.organization, Self.overlay, Self.scenario] {
            let definitions = try #require(schema["$defs"]?.members)
            var count = 0
            for definition in definitions {
                // Keys that are only offered need no words.
                let own = definition.value["else"]
                let isObject = own?["additionalProperties"]?.bool == false
                let properties =
                    isObject && own?["patternProperties"] == nil
                    ? own?["properties"]?.members ?? [] : []
                for member in properties where member.key != "$lint" && member.key != "$ref" {
                    let place = "\(definition.key).\(member.key)"
                    #expect(member.value["description"]?.string?.isEmpty == false, "\(place)")
                    for example in member.value["examples"]?.elements ?? [] {
                        count += 1
                        let whole = schema.members?.map {
                            JSONOutput.Member($0.key, JSONOutput($0.value))
                        }
                        let own = member.value.members?.map {
                            JSONOutput.Member($0.key, JSONOutput($0.value))
                        }
                        let root = (own ?? []) + (whole ?? []).filter { $0.key == "$defs" }
                        let checker = JSONSchema(Self.value(.object(root)))
                        #expect(checker.problem(of: example) == nil, "\(place)")
                    }
                }
            }
            #expect(count > 50)
        }
    }

    @Test("the elements of policies of all types are those the parser knows")
    func policyElements() {
        let grammars: [PolicyGrammar] = [
            .identity, .session, .trust, .resource, .vpcEndpoint, .serviceControl, .resourceControl,
        ]
        let documents = Set(grammars.flatMap { ObjectFormat.policy($0).names.map(\.text) })
        #expect(documents == ["Version", "Id", "Statement"])
    }
}
