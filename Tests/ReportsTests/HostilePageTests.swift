import Authorization
import Explaining
import Foundation
import JSONSource
import Reports
import Testing

@Suite("Pages of hostile and huge input")
struct HostilePageTests {
    /// Elements and attributes that a page may have at all.
    private static let attributes: Set<String> = [
        "class", "id", "href", "aria-label", "role", "lang", "charset", "http-equiv", "content",
        "name", "open", "scope", "type",
    ]

    private static let attacks = [
        "<script>alert(1)</script>",
        #"" onmouseover="alert(1)"#,
        "' autofocus onfocus='alert(1)",
        "</style><style>*{display:none}</style>",
        "</title><img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "&lt;script&gt;",
        "<!--",
        "]]>",
    ]

    @Test("whatever files and people write is text", arguments: attacks)
    func escaped(attack: String) throws {
        // A JSON string with every character by its number.
        let written = attack.utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
        let text = PageWorld.organization
            .replacing("eu-central-1", with: written)
            .replacing("ApprovedRegions", with: "Regions\(written)")
        // The file as it stands holds the attack as well.
        let raw = attack.contains("\"") ? text : text.replacing("192.0.2.0/24", with: attack)
        let world = try PageWorld(raw, path: "\(attack)/org.json")
        let explanation = Explanation(
            of: try world.request(PageWorld.denied),
            named: attack,
            by: world.engine
        )
        let fix = try #require(try world.answer(PageWorld.denied).fixes.first).fix
        let answer = ExplainedAnswer(
            explanation: explanation,
            remark: attack,
            fixes: [ToldFix(fix: fix, opened: [attack], closed: [attack])],
            fixNote: attack
        )
        for page in [world.page(answer), world.page(answer, answer)] {
            let markup = try Markup(page)
            #expect(!markup.tags.contains { ["script", "img"].contains($0.name) })
            #expect(markup.tags.count { $0.name == "style" } == 1)
            for attribute in markup.tags.flatMap(\.attributes) {
                #expect(Self.attributes.contains(attribute.name))
            }
            #expect(markup.values(of: "href").allSatisfy { $0.hasPrefix("#answer-") })
            let shown = attack.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
                .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
                .replacing("'", with: "&#39;")
            // The title, the heading, the remark, the fix: at least.
            #expect(page.split(separator: shown, omittingEmptySubsequences: false).count > 6)
        }
    }

    @Test("characters that steer or hide are shown as escapes")
    func controls() throws {
        let world = try PageWorld()
        let page = world.page(
            ExplainedAnswer(
                explanation: Explanation(
                    of: try world.request(PageWorld.denied),
                    named: "a\u{0}b\u{1B}[31m\u{202E}c\u{FEFF}",
                    by: world.engine
                )
            )
        )
        #expect(page.contains(#"a\u{0}b\u{1b}[31m\u{202e}c\u{feff}"#))
        #expect(
            !page.unicodeScalars.contains {
                $0 != "\n" && $0.properties.generalCategory == .control
            }
        )
    }

    @Test("of a huge trace the page shows a part and says so")
    func huge() throws {
        // As many statements as quotas leave room for.
        let statement = #"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#
        let document =
            #"{"Version":"2012-10-17","Statement":["#
            + Array(repeating: statement, count: 190).joined(separator: ",") + "]}"
        let text = PageWorld.organization
            .replacing(
                #""ApprovedRegions": {"#,
                with: (1...4).map { "\"Big\($0)\": \(document), " }.joined()
                    + #""ApprovedRegions": {"#
            )
            .replacing(
                #", "ApprovedRegions"]"#,
                with: #", "ApprovedRegions", "Big1", "Big2", "Big3"]"#
            )
            .replacing(
                #""prod": {"#,
                with:
                    #""prod": { "serviceControlPolicies": ["FullAWSAccess", "Big1", "Big2", "Big3", "Big4"],"#
            )
        let world = try PageWorld(text)
        let explanation = Explanation(of: try world.request(PageWorld.denied), by: world.engine)
        let answer = ExplainedAnswer(explanation: explanation)
        let page = world.page(answer)
        let markup = try Markup(page)
        let all = explanation.trace.layers.map(\.statements.count).reduce(0, +)
        #expect(all > 1_300)
        #expect(page.contains("… and \(all - 1_000) more statements, left out of this page"))
        #expect(markup.tags.count { $0.name == "tr" } < 1_100)
        let many = ExplanationPage(sources: world.sources)
            .render(Array(repeating: answer, count: 300))
        #expect(many.contains("… and 100 more requests, left out of this page"))
        #expect(many.utf8.count < 10_000_000)
    }

    @Test("long names and lines lose their middle or end")
    func long() throws {
        let name = String(repeating: "x", count: 1_000_000)
        // The whole policy on one line that is longer than anybody reads.
        let text = PageWorld.organization.replacing("\n", with: " ")
            .replacing(
                "\"Sid\": \"ReadLogs\"",
                with: "\"Sid\": \"ReadLogs\"\(String(repeating: " ", count: 5_000))"
            )
        let world = try PageWorld(text)
        let page = world.page(
            ExplainedAnswer(
                explanation: Explanation(
                    of: try world.request(PageWorld.denied),
                    named: name,
                    by: world.engine
                ),
                remark: name
            )
        )
        #expect(page.utf8.count < 200_000)
        #expect(page.contains("xxx…xxx"))
        #expect(page.contains("<mark>{         &quot;Sid&quot;: &quot;DenyOutside&quot;"))
    }
}
