import History
import JSONSource
import Testing

@Suite("Summaries of replays put together")
struct SummaryTests {
    /// Records that come out in every way there is.
    private static let records: [String] = (0..<60).map { number in
        let time = "2026-11-\(10 + number % 20)T09:00:\(10 + number % 50)Z"
        return switch number % 6 {
        case 0: Examples.record(region: "eu-west-1", time: time)
        case 1: Examples.record("ec2", "NoSuchCall\(number)", time: time)
        case 2: Examples.record(role: "Reader", time: time)
        case 3: #"{"broken": \#(number)}"#
        case 4: Examples.record(time: time, more: #","errorCode":"ThrottlingException""#)
        default: Examples.record(time: time)
        }
    }

    private static func world() throws -> ReplayedWorld {
        try ReplayedWorld(
            Examples.organization,
            overlays: [Examples.regions, Examples.guardrail(Examples.production)]
        )
    }

    /// A summary of each part, each a file of its own.
    private static func parts(_ sizes: [Int]) throws -> [ReplaySummary] {
        let world = try world()
        var start = 0
        return sizes.map { size in
            let part = records[start..<min(records.count, start + size)]
            start += size
            return world.replay(part.joined(separator: "\n"), file: "\(start).json")
        }
    }

    @Test("parts may be put together in any order and grouping")
    func merging() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20 {
            var sizes: [Int] = []
            while sizes.reduce(0, +) < Self.records.count {
                sizes.append(Int.random(in: 1...25, using: &random))
            }
            let parts = try Self.parts(sizes)
            var left = try Self.world().empty
            for part in parts { left.merge(part) }
            var shuffled = parts.shuffled()
            while shuffled.count > 1 {
                let one = shuffled.remove(at: Int.random(in: 0..<shuffled.count, using: &random))
                let place = Int.random(in: 0..<shuffled.count, using: &random)
                shuffled[place].merge(one)
            }
            #expect(shuffled.first == left, "\(sizes)")
            #expect(shuffled.first?.json == left.json)
        }
    }

    @Test("what is printed as JSON is read back as the same")
    func roundTrip() throws {
        for part in try Self.parts([60]) + Self.parts([7, 20, 33]) {
            let text = part.json.pretty
            let value = try #require(JSONParser.parse(Array(text.utf8), file: 0).value)
            let read = try ReplaySummary(value)
            #expect(read == part)
            #expect(read.json.pretty == text)
            #expect(part.records.count > 0)
        }
    }

