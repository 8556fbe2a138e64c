import Foundation
import History
import JSONSource
import Reports
import TestSupport
import Testing

@Suite("What a replay of recorded calls found, as it is told")
struct ReplayReportTests {
    private static func tally(_ count: Int, _ first: String? = nil, _ last: String? = nil) -> String
    {
        func text(_ time: String?) -> String { time.map { #""2026-11-\#($0)Z""# } ?? "null" }
        return #""count":\#(count),"first":\#(text(first)),"last":\#(text(last))"#
    }

    private static func groups(_ groups: [String], others: Int = 0) -> String {
        #"{"groups":[\#(groups.joined(separator: ","))],"others":{\#(tally(others))}}"#
    }

    private static func statement(_ policy: String, _ sid: String) -> String {
        #"{"policyType":"serviceControlPolicy","kind":"explicitDeny","policy":"\#(policy)","statement":"\#(sid)","target":"Root/Workloads","location":"guardrails/\#(policy).json:6:5"}"#
    }

    private static func change(
        _ overlay: Int,
        _ effect: String,
        _ statements: [String],
        _ principal: String,
        _ action: String,
        _ tally: String
    ) -> String {
        #"{"overlay":\#(overlay),"effect":"\#(effect)","statements":[\#(statements.joined(separator: ","))],"principal":"222222222222:\#(principal)","action":"\#(action)","account":"222222222222",\#(tally)}"#
    }

    private static let effects: [[Effect: Int]] = [
        [.newlyDenied: 41, .couldBeDenied: 2, .newlyAllowed: 1, .notAsked: 3, .same: 12_000],
        [.same: 12_047],
    ]

    private static let changes: [String] = {
        let regions = [statement("ApprovedRegions", "OutsideApprovedRegions")]
        let tagged = [statement("Production", "OnlyTagged")]
        let many = (10..<34).map { number in
            change(
                0,
                "newlyDenied",
                regions,
                "role/Build\(number)",
                "ec2:RunInstances",
                tally(number == 17 ? 18 : 1, "19T09:00:\(number)", "20T10:00:\(number)")
            )
        }
        return many + [
            change(
                0,
                "couldBeDenied",
                tagged + regions,
                "role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_DeveloperPowerUser_da397ed5907cbc70",
                "secretsmanager:GetSecretValue",
                tally(2, "19T09:00:00", "19T09:00:00")
            ),
            change(0, "newlyAllowed", [], "user/<b>ann</b>", "s3:GetObject", tally(1)),
        ]
    }()

    private static let answer: String = {
        let history: [Reproduction: Int] = [
            .reproduced: 12_000, .otherReason: 4, .contradicted: 31, .untold: 2, .notModelled: 10,
        ]
        let counts = Reproduction.allCases.map { #""\#($0.rawValue)":\#(history[$0, default: 0])"# }
        let found = effects.map { effects in
            let counts = Effect.allCases.map { #""\#($0.rawValue)":\#(effects[$0, default: 0])"# }
            return "{\(counts.joined(separator: ","))}"
        }
        let disagreement =
            #"{"history":"contradicted","principal":"222222222222:role/Deploy","action":"s3:PutObject","account":"222222222222","recorded":"allowed","simulated":"denied by identity-based policy","missingPiece":"an Allow of: identity-based policy",\#(tally(31, "19T09:00:00", "20T09:00:00"))}"#
        let unmodelled =
            #"{"event":"ec2.amazonaws.com:NoSuchCall","reason":"'ec2:NoSuchCall' is no action that is known",\#(tally(10, "19T09:00:00", "19T09:00:00"))}"#
        let badRecord =
            #"{"file":"logs/b.json","number":7,"message":"'eventTime' is missing, so it is no record of CloudTrail",\#(tally(1))}"#
        let badFile =
            #"{"file":"logs/c.json.gz","number":311,"message":"unexpected end of file",\#(tally(1))}"#
        return #"""
            {"format":"replay/1","organization":"org.json","against":["regions.json","tags.json"],
             "state":"0123456789abcdef","files":214,"filesPassedOver":3,
             "records":{\#(tally(12_047, "19T09:00:00", "20T10:00:59"))},
             "history":{\#(counts.joined(separator: ","))},
             "effects":[\#(found.joined(separator: ","))],
             "changes":\#(groups(changes, others: 9)),"disagreements":\#(groups([disagreement])),
             "notModelled":\#(groups([unmodelled])),"badRecords":\#(groups([badRecord], others: 2)),
             "badFiles":\#(groups([badFile]))}
            """#
    }()

    private static func summary() throws -> ReplaySummary {
        let parsed = JSONParser.parse(Array(answer.utf8), file: 0)
        #expect(parsed.diagnostics.map(\.message) == [])
        return try ReplaySummary(try #require(parsed.value))
    }

    @Test("as text, compared whole: what would be denied first, in eighty columns")
    func text() throws {
        let text = ReplayText(style: .plain).text(try Self.summary())
        #expect(try Golden.text("replay.txt", madeFrom: text) == text)
        // A name is not broken.
        let long = text.split(separator: "\n").filter { $0.count > 80 }
        #expect(long.allSatisfy { $0.contains("AWSReservedSSO_") }, "\(long)")
        #expect(!text.contains("\u{1B}"))
        let coloured = ReplayText(style: .coloured).text(try Self.summary())
        #expect(coloured.contains("\u{1B}[31mAgainst regions.json: 41 newly denied,"))
        #expect(coloured.contains("\u{1B}[31mIncomplete, "))
    }

    @Test("as JSON, compared whole")
    func json() throws {
        let text = try Self.summary().json.pretty
        #expect(try Golden.text("replay.json", madeFrom: text) == text)
    }

    @Test("as a page, compared whole but for its style")
    func page() throws {
        let page = ReplayPage().html(try Self.summary())
        let body = try #require(page.range(of: "<body>"))
        let text = String(page[body.lowerBound...])
        #expect(try Golden.text("replay.html", madeFrom: text) == text)
    }

    @Test("the page runs its own script only, and what records say is text")
    func sound() throws {
        let page = ReplayPage().html(try Self.summary())
        let start = try #require(page.range(of: "<script>"))
        let end = try #require(page.range(of: "</script>"))
        let hash = SHA256.base64(String(page[start.upperBound..<end.lowerBound]))
        let markup = try Markup(page)
        let policy = try #require(markup.values(of: "content").first)
        #expect(policy.contains(" script-src &#39;sha256-\(hash)&#39;;"), "\(hash)")
        #expect(page.contains("&lt;b&gt;ann&lt;/b&gt;") && !page.contains("<b>"))
        #expect(!page.contains("url(") && !page.contains("@import") && !page.contains("http:"))
    }
}
