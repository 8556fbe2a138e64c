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
            (#"{"format": "replay/1", "organization": "o", "against": [], "files": -1}"#, "files"),
        ]
    )
    func refused(text: String, field: String) throws {
        let value = try #require(JSONParser.parse(Array(text.utf8), file: 0).value)
        let problem = #expect(throws: ReplaySummary.Unreadable.self) { try ReplaySummary(value) }
        #expect(problem?.message.contains(field) == true)
    }

    @Test("of more groups than are kept the rest is counted, the same in any order")
    func bounded() {
        var whole = Groups<String>(limit: 10)
        var halves = [Groups<String>(limit: 10), Groups<String>(limit: 10)]
        for number in 0..<400 {
            let key = "key\(number * 7919 % 100)"
            whole.add(Tally(count: number, first: nil, last: nil), to: key)
            halves[number % 2].add(Tally(count: number, first: nil, last: nil), to: key)
        }
        var joined = halves[1]
        joined.merge(halves[0])
        #expect(joined == whole)
        let settled = whole.settled
        #expect(
            settled.groups.map(\.key) == Array((0..<100).map { "key\($0)" }.sorted().prefix(10))
        )
        let told = settled.groups.reduce(0) { $0 + $1.tally.count }
        #expect(told + settled.rest.count == (0..<400).reduce(0, +))
    }
}