    @Test(
        "what is no such answer is refused with the field that is wrong",
        arguments: [
            ("{}", "format"), (#"{"format": "replay/1"}"#, "organization"),
            (#"{"format": "replay/1", "organization": "o", "against": [1]}"#, "against"),
            (#"{"format": "replay/1", "organization": "o", "against": []}"#, "state"),
            (
                #"{"format": "replay/1", "organization": "o", "against": [], "state": "", "files": -1}"#,
                "files"
            ),
        ]
    )
    func refused(text: String, field: String) throws {
        let value = try #require(JSONParser.parse(Array(text.utf8), file: 0).value)
        let problem = #expect(throws: ReplaySummary.Unreadable.self) { try ReplaySummary(value) }
        #expect(problem?.message.contains(field) == true)
    }

    @Test("of more groups than are kept the rest is counted, the same in any order and grouping")
    func bounded() throws {
        var random = SystemRandomNumberGenerator()
        let added = (0..<3_000).map { (key: $0 * 7919 % 700, count: $0 % 17) }
        var whole = Groups<Int>(limit: 25)
        for one in added { whole.add(Tally(count: one.count, first: nil, last: nil), to: one.key) }
        for _ in 0..<30 {
            // Each part gets some of everything, in an order of its own.
            var parts = Array(repeating: Groups<Int>(limit: 25), count: Int.random(in: 1...40))
            for one in added.shuffled() {
                let place = Int.random(in: 0..<parts.count, using: &random)
                let tally = Tally(count: one.count, first: nil, last: nil)
                parts[place].add(tally, to: one.key)
            }
            while parts.count > 1 {
                let one = parts.remove(at: Int.random(in: 0..<parts.count, using: &random))
                parts[Int.random(in: 0..<parts.count, using: &random)].merge(one)
            }
            #expect(parts.first == whole)
        }
        let settled = whole.settled
        #expect(settled.groups.map(\.key) == Array(0..<25))
        for (key, tally) in settled.groups {
            #expect(tally.count == added.reduce(0) { $0 + ($1.key == key ? $1.count : 0) })
        }
        let told = settled.groups.reduce(0) { $0 + $1.tally.count }
        #expect(told + settled.rest.count == added.reduce(0) { $0 + $1.count })
    }

    @Test("whole answers stay the same where groups are let go, also as JSON on the way")
    func boundedAnswers() throws {
        let all = (0..<1_500).map { number in
            (file: "f\(number % 750).json", number: number * 31 % 1_500)
        }
        func answer(_ part: some Sequence<(file: String, number: Int)>) -> ReplaySummary {
            var summary = ReplaySummary(organization: "o", overlays: [], state: "s")
            for one in part { summary.add(badRecord: one.number, of: one.file, "broken") }
            return summary
        }
        let whole = answer(all)
        #expect(whole.badRecords.settled.groups.count == 1_000)
        #expect(whole.badRecordCount == 1_500)
        for count in [2, 3, 7] {
            let parts = (0..<count).map { part in
                answer(all.enumerated().filter { $0.offset % count == part }.map(\.element))
            }
            var merged = try Self.again(parts[count - 1])
            for part in parts.dropLast().shuffled() {
                merged.merge(try Self.again(part))
                merged = try Self.again(merged)
            }
            #expect(merged.json == whole.json)
        }
    }

    private static func again(_ summary: ReplaySummary) throws -> ReplaySummary {
        let bytes = Array(summary.json.compact.utf8)
        return try ReplaySummary(try #require(JSONParser.parse(bytes, file: 0).value))
    }

    @Test("counts end where every reader of JSON takes numbers as they are, and nothing crashes")
    func saturated() throws {
        let most = 1 << 53
        let text = Self.answer(
            records: most,
            groups: #"[{"file":"f","number":1,"message":"m",\#(Self.tally(most))}]"#,
            others: most
        )
        let value = try #require(JSONParser.parse(Array(text.utf8), file: 0).value)
        let one = try ReplaySummary(value)
        var left = one
        for _ in 0..<5_000 { left.merge(one) }
        #expect(left.records.count == most)
        #expect(left.badRecordCount == most)
        #expect(try Self.again(left) == left)
    }

    @Test("an answer with a group twice, or with more of them than one run tells, is refused")
    func forged() throws {
        let one = #"{"file":"f","number":1,"message":"m",\#(Self.tally(1))}"#
        let many = (0..<1_001).map {
            #"{"file":"f","number":\#($0),"message":"m",\#(Self.tally(1))}"#
        }
        for groups in ["[\(one),\(one)]", "[\(many.joined(separator: ","))]"] {
            let text = Self.answer(records: 1, groups: groups, others: 0)
            let value = try #require(JSONParser.parse(Array(text.utf8), file: 0).value)
            let problem = #expect(throws: ReplaySummary.Unreadable.self) {
                try ReplaySummary(value)
            }
            #expect(problem?.message.contains("'groups'") == true)
        }
    }

    private static func tally(_ count: Int) -> String {
        #""count":\#(count),"first":null,"last":null"#
    }

    /// An answer about records of which some could not be read.
    private static func answer(records: Int, groups: String, others: Int) -> String {
        let none = #"{"groups":[],"others":{\#(tally(0))}}"#
        let history = Reproduction.allCases.map { #""\#($0.rawValue)":0"# }
        return #"""
            {"format":"replay/1","organization":"o","against":[],"state":"","files":1,"filesPassedOver":0,
             "records":{\#(tally(records))},"history":{\#(history.joined(separator: ","))},
             "effects":[],"changes":\#(none),"disagreements":\#(none),"notModelled":\#(none),
             "badRecords":{"groups":\#(groups),"others":{\#(tally(others))}},"badFiles":\#(none)}
            """#
    }

    @Test("answers under other files, or other states of them, are not put together")
    func states() {
        let one = ReplaySummary(organization: "o", overlays: ["a"], state: "1")
        #expect(one.isMergeable(with: one))
        for other in [
            ReplaySummary(organization: "o", overlays: ["a"], state: "2"),
            ReplaySummary(organization: "o", overlays: ["b"], state: "1"),
            ReplaySummary(organization: "p", overlays: ["a"], state: "1"),
        ] {
            #expect(!one.isMergeable(with: other))
        }
    }

    @Test("what a record says at any length takes little of an answer")
    func longWords() {
        let long = String(repeating: "é\u{1}", count: 500_000)
        let key = UnmodelledKey(event: long, reason: long)
        #expect(key.event.utf8.count < 3_000)
        #expect(UnmodelledKey(event: key.event, reason: key.reason) == key)
        let change = ChangeKey(
            overlay: 0,
            effect: .newlyDenied,
            statements: [],
            principal: long,
            action: long,
            account: long
        )
        #expect(change.principal.utf8.count + change.action.utf8.count < 6_000)
    }

    @Test("what would newly be denied is told before everything else, whichever overlay does it")
    func gravestFirst() {
        func key(_ overlay: Int, _ effect: Effect, _ statement: String?) -> ChangeKey {
            let statements = statement.map {
                [
                    DecidingStatement(
                        policyType: "serviceControlPolicy",
                        kind: "explicitDeny",
                        policy: $0,
                        statement: nil,
                        target: nil,
                        location: nil
                    )
                ]
            }
            return ChangeKey(
                overlay: overlay,
                effect: effect,
                statements: statements ?? [],
                principal: "p",
                action: "a",
                account: "1"
            )
        }
        let keys = [
            key(0, .newlyDenied, "A"), key(0, .newlyDenied, "B"), key(1, .newlyDenied, nil),
            key(0, .couldBeDenied, nil), key(1, .couldBeDenied, "A"), key(0, .newlyAllowed, nil),
        ]
        #expect(keys.shuffled().sorted() == keys)
    }
}
