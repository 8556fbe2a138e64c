import JSONSource
import PolicyLanguage
import Testing

/// What is kept in little room says what was written all the same.
@Suite("Spellings")
struct SpellingTests {
    private static let spellings = [
        "arn:aws:iam::111122223333:root", "111122223333", "arn:aws:iam::111122223333:role/team/Ops",
        "arn:aws:iam::111122223333:user/Mia", "arn:aws:sts::111122223333:assumed-role/Ops/night",
        "AROAEXAMPLEID", "*", "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1",
    ]

    @Test("PRIN-3: principals keep their spelling, alone and beside others", arguments: spellings)
    func keepsSpellings(_ text: String) throws {
        for others in [[], ["arn:aws:iam::444455556666:root"], ["444455556666"]] {
            let texts = others + [text]
            let list = texts.map { "\"\($0)\"" }.joined(separator: ", ")
            let principal = try #require(
                try statement(
                    #"{"Effect": "Deny", "Principal": {"AWS": [\#(list)]}, "Action": "s3:*", "#
                        + #""Resource": "*"}"#,
                    as: .resource
                ).principal
            )
            #expect(principal.texts == texts)
            #expect(principal.spans.count == texts.count)
        }
    }

    @Test("PRIN-3: an account spelled in two ways is one entry of two spellings")
    func tellsSpellingsApart() throws {
        let elements = try ["111122223333", "arn:aws:iam::111122223333:root"].map { text in
            try #require(
                try statement(
                    #"{"Effect": "Deny", "Principal": {"AWS": "\#(text)"}, "Action": "s3:*", "#
                        + #""Resource": "*"}"#,
                    as: .resource
                ).principal
            )
        }
        #expect(elements[0].entries == elements[1].entries)
        #expect(elements[0].texts != elements[1].texts)
        #expect(elements[0] != elements[1])
    }

    @Test("GRAM-6: a Sid that stands twice is found among few and many", arguments: 2...12)
    func findsSecondSid(count: Int) {
        for second in 1..<count {
            let sids = (0..<count).map { $0 == second ? "S0" : "S\($0)" }
            let found = parse(Array(Self.statements(sids).utf8), as: .identity).diagnostics
            #expect(found.map(\.code) == ["policy.duplicate-sid"], "\(sids)")
            #expect(found.first?.notes.count == 1)
        }
        let different = (0..<count).map { "S\($0)" }
        #expect(parse(Array(Self.statements(different).utf8), as: .identity).diagnostics.isEmpty)
        let empty = [String](repeating: "", count: count)
        #expect(parse(Array(Self.statements(empty).utf8), as: .identity).diagnostics.isEmpty)
    }

    private static func statements(_ sids: [String]) -> String {
        let statements = sids.map {
            #"{"Sid": "\#($0)", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#
        }
        return policy("[\(statements.joined(separator: ", "))]")
    }
}
