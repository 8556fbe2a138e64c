import PolicyLanguage
import Testing

@Suite("TextTemplate")
struct TextTemplateTests {
    struct Case: CustomTestStringConvertible {
        let rule: String
        let template: String
        let text: String?

        init(_ rule: String, _ template: String, _ text: String?) {
            self.rule = rule
            self.template = template
            self.text = text
        }

        var testDescription: String { "\(rule): \(template) becomes \(text ?? "nothing")" }
    }

    private static let request: RequestContext = {
        var request = context([
            "aws:username": "ann", "aws:PrincipalTag/team": "red", "aws:PrincipalTag/empty": "",
            "saml:sub": "s/*?",
        ])
        request["aws:TagKeys"] = .set(["one"])
        return request
    }()

    @Test(
        "variables are replaced by the values of the request",
        arguments: [
            Case("VAR-1", "plain", "plain"),
            Case("VAR-1", "", ""),
            Case("VAR-1", "${aws:username}", "ann"),
            Case("VAR-1", "a-${aws:username}-${aws:PrincipalTag/team}!", "a-ann-red!"),
            Case("VAR-1", "${AWS:USERNAME}${aws:principaltag/TEAM}", "annred"),
            Case("VAR-1", "${aws:TagKeys}", nil),
            Case("VAR-1", "${aws:TagKeys, 'none'}", "none"),
            Case("VAR-4", "${*}${?}${$}", "*?$"),
            Case("VAR-4", "${$}{aws:username}", "${aws:username}"),
            Case("VAR-4", "$${aws:username}", "$ann"),
            Case("VAR-5", "${aws:absent, 'someone'}", "someone"),
            Case("VAR-5", "${aws:username, 'someone'}", "ann"),
            Case("VAR-5", "${aws:absent, ''}", ""),
            Case("VAR-5", "${aws:absent, 'a, b'}", "a, b"),
            Case("VAR-5", "${aws:absent, '${'}", "${"),
            Case("VAR-5", "${aws:PrincipalTag/empty, 'default'}", ""),
            Case("VAR-5", "${aws:absent,'no space'}", "${aws:absent,'no space'}"),
            Case("VAR-5", "${aws:absent, no quotes}", "${aws:absent, no quotes}"),
            Case("VAR-6", "${aws:absent}", nil),
            Case("VAR-6", "before ${aws:absent} after", nil),
            Case("VAR-11", "${saml:sub}", "s/*?"),
            Case("syntax", "$", "$"),
            Case("syntax", "${", "${"),
            Case("syntax", "${}", "${}"),
            Case("syntax", "${aws:username", "${aws:username"),
            Case("syntax", "$aws:username}", "$aws:username}"),
        ]
    )
    func expansion(_ row: Case) {
        let template = TextTemplate(row.template, wildcards: .literal, variables: .expanded)
        #expect(template.text(in: Self.request) == row.text)
        let wildcard = template.expanded(in: Self.request)
        #expect((wildcard == nil) == (row.text == nil))
        if let text = row.text { #expect(wildcard?.matches(text) == true) }
    }

    @Test(
        "GRAM-3: under 2008-10-17 nothing is expanded",
        arguments: ["${aws:username}", "${*}", "${$}", "${a, 'b'}"]
    )
    func literalVariables(_ text: String) {
        let template = TextTemplate(text, wildcards: .literal, variables: .literal)
        #expect(template.text(in: Self.request) == text)
        #expect(template.variables.isEmpty)
    }

    struct Match: CustomTestStringConvertible {
        let rule: String
        let template: String
        let text: String
        let matches: Bool

        init(_ rule: String, _ template: String, _ text: String, _ matches: Bool) {
            self.rule = rule
            self.template = template
            self.text = text
            self.matches = matches
        }

        var testDescription: String { "\(rule): \(template) and \(text)" }
    }

    @Test(
        "wildcards of the policy's text are active, those that come with values are not",
        arguments: [
            Match("VAR-4", "${*}*", "*anything", true),
            Match("VAR-4", "${*}*", "anything", false),
            Match("VAR-4", "a${?}", "ab", false),
            Match("VAR-4", "a${?}", "a?", true),
            Match("VAR-8", "${saml:sub}", "s/*?", true),
            Match("VAR-8", "${saml:sub}", "s/xy", false),
            Match("VAR-8", "*${saml:sub}", "xs/*?", true),
            Match("VAR-5", "${aws:absent, '*'}", "x", false),
            Match("VAR-2", "${aws:username}*", "ann/x", true),
            Match("VAR-2", "${aws:username}?", "ann", false),
        ]
    )
    func wildcards(_ row: Match) {
        let template = TextTemplate(row.template, wildcards: .active, variables: .expanded)
        #expect(template.expanded(in: Self.request)?.matches(row.text) == row.matches)
    }

    @Test("VAR-9: a template is cut at its own colons, never inside a variable")
    func split() {
        let text = "arn:aws:iam::${aws:PrincipalAccount}:user:${aws:username}:x"
        let template = TextTemplate(text, wildcards: .active, variables: .expanded)
        let parts = template.split(atColons: 5)
        #expect(parts.count == 6)
        #expect(
            parts.map(\.variables) == [[], [], [], [], ["aws:PrincipalAccount"], ["aws:username"]]
        )
        #expect(parts.first?.text(in: Self.request) == "arn")
        #expect(parts.last?.text(in: Self.request) == "user:ann:x")
        let short = TextTemplate("a:b", wildcards: .active, variables: .expanded)
        #expect(short.split(atColons: 5).map { $0.text(in: Self.request) } == ["a", "b"])
    }

    @Test("a template knows whether it holds wildcards")
    func knowsWildcards() {
        for (text, expected) in [("a*", true), ("?", true), ("a", false), ("${*}", false)] {
            let template = TextTemplate(text, wildcards: .active, variables: .expanded)
            #expect(template.hasWildcards == expected, "\(text)")
        }
    }
}
