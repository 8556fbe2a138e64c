import PolicyLanguage
import Testing

@Suite("ResourcePattern")
struct ResourcePatternTests {
    struct Case: CustomTestStringConvertible {
        let rule: String
        let pattern: String
        let resource: String
        let matches: Bool
        var completion = ResourcePattern.Completion.asWritten

        init(
            _ rule: String,
            _ pattern: String,
            _ resource: String,
            _ matches: Bool,
            _ completion: ResourcePattern.Completion = .asWritten
        ) {
            self.rule = rule
            self.pattern = pattern
            self.resource = resource
            self.matches = matches
            self.completion = completion
        }

        var testDescription: String {
            "\(rule): \(pattern) \(matches ? "covers" : "misses") \(resource)"
        }
    }

    private static let group = "arn:aws:logs:eu-west-1:111122223333:log-group:app"
    private static let queue = "arn:aws:sqs:eu-west-1:111122223333:q"

    @Test(
        "RES-1…6: an ARN is compared part by part",
        arguments: [
            Case("RES-1", "*", "arn:aws:s3:::b/x", true),
            Case("RES-1", "arn:aws:s3:::b", "arn:aws:s3:::b", true),
            Case("RES-1", "arn:aws:s3:::b", "arn:aws:s3:::b/x", false),
            Case("RES-1", "arn:aws:s3:::b/*", "arn:aws:s3:::b", false),
            Case("RES-1", "arn:aws:s3:::b/*", "arn:aws:s3:::b/x/y:z", true),
            Case("RES-1", "arn:aws:s3:::*/x", "arn:aws:s3:::b/a/x", true),
            Case("RES-1", "arn:aws:s3:::b/*/x", "arn:aws:s3:::b/x", false),
            Case(
                "RES-1",
                "arn:aws:lambda:*:*:function:f:*",
                "arn:aws:lambda:eu-west-1:111122223333:function:f:7",
                true
            ),
            Case(
                "RES-1",
                "arn:aws:lambda:*:*:function:f:*",
                "arn:aws:lambda:eu-west-1:111122223333:function:f",
                false
            ),
            Case(
                "RES-1",
                "arn:aws:lambda:*:*:function*",
                "arn:aws:lambda:eu-west-1:111122223333:function:f:7",
                true
            ),
            Case("RES-1", "arn:aws:sqs:eu-*-1:111122223333:q", queue, true),
            Case("RES-1", "arn:aws:sqs:us-*-1:111122223333:q", queue, false),
            Case("RES-2", "arn:aws:logs:*:log-group:app", group, true),
            Case("RES-2", "arn:aws:logs:*:app", group, true),
            Case("RES-2", "arn:aws:logs:*:log-group:other", group, false),
            Case("RES-2", "arn:aws:s3:*", "arn:aws:s3:::b/x", true),
            Case("RES-2", "arn:aws:s3*", "arn:aws:s3:::b/x", true),
            Case("RES-2", "arn:*", queue, true),
            Case("RES-2", "arn:aws:s3:*", queue, false),
            Case("RES-2", "arn:aws:l*s:log-group:app", "arn:aws:logs:s:log-group:app", false),
            Case(
                "RES-2",
                "arn:aws:logs:*t-1:log-group:app",
                "arn:aws:logs:x:t-1:log-group:app",
                false
            ),
            Case("RES-2", "arn:aws:sqs:eu?west-1:111122223333:q", queue, true),
            Case("RES-2", "arn:aws:sqs:a?b:c:q", "arn:aws:sqs:a:b:c:q", false),
            Case("RES-2", "arn:aws:sqs:?:c:q", "arn:aws:sqs::::c:q", false),
            Case("RES-3", "arn:aws:*:*:*:*", queue, true),
            Case("RES-3", "arn:*:*:*:*:*", "arn:aws:s3:::b", true),
            Case("RES-4", "arn:aws:s3:::b/Key", "arn:aws:s3:::b/key", false),
            Case(
                "RES-4",
                "arn:aws:iam::111122223333:role/r",
                "arn:aws:iam::111122223333:role/R",
                false
            ),
            Case("RES-5", "arn:aws:sqs", queue, true, .completed),
            Case(
                "RES-5",
                "arn:aws:sqs",
                "arn:aws:sqs2:eu-west-1:111122223333:q",
                false,
                .completed
            ),
            Case("RES-5", "arn:aws:sqs:eu-west-1", queue, true, .completed),
            Case("RES-5", "arn:aws:sqs:us-east-1", queue, false, .completed),
            Case("RES-5", "arn:aws:sqs::111122223333", queue, false, .completed),
            Case("RES-5", "arn:aws:s3", "arn:aws:s3:::b/x", true, .completed),
            Case("RES-5", "arn", queue, true, .completed),
            Case("RES-5", "arn:aws:sqs", queue, false, .asWritten),
            Case("RES-5", "arn:aws:sqs:eu-west-1:*", queue, true, .asWritten),
            Case("RES-6", "arn:aws:s3:::b/a?c", "arn:aws:s3:::b/abc", true),
            Case("RES-6", "arn:aws:s3:::b/a?c", "arn:aws:s3:::b/a/c", true),
            Case("RES-6", "arn:aws:s3:::b/a?c", "arn:aws:s3:::b/aéc", true),
            Case("RES-6", "arn:aws:s3:::b/a?c", "arn:aws:s3:::b/ac", false),
            Case("RES-6", "arn:aws:s3:::b/a?c", "arn:aws:s3:::b/abbc", false),
            Case("RES-6", "arn:aws:s3:::b/a[c]", "arn:aws:s3:::b/ac", false),
        ]
    )
    func coverage(_ row: Case) {
        let pattern = ResourcePattern(row.pattern, variables: .expanded, completion: row.completion)
        #expect(pattern.matches(.named(row.resource), in: RequestContext()) == row.matches)
    }

