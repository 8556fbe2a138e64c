import Explaining
import JSONSource
import Reports
import Testing

@Suite("The lines of a file on a page")
struct SourceExcerptTests {
    /// Each line of the first excerpt: its number, `|` and its text, with `«` and `»` around what
    /// is highlighted and `!` before a line that matters most.
    private static func lines(_ organization: String) throws -> [String] {
        let world = try PageWorld(organization)
        let page = world.page(
            ExplainedAnswer(
                explanation: Explanation(of: try world.request(PageWorld.denied), by: world.engine)
            )
        )
        let excerpt = try #require(page.firstMatch(of: #/<pre class="source">([^§]*?)<\/pre>/#))
        return String(excerpt.1).split(separator: "\n").map { line in
            let isKey = line.hasPrefix(#"<span class="line key">"#)
            let text = line.replacing("</span><span>", with: "|")
                .replacing("<mark>", with: "«").replacing("</mark>", with: "»")
                .replacing(#/<[^>]*>/#, with: "").replacing("&quot;", with: "\"")
            return (isKey ? "!" : "") + text
        }
    }

    @Test("a statement is shown with a line around it, its conditions marked, without the indent")
    func statement() throws {
        #expect(
            try Self.lines(PageWorld.organization) == [
                #"4|"ApprovedRegions": { "Version": "2012-10-17", "Statement": ["#,
                "5|  «{»",
                #"6|    «"Sid": "DenyOutside",»"#,
                #"7|    «"Effect": "Deny",»"#,
                #"8|    «"NotAction": ["iam:*", "sts:*"],»"#,
                #"9|    «"Resource": "*",»"#,
                #"10|    «"Condition": {»"#,
                #"!11|      «"StringNotEquals": { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] }»"#,
                "12|    «}»",
                "13|  «}»",
                "14|] }",
            ]
        )
    }

    @Test("of a long statement the first and the last lines are shown, and how many are not")
    func long() throws {
        let actions = (1...40).map { "\n                  \"s3:Get\($0)*\"," }.joined()
        let lines = try Self.lines(
            PageWorld.organization.replacing(#"["iam:*", "sts:*"]"#, with: "[\(actions) \"sts:*\"]")
        )
        #expect(lines.count == 27)
        #expect(lines[21] == "…|25 more lines")
        #expect(lines[20].hasPrefix("24|"))
        #expect(lines[22].hasPrefix("50|") && lines[23].hasPrefix("!51|"))
    }

    @Test("tabs indent, and no letter is cut in two")
    func bytes() throws {
        let umlauts = String(repeating: "ü", count: 400)
        let lines = try Self.lines(
            PageWorld.organization.replacing("    ", with: "\t")
                .replacing(#""eu-central-1"]"#, with: "\"eu-central-1\", \"\(umlauts)\"]")
        )
        let long = try #require(lines.first { $0.contains("ü") })
        #expect(long.hasSuffix("ü»…") && !long.contains("\u{FFFD}"))
        #expect(lines[0].hasPrefix(#"4|"ApprovedRegions""#))
    }
}
