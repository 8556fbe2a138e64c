import PolicyLanguage
import Testing

@Suite("ActionPattern")
struct ActionPatternTests {
    struct Case: CustomTestStringConvertible {
        let pattern: String
        let action: String
        let matches: Bool

        init(_ pattern: String, _ action: String, _ matches: Bool) {
            self.pattern = pattern
            self.action = action
            self.matches = matches
        }

        var testDescription: String { "\(pattern) \(matches ? "covers" : "misses") \(action)" }
    }

    @Test(
        "ACT-1, ACT-2, ACT-3: patterns ignore case and take * and ? anywhere in the name",
        arguments: [
            Case("s3:GetObject", "s3:GetObject", true),
            Case("S3:GETOBJECT", "s3:getobject", true),
            Case("s3:GetObject", "s3:GetObjectAcl", false),
            Case("s3:GetObject", "sqs:GetObject", false),
            Case("*", "iam:CreateUser", true),
            Case("*:*", "iam:CreateUser", true),
            Case("*:Get*", "s3:GetObject", true),
            Case("s3:*", "s3:BypassGovernanceRetention", true),
            Case("s3:*", "s3express:GetObject", false),
            Case("sts:*", "sts:TagSession", true),
            Case("s3:Get*", "s3:GetObject", true),
            Case("s3:Get*", "s3:PutObject", false),
            Case("s3:*Object", "s3:GetObject", true),
            Case("s3:*Object", "s3:GetObjectAcl", false),
            Case("s3:*et*bj*", "s3:GetObjectAcl", true),
            Case("s3:?etObject", "s3:GetObject", true),
            Case("s3:?etObject", "s3:etObject", false),
            Case("s3:GetObject?", "s3:GetObject", false),
            Case(
                "vpc-lattice:*Service-Events*",
                "vpc-lattice:AssociateViaAWSService-EventsAndStates",
                true
            ),
        ]
    )
    func coverage(_ row: Case) throws {
        let pattern = try #require(ActionPattern(row.pattern))
        let action = try #require(ActionName(row.action))
        #expect(pattern.matches(action) == row.matches)
    }

    @Test(
        "ACT-2: what is no service:Name, or has a wildcard in its prefix, is no pattern",
        arguments: [
            "", "GetObject", "s3:", ":Get", "s*:GetObject", "?3:Get", "s3:Get Object", "**",
            "s3:a:b", "?",
        ]
    )
    func refused(_ text: String) {
        #expect(ActionPattern(text) == nil)
    }

    @Test("the service of a pattern is its prefix, nil for every service")
    func services() {
        #expect(ActionPattern("S3:Get*")?.service == "s3")
        #expect(ActionPattern("*")?.service == nil)
        #expect(ActionPattern("*:*")?.service == nil)
    }

    @Test("ACT-5: NotAction covers every action that none of its patterns covers")
    func notAction() throws {
        let patterns = ["iam:*", "s3:Get*"].compactMap { ActionPattern($0) }
        let action = ActionElement(patterns: patterns, isNegated: false)
        let notAction = ActionElement(patterns: patterns, isNegated: true)
        for (name, isListed) in [
            ("iam:CreateUser", true), ("s3:GetObject", true), ("s3:PutObject", false),
        ] {
            let requested = try #require(ActionName(name))
            #expect(action.covers(requested) == isListed)
            #expect(notAction.covers(requested) == !isListed)
        }
    }
}