    @Test("RES-7: an action without a resource is covered by * alone")
    func withoutResource() {
        for text in ["arn:aws:ec2:*:*:instance/*", "arn:*:*:*:*:*", "arn:aws:s3:*"] {
            let pattern = ResourcePattern(text, variables: .expanded, completion: .completed)
            #expect(!pattern.matches(.none, in: RequestContext()))
            #expect(!pattern.isEverything)
        }
        let everything = ResourcePattern("*", variables: .expanded, completion: .completed)
        #expect(everything.matches(.none, in: RequestContext()))
        #expect(everything.isEverything)
        #expect(!everything.isIncomplete)
    }

    struct VariableCase: CustomTestStringConvertible {
        let rule: String
        let pattern: String
        let resource: String
        let matches: Bool

        init(_ rule: String, _ pattern: String, _ resource: String, _ matches: Bool) {
            self.rule = rule
            self.pattern = pattern
            self.resource = resource
            self.matches = matches
        }

        var testDescription: String { "\(rule): \(pattern) and \(resource)" }
    }

    // The request of the rows below.
    private static let request = context([
        "aws:username": "ann", "aws:PrincipalTag/path": "a:b/*", "aws:PrincipalTag/star": "*",
        "aws:service": "s3",
    ])

    @Test(
        "variables stand in the sixth part only, and what they bring is plain text",
        arguments: [
            VariableCase(
                "VAR-2",
                "arn:aws:s3:::home/${aws:username}/*",
                "arn:aws:s3:::home/ann/x",
                true
            ),
            VariableCase(
                "VAR-2",
                "arn:aws:s3:::home/${aws:username}/*",
                "arn:aws:s3:::home/bob/x",
                false
            ),
            VariableCase(
                "VAR-1",
                "arn:aws:s3:::home/${AWS:UserName}",
                "arn:aws:s3:::home/ann",
                true
            ),
            VariableCase("VAR-4", "arn:aws:s3:::b/${*}", "arn:aws:s3:::b/*", true),
            VariableCase("VAR-4", "arn:aws:s3:::b/${*}", "arn:aws:s3:::b/x", false),
            VariableCase("VAR-4", "arn:aws:s3:::b/${?}${$}", "arn:aws:s3:::b/?$", true),
            VariableCase("VAR-4", "arn:aws:s3:::b/${?}", "arn:aws:s3:::b/x", false),
            VariableCase(
                "VAR-5",
                "arn:aws:s3:::b/${aws:absent, 'all'}",
                "arn:aws:s3:::b/all",
                true
            ),
            VariableCase("VAR-5", "arn:aws:s3:::b/${aws:absent, '*'}", "arn:aws:s3:::b/x", false),
            VariableCase(
                "VAR-7",
                "arn:aws:s3:::b/${aws:absent}",
                "arn:aws:s3:::b/${aws:absent}",
                false
            ),
            VariableCase("VAR-7", "arn:aws:s3:::b/${aws:absent}*", "arn:aws:s3:::b/", false),
            VariableCase(
                "VAR-8",
                "arn:aws:s3:::b/${aws:PrincipalTag/star}",
                "arn:aws:s3:::b/x",
                false
            ),
            VariableCase(
                "VAR-8",
                "arn:aws:s3:::b/${aws:PrincipalTag/star}",
                "arn:aws:s3:::b/*",
                true
            ),
            VariableCase(
                "VAR-9",
                "arn:aws:s3:::${aws:PrincipalTag/path}",
                "arn:aws:s3:::a:b/*",
                true
            ),
            VariableCase("RES-10", "arn:aws:${aws:service}:::b", "arn:aws:s3:::b", false),
            VariableCase(
                "RES-10",
                "arn:aws:${aws:service}:::b",
                "arn:aws:${aws:service}:::b",
                true
            ),
        ]
    )
    func variables(_ row: VariableCase) {
        let pattern = ResourcePattern(row.pattern, variables: .expanded, completion: .completed)
        #expect(pattern.matches(.named(row.resource), in: Self.request) == row.matches)
    }

