import Authorization
import Explaining
import Foundation
import JSONSource
import Reports
import Scenarios
import Testing

@Suite("The page of a run")
struct RunPageTests {
    /// What somebody might put into a name.
    private static let attack = #"<script>alert("1")</script>"#

    private static let policy = #"""
        {"Version":"2012-10-17","Statement":[{"Sid":"Keep","Effect":"Deny",
          "Action":"s3:DeleteObject","Resource":"*"}]}
        """#

    private static func organization(role: String = "Reader") -> String {
        #"""
        {"organization":{"id":"o-exampleorg1","managementAccount":"main"},
         "serviceControlPolicies":{"NoDelete":\#(policy)},
         "root":{"serviceControlPolicies":["FullAWSAccess","NoDelete"],
           "accounts":{"main":{"id":"100000000001"}},
           "organizationalUnits":{"Apps":{"accounts":{"app":{"id":"100000000002",
             "iam":{"roles":{"Reader":{"path":"/","trustPolicy":{"Version":"2012-10-17",
               "Statement":[{"Effect":"Allow","Principal":{"AWS":"100000000002"},
               "Action":"sts:AssumeRole"}]},"managedPolicies":["arn:aws:iam::aws:policy/AdministratorAccess"]}}}}}}}},
         "externalAccounts":{"\#(role)":{"id":"100000000009"}}}
        """#
    }

    private static let scenario = #"""
        {"scenario":"Objects stay","organization":"org.json","steps":[
          {"principal":"app:role/Reader","action":"s3:DeleteObject","resource":"arn:aws:s3:::b/x","expect":"explicitDeny"},
          {"name":"reads","principal":"app:role/Reader","action":"s3:GetObject","resource":"arn:aws:s3:::b/x","expect":"allowed"},
          {"principal":"app:role/Reader","action":"s3:ListBucket","resource":"arn:aws:s3:::b","expect":"explicitDeny"}]}
        """#

    private static func page(_ files: [String: String], _ paths: String...) throws -> String {
        let sources = SourceMap()
        let reader = FileReader { path in
            files[path].map { .success(Array($0.utf8)) } ?? .failure(.notFound)
        }
        var scenarios = ScenarioReader(loader: DocumentLoader(reader: reader, sources: sources))
        let page = RunPage(sources: sources)
        var tally = RunTally()
        var told: [UInt8] = []
        var organizations: [EndedRun.ToldOrganization] = []
        for path in paths {
            let read = scenarios.read(path)
            let scenario = try #require(read, "\(scenarios.diagnostics)")
            let result = ScenarioReplay.run(scenario, explaining: page.explained).value
            tally.add(RunTally(result))
            told += page.scenario(result)
            organizations.append(
                EndedRun.ToldOrganization(
                    file: "org.json",
                    scenario: path,
                    organization: scenario.engine.organization
                )
            )
        }
        let run = EndedRun(
            tally: tally,
            diagnostics: scenarios.diagnostics,
            seconds: 1.5,
            organizations: organizations
        )
        return String(decoding: page.ending(run, scenarios: told), as: UTF8.self)
    }

    @Test("the count comes first, then every check, each denial with what denied it, then the tree")
    func order() throws {
        let files = ["org.json": Self.organization(), "s.json": Self.scenario]
        let page = try Self.page(files, "s.json")
        let texts = [
            "<title>2 passed, 1 failed</title>", "<h1>2 passed, 1 failed</h1>",
            "3 checks in 1 scenario, 1 scenario with a check that failed",
            "1 of 3 failed", "Objects stay", "s.json", "step 0", "line 2",
            "explicit deny · app:role/Reader → s3:DeleteObject on arn:aws:s3:::b/x",
            "denied by NoDelete", "org.json:2:", "step 1 · reads",
            "allowed · app:role/Reader → s3:GetObject on arn:aws:s3:::b/x",
            "expected explicitDeny, got allowed", "Organization o-exampleorg1",
            "SCP FullAWSAccess: allows everything", "SCP NoDelete",
            "denies s3:DeleteObject", "main", "management account", "Apps", "app",
            "outside the organization", "Reader",
        ]
        var rest = page[...]
        for text in texts {
            let place = try #require(rest.range(of: text), "\(text) is missing or misplaced")
            rest = rest[place.upperBound...]
        }
    }

    @Test("a page is one well-formed file whose links and ids fit, the same each time")
    func selfContained() throws {
        let files = ["org.json": Self.organization(), "s.json": Self.scenario]
        let page = try Self.page(files, "s.json")
        let markup = try Markup(page)
        let ids = markup.values(of: "id")
        #expect(Set(ids).count == ids.count && !ids.contains { $0.contains(" ") })
        for link in markup.values(of: "href") { #expect(ids.contains(String(link.dropFirst()))) }
        #expect(!markup.tags.contains { ["link", "img", "iframe"].contains($0.name) })
        #expect(!page.contains("url(") && !page.contains("@import") && !page.contains("http:"))
        #expect(try Self.page(files, "s.json") == page)
    }

    @Test("the only script is the one whose hash the page names")
    func script() throws {
        let files = ["org.json": Self.organization(), "s.json": Self.scenario]
        let page = try Self.page(files, "s.json")
        #expect(SHA256.digest([]).prefix(4) == [0xe3, 0xb0, 0xc4, 0x42])
        let start = try #require(page.range(of: "<script>"))
        let end = try #require(page.range(of: "</script>"))
        let hash = SHA256.base64(String(page[start.upperBound..<end.lowerBound]))
        let policy = try #require(try Markup(page).values(of: "content").first)
        #expect(policy.contains("default-src &#39;none&#39;;"))
        #expect(policy.contains(" script-src &#39;sha256-\(hash)&#39;;"), "\(hash)")
        #expect(page.ranges(of: "<script>").count == 1)
    }

    @Test("names that look like markup are text")
    func hostile() throws {
        let written = Self.attack.replacing("\"", with: #"\""#)
        let scenario = Self.scenario.replacing("Objects stay", with: written)
            .replacing("reads", with: written)
        // A slash would make a folder of it.
        let file = Self.attack.replacing("/", with: "") + ".json"
        let files = [
            "org.json": Self.organization().replacing("NoDelete", with: written)
                .replacing(#""Apps""#, with: #""\#(written)""#),
            file: scenario,
        ]
        let page = try Self.page(files, file)
        let markup = try Markup(page)
        #expect(markup.tags.count { $0.name == "script" } == 1)
        #expect(page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"))
        #expect(!page.contains(Self.attack))
    }

    @Test("an organization changed by layers is told beside the one in its file")
    func layered() throws {
        let layered = Self.scenario.replacing(
            #""org.json""#,
            with: #"["org.json", {"root":{"serviceControlPolicies":["FullAWSAccess"]}}]"#
        )
        let files = ["org.json": Self.organization(), "s.json": Self.scenario, "t.json": layered]
        let page = try Self.page(files, "s.json", "t.json")
        #expect(page.contains("<code>org.json</code> as it stands in <code>t.json</code>"))
        #expect(page.ranges(of: "Organization o-exampleorg1").count == 2)
    }

    @Test("a file that cannot be read is told with its place")
    func broken() throws {
        let sources = SourceMap()
        let file = sources.add(SourceText(path: "s.json", bytes: Array("{\n oops".utf8)))
        let problem = Diagnostic.error(
            "json.quotes",
            "expected a key",
            at: SourceSpan(file: file, start: 3, end: 4)
        )
        let run = EndedRun(tally: RunTally(), diagnostics: [problem], seconds: 0)
        let page = RunPage(sources: sources)
        let text = String(decoding: page.ending(run, scenarios: []), as: UTF8.self)
        #expect(text.contains("s.json:2:2"))
        #expect(text.contains("error: expected a key"))
        #expect(text.contains("verdict bad"))
    }
}
