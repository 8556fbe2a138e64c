import Authorization
import Explaining
import Foundation
import JSONSource
import PolicyLanguage
import Reports
import TestSupport
import Testing

@Suite("The page of an explanation")
struct ExplanationPageTests {
    @Test("a denial, an allowed and an undetermined request on one page, compared whole")
    func golden() throws {
        let world = try PageWorld()
        let page = world.page(
            try world.answer(PageWorld.denied, remark: "AWS names another policy"),
            try world.answer(PageWorld.allowed),
            try world.answer(PageWorld.undetermined)
        )
        // The style is looked at, not compared.
        let body = try #require(page.range(of: "<body>"))
        let text = String(page[body.lowerBound...])
        #expect(try Golden.text("explanation-page.html", madeFrom: text) == text)
    }

    @Test("the verdict comes first, then all that stands in the way with its place and values")
    func order() throws {
        let world = try PageWorld()
        let page = world.page(try world.answer(PageWorld.denied))
        let texts = [
            "<h1>", "explicit deny", "prod:role/Reader", "s3:GetObject",
            "denied by ApprovedRegions",
            "What each layer says", "ApprovedRegions, statement DenyOutside", "org.json:5:7",
            "attached at Root",
            "StringNotEquals aws:RequestedRegion: &quot;us-east-1&quot; is none of",
            "<mark>", "&quot;Sid&quot;: &quot;DenyOutside&quot;",
            "What came closest", "DataReader, statement ReadLogs",
            "IpAddress aws:SourceIp: &quot;203.0.113.7&quot; is in none of",
            "What AWS says", "is not authorized to perform: s3:GetObject",
            "What would change it", "&quot;change&quot;: [", "What it depends on",
            "aws:RequestedRegion", "How the session came to be", "session nightly",
            "Every statement in scope",
        ]
        var rest = page[...]
        for text in texts {
            let place = try #require(rest.range(of: text), "\(text) is missing or misplaced")
            rest = rest[place.upperBound...]
        }
    }

    @Test("what an undetermined verdict depends on stands as the condition of a policy")
    func undetermined() throws {
        let world = try PageWorld()
        let page = world.page(try world.answer(PageWorld.undetermined))
        #expect(page.contains("Where a real call meets these conditions:"))
        #expect(page.contains("&quot;IpAddress&quot;: {"))
        #expect(page.contains("unknown on purpose"))
    }

    @Test("an allowed request shows what let it through and what would stop it")
    func allowed() throws {
        let world = try PageWorld()
        let page = world.page(try world.answer(PageWorld.allowed))
        #expect(page.contains("What would stop it"))
        #expect(page.contains("DataReader, statement ReadLogs"))
        #expect(!page.contains("What came closest"))
    }

    @Test("what else a fix opens and closes is told, long lists with their end counted")
    func effects() throws {
        let world = try PageWorld()
        let answer = try world.answer(PageWorld.denied)
        let fix = try #require(answer.fixes.first).fix
        let told = ExplainedAnswer(
            explanation: answer.explanation,
            fixes: [
                ToldFix(fix: fix, opened: ["ann reads"], closed: (1...40).map { "check \($0)" })
            ],
            fixNote: "the search was cut short"
        )
        let page = world.page(told)
        #expect(page.contains("1 other check also allowed then"))
        #expect(page.contains("ann reads"))
        #expect(page.contains("40 other checks no longer allowed then"))
        #expect(page.contains("… and 10 more checks, left out of this page"))
        #expect(page.contains("the search was cut short"))
    }

    @Test("several requests have an overview that leads to each")
    func overview() throws {
        let world = try PageWorld()
        let markup = try Markup(
            world.page(try world.answer(PageWorld.denied), try world.answer(PageWorld.allowed))
        )
        #expect(markup.values(of: "href").prefix(2) == ["#answer-1", "#answer-2"])
        #expect(markup.tags.count { $0.name == "h1" } == 1)
    }

    @Test("a page is one well-formed file: links lead into it, ids are there once, no script")
    func selfContained() throws {
        let world = try PageWorld()
        let answers = [
            try world.answer(PageWorld.denied), try world.answer(PageWorld.undetermined),
        ]
        let page = ExplanationPage(sources: world.sources).render(answers)
        let markup = try Markup(page)
        let ids = markup.values(of: "id")
        #expect(Set(ids).count == ids.count)
        for link in markup.values(of: "href") { #expect(ids.contains(String(link.dropFirst()))) }
        #expect(markup.values(of: "href").allSatisfy { $0.hasPrefix("#") })
        #expect(!markup.tags.contains { ["script", "link", "img", "iframe"].contains($0.name) })
        #expect(!page.contains("url(") && !page.contains("@import"))
        let policy = try #require(markup.values(of: "content").first)
        #expect(policy.hasPrefix("default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;;"))
        #expect(page == ExplanationPage(sources: world.sources).render(answers))
    }

    @Test("no answer makes a page as well")
    func none() throws {
        let page = try PageWorld().page()
        #expect(page.contains("0 requests explained"))
        _ = try Markup(page)
    }
}