    @Test("GRAM-3: under 2008-10-17 a variable is plain text and ${*} keeps its wildcard")
    func literalVariables() {
        let pattern = ResourcePattern(
            "arn:aws:s3:::b/${aws:username}",
            variables: .literal,
            completion: .completed
        )
        #expect(pattern.variables.isEmpty)
        #expect(!pattern.matches(.named("arn:aws:s3:::b/ann"), in: Self.request))
        #expect(pattern.matches(.named("arn:aws:s3:::b/${aws:username}"), in: Self.request))
        let star = ResourcePattern(
            "arn:aws:s3:::b/${*}",
            variables: .literal,
            completion: .completed
        )
        #expect(star.matches(.named("arn:aws:s3:::b/${x}"), in: Self.request))
    }

    @Test("a pattern names the keys it reads")
    func keysRead() {
        let pattern = ResourcePattern(
            "arn:aws:s3:::${aws:username}/${aws:PrincipalTag/team, 'none'}",
            variables: .expanded,
            completion: .completed
        )
        #expect(pattern.variables == ["aws:username", "aws:PrincipalTag/team"])
    }

    @Test(
        "RES-8, VAR-7: NotResource covers what no pattern matches; an unresolved variable excludes nothing"
    )
    func notResource() {
        let patterns = ["arn:aws:s3:::b/${aws:absent}", "arn:aws:s3:::c/*"].map {
            ResourcePattern($0, variables: .expanded, completion: .completed)
        }
        let element = ResourceElement(patterns: patterns, isNegated: true)
        #expect(element.covers(.named("arn:aws:s3:::b/x"), in: Self.request))
        #expect(!element.covers(.named("arn:aws:s3:::c/x"), in: Self.request))
        #expect(element.covers(.none, in: Self.request))
        let resource = ResourceElement(patterns: patterns, isNegated: false)
        #expect(!resource.covers(.named("arn:aws:s3:::b/x"), in: Self.request))
        #expect(resource.covers(.named("arn:aws:s3:::c/x"), in: Self.request))
        #expect(!resource.covers(.none, in: Self.request))
    }
}
