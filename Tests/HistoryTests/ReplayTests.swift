import History
import JSONSource
import PolicyLanguage
import ServiceCatalog
import Testing

@Suite("Recorded calls under changes of the organization")
struct ReplayTests {
    private func effects(_ summary: ReplaySummary, _ overlay: Int = 0) -> [Effect: Int] {
        var counts: [Effect: Int] = [:]
        for effect in Effect.allCases where summary.count(effect, under: overlay) > 0 {
            counts[effect] = summary.count(effect, under: overlay)
        }
        return counts
    }

    @Test("a guardrail newly denies what it names, told with the statement, caller and time")
    func newlyDenied() throws {
        let world = try ReplayedWorld(Examples.organization, overlays: [Examples.regions, "{}"])
        let records = [
            Examples.record(time: "2026-11-20T09:00:00Z"),
            Examples.record(region: "eu-west-1"),
            Examples.record(time: "2026-11-19T09:00:00Z"),
        ]
        let summary = world.replay(records.joined(separator: "\n"))
        #expect(effects(summary) == [.newlyDenied: 2, .same: 1])
        // A file that changes nothing changes nothing.
        #expect(effects(summary, 1) == [.same: 3])
        #expect(summary.count(.reproduced) == 3)
        let groups = summary.changes.settled.groups
        #expect(groups.count == 1)
        let (key, tally) = try #require(groups.first)
        #expect(key.principal == "222222222222:role/Deploy")
        #expect(key.action == "ec2:TerminateInstances")
        #expect(key.statements.map(\.policy) == ["Guard"])
        #expect(key.statements.map(\.statement) == ["No"])
        #expect(key.statements.first?.location?.hasPrefix("1.json:") == true)
        #expect(tally.count == 2)
        #expect(tally.first?.description == "2026-11-19T09:00:00Z")
        #expect(tally.last?.description == "2026-11-20T09:00:00Z")
    }

    @Test("what hangs on a key that no record carries could change")
    func couldBeDenied() throws {
        let tagged = Examples.guardrail(Examples.production)
        let world = try ReplayedWorld(Examples.organization, overlays: [tagged])
        let summary = world.replay(Examples.record())
        #expect(effects(summary) == [.couldBeDenied: 1])
        #expect(summary.changes.settled.groups.first?.key.statements.map(\.policy) == ["Guard"])
    }

