import CommandLineTool
import Foundation
import JSONSource
import OrganizationModel
import Scenarios
import TestSupport
import Testing

/// The examples of `Scenarios/README.md`, cut out of the page and run on what `orgsim new` writes.
@Suite("The guide of the format")
struct GuideTests {
    /// A section of the page with the JSON that stands in it, in order.
    struct Section: Sendable, CustomTestStringConvertible {
        let title: String
        let blocks: [String]

        var testDescription: String { title }
    }

    static let sections: [Section] = {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Scenarios/README.md")
        let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
        return text.components(separatedBy: "\n## ").dropFirst().map { part in
            let blocks = part.matches(of: /\n```json\n((?s:.*?))\n```/).map { String($0.1) }
            return Section(title: part.prefix { $0 != "\n" }.description, blocks: blocks)
        }.filter { !$0.blocks.isEmpty }
    }()

    private static func value(_ text: String) throws -> JSONValue {
        let parsed = JSONParser.parse(Array(text.utf8), file: 0)
        #expect(parsed.diagnostics.map(\.message) == [], "\(text)")
        return try #require(parsed.value, "\(text)")
    }

    /// What the JSON of a section makes: whole files, scenarios put together of a head and steps,
    /// and what is laid over the organization.
    struct Examples {
        var files: [JSONOutput] = []
        var scenarios: [(head: [JSONOutput.Member], steps: [JSONOutput])] = []
        var overlays: [JSONValue] = []

        init(_ section: Section) throws {
            for block in section.blocks {
                let value = try GuideTests.value(block)
                if value["steps"] != nil {
                    files.append(JSONOutput(value))
                } else if value["defaults"] != nil || value["organization"]?.isArray == true {
                    scenarios.append((JSONOutput(value).members, []))
                } else if value.isArray || Self.verbs.contains(where: { value[$0] != nil }) {
                    if scenarios.isEmpty {
                        scenarios = [([.init("organization", .string("organization.json"))], [])]
                    }
                    let steps = value.elements ?? [value]
                    scenarios[scenarios.count - 1].steps += steps.map { JSONOutput($0) }
                } else {
                    overlays.append(value)
                }
            }
        }

        private static let verbs = [
            "action", "assumeRole", "assumeRoleWithSAML", "assumeRoleWithWebIdentity",
            "getSessionToken", "getFederationToken", "assumeRoot", "signIn", "whoCan", "change",
            "advance", "at",
        ]

        /// Each as a scenario file.
        var texts: [JSONOutput] {
            let told = scenarios.map { head, steps in
                JSONOutput.object(head + [.init("steps", .array(steps))])
            }
            let laid = overlays.map { overlay in
                JSONOutput.fields([
                    "organization": .array([.string("organization.json"), JSONOutput(overlay)]),
                    "steps": .array([.fields(["advance": .string("PT1H")])]),
                ])
            }
            return files + told + laid
        }
    }

    @Test("the page has examples")
    func pageHasExamples() {
        #expect(Self.sections.count >= 15)
    }

    @Test("the examples of a section pass", arguments: sections)
    func examplesPass(section: Section) throws {
        let start = orgsim(["new", "start"])
        var files = Dictionary(
            uniqueKeysWithValues: start.files.map { (String($0.dropFirst("start/".count)), $1) }
        )
        files["scenarios/guardrails.json"] = nil
        for (number, scenario) in try Examples(section).texts.enumerated() {
            files["example-\(number).json"] = scenario.pretty
        }
        let folder = try TemporaryFolder(files)
        let run = orgsim(["test", "--root", folder.path, folder.path])
        #expect(run.exitCode == .success, "\(run.output)\(run.errors)")
        #expect(!run.errors.contains("error"), "\(run.errors)")
    }

    @Test("every member of the formats has an example")
    func everyMember() throws {
        var met: Set<String> = []
        var all: Set<String> = []
        for section in Self.sections {
            let examples = try Examples(section)
            for scenario in examples.texts {
                let walk = FormatWalk(try Self.value(scenario.compact), .scenario)
                met.formUnion(walk.met)
                all.formUnion(walk.all)
            }
        }
        #expect(all.count > 200)
        // Policies are AWS's own format.
        let types =
            ["Identity", "Session", "Trust", "Resource", "VPCEndpoint", "ServiceControl"]
            + ["ResourceControl"]
        let formats = types.flatMap { ["\($0)Policy", "\($0)Statement"] } + ["Principals"]
        // Accounts outside have what members have.
        let own = all.filter { !$0.hasPrefix("ExternalAccount.") }.filter {
            !formats.contains(String($0.prefix { $0 != "." }))
        }
        let missing = own.subtracting(met).sorted()
        #expect(missing == [])
    }
}

extension JSONOutput {
    fileprivate var members: [JSONOutput.Member] {
        if case .object(let members) = self { members } else { [] }
    }
}