    @Test("what hangs on the same unknown key before and after stays as it is")
    func sameUnknown() throws {
        let world = try ReplayedWorld(
            Examples.guarded(Examples.production),
            overlays: [#"{"root": {"tags": {"a": "b"}}}"#, Examples.regions]
        )
        // AWS allowed the first, and does not say of the second.
        let failed = Examples.record(more: #","errorCode":"ThrottlingException""#)
        let summary = world.replay(Examples.record() + failed)
        #expect(effects(summary) == [.same: 2])
        #expect(effects(summary, 1)[.newlyDenied] == 1)
        #expect(summary.count(.consistent) == 1)
        #expect(summary.count(.untold) == 1)
    }

    @Test("a guardrail taken away newly allows what AWS denied by it")
    func newlyAllowed() throws {
        let guarded = Examples.guarded(Examples.outsideEurope)
        let open = #"{"root": {"serviceControlPolicies": ["FullAWSAccess"]}}"#
        let world = try ReplayedWorld(guarded, overlays: [open])
        let instance = "arn:aws:ec2:us-east-1:222222222222:instance/i-0"
        let denial = Examples.denied(
            by: "service control policy",
            "ec2:TerminateInstances",
            instance
        )
        let summary = world.replay(Examples.record(more: denial))
        #expect(effects(summary) == [.newlyAllowed: 1])
        #expect(summary.count(.reproduced) == 1)
    }

    @Test("where AWS allowed what the file denies, only what the change adds is new")
    func contradicted() throws {
        let world = try ReplayedWorld(
            Examples.organization,
            overlays: [Examples.regions, "{}", Examples.guardrail(Examples.production)]
        )
        // Reader may not, says the file.
        let summary = world.replay(Examples.record(role: "Reader"))
        #expect(summary.count(.contradicted) == 1)
        #expect(effects(summary) == [.newlyDenied: 1])
        #expect(effects(summary, 1) == [.same: 1])
        // Denied in any case, says the file; but not what AWS allowed.
        #expect(effects(summary, 2) == [.couldBeDenied: 1])
        let key = try #require(summary.disagreements.settled.groups.first?.key)
        #expect(key.recorded == "allowed")
        #expect(key.simulated == "denied by identity-based policy")
        #expect(
            summary.changes.settled.groups.first?.key.statements.map(\.policyType)
                == ["serviceControlPolicy"]
        )
    }

    @Test("a denial that AWS gives another reason for is told, and the piece that may lack")
    func otherReason() throws {
        let world = try ReplayedWorld(Examples.organization)
        let denial = Examples.denied(by: "session policy", "ec2:TerminateInstances", "*")
        let summary = world.replay(Examples.record(more: denial))
        #expect(summary.count(.contradicted) == 1)
        let key = try #require(summary.disagreements.settled.groups.first?.key)
        #expect(key.missingPiece.contains("session policy"))
    }

    @Test("what cannot be asked is not called the same")
    func notAsked() throws {
        let world = try ReplayedWorld(Examples.organization, overlays: ["{}"])
        let records = [
            Examples.record("ec2", "NoSuchCall"), Examples.record(role: "Gone"),
            Examples.record(more: #","x":1"#).replacing("AwsApiCall", with: "AwsServiceEvent"),
        ]
        let summary = world.replay(records.joined(separator: "\n"))
        #expect(effects(summary) == [.notAsked: 3])
        #expect(summary.count(.notModelled) == 3)
        #expect(summary.unmodelled.settled.groups.count == 3)
    }

    @Test("bad records are counted with file and number, and the rest goes on")
    func badRecords() throws {
        let world = try ReplayedWorld(Examples.organization)
        let records = [
            Examples.record(), #"{"a": 1}"#, #"{"eventTime": "yesterday"}"#, "[1]", "hello",
            #"{"eventTime": "2026-11-20T09:00:00Z"}"#, Examples.record(),
        ]
        let summary = world.replay(records.joined(separator: "\n"))
        #expect(summary.records.count == 2)
        #expect(summary.badRecordCount == 5)
        let numbers = summary.badRecords.settled.groups.map(\.key.number)
        #expect(numbers == [2, 3, 4, 5, 6])
    }

    @Test("times and user agents matter where a policy asks for them, and only there")
    func readKeys() throws {
        let dated = Examples.guardrail(
            #""Action": "ec2:*", "Condition": {"DateGreaterThan": {"AWS:currentTime": "2026-11-20T00:00:00Z"}}"#
        )
        let agent = Examples.guardrail(
            #""Action": "ec2:*", "Condition": {"StringLike": {"aws:UserAgent": "bad*"}}"#
        )
        let world = try ReplayedWorld(Examples.organization, overlays: [dated, agent])
        let records = [
            Examples.record(time: "2026-11-19T09:00:00Z"),
            Examples.record(time: "2026-11-21T09:00:00Z"),
            Examples.record(time: "2026-11-19T09:00:00Z", agent: "bad/1"),
        ]
        let summary = world.replay(records.joined(separator: "\n"))
        #expect(effects(summary) == [.newlyDenied: 1, .same: 2])
        #expect(effects(summary, 1) == [.newlyDenied: 1, .same: 2])
        #expect(!ReadKeys(in: "aws:PrincipalArn").asksForTime)
        #expect(ReadKeys(in: "${aws:EpochTime}").asksForTime)
    }

    @Test("no policy of AWS asks for a time or a user agent")
    func managedPolicies() throws {
        let arns = AWSManagedPolicies.arns
        #expect(arns.count > 1_000)
        for arn in arns {
            let text = try #require(AWSManagedPolicies.document(arn))
            let keys = ReadKeys(in: text)
            #expect(!keys.asksForTime && !keys.asksForUserAgent, "\(arn)")
        }
    }
}
