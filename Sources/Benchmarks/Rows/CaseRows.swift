import AllocationCounter
import Authorization
import JSONSource
import PolicyLanguage
import Reports
import Scenarios

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The committed cases, on which other engines were timed as well: a hot set of requests each.
struct CaseRows {
    let report: Report
    private static let folder = FilePath.join("../Inputs", relativeTo: #filePath)
    static let names = ["case-a", "case-b2", "case-b"]
    private static let whole = "decisions, prepared and made"
    /// Distinct requests of a hot set.
    private static let hot = 128

    func run() throws {
        for name in Self.names where report.wants(name, works) {
            let world = try LoadedWorld(try Self.file("\(name).organization.json"))
            let text = String(decoding: try Self.file("\(name).requests.ndjson"), as: UTF8.self)
            guard let line = text.split(separator: "\n").first else { continue }
            let lines = (0..<Self.hot).map { Self.variant($0, of: String(line)) }
            var requests: [Request] = []
            for line in lines { requests.append(try world.request(line)) }
            let decisions = PreparedDecisions(engine: world.engine, requests: requests)
            let allowed = decisions.decideAll(.reasons)
            guard allowed == Self.hot else {
                throw Failure(message: "\(name): \(allowed) of \(Self.hot) are allowed")
            }
            for recording in PreparedDecisions.Recording.allCases {
                report.measure(name, "decisions, \(recording.rawValue)", .perSecond, .processor) {
                    Stopwatch.processor.rate(units: decisions.count) {
                        decisions.decideAll(recording)
                    }
                }
            }
            allocations(name, decisions)
            report.measure(name, Self.whole, .perSecond, .processor) {
                Stopwatch.processor.rate(units: decisions.count) { decisions.decideWhole() }
            }
            try answer(lines, named: name, world)
        }
    }

    private func answer(_ lines: [String], named name: String, _ world: LoadedWorld) throws {
        let answers = AnsweredLines(engine: world.engine, lines: lines)
        guard answers.readAll() == Self.hot else {
            throw Failure(message: "\(name): not all lines are read at once")
        }
        report.measure(name, "lines read", .perSecond, .processor) {
            Stopwatch.processor.rate(units: answers.count) { answers.readAll() }
        }
        report.measure(name, "lines read, decided and written", .perSecond, .processor) {
            Stopwatch.processor.rate(units: answers.count) { answers.answerAll() }
        }
    }

    /// Calls of malloc and its kin a decision, once all have been decided before.
    private func allocations(_ name: String, _ decisions: PreparedDecisions) {
        guard orgsim_counts_allocations() else { return }
        for recording in PreparedDecisions.Recording.allCases {
            let work = "allocations, \(recording.rawValue)"
            report.measure(name, work, .count, nil, repetitions: 1) {
                let before = orgsim_allocations()
                decisions.decideAll(recording)
                return Double(orgsim_allocations() - before) / Double(decisions.count)
            }
        }
    }

    private var works: [String] {
        PreparedDecisions.Recording.allCases.flatMap {
            ["decisions, \($0.rawValue)", "allocations, \($0.rawValue)"]
        }
            + [Self.whole, "lines read", "lines read, decided and written"]
    }

    /// The request with another session, object, Region, address and team, all of which fit.
    static func variant(_ number: Int, of line: String) -> String {
        let team = ["blue", "green", "red", "amber"][number % 4]
        let region = ["eu-west-1", "eu-central-1"][number % 2]
        return line.replacing("assumed-role/app/session1", "assumed-role/app/session\(number % 16)")
            .replacing("/x.parquet", "/x\(number).parquet")
            .replacing("/key.txt", "/key\(number).txt")
            .replacing("\"blue\"", "\"\(team)\"")
            .replacing("\"eu-west-1\"", "\"\(region)\"")
            .replacing("\"10.1.2.3\"", "\"10.1.2.\(number)\"")
    }

    static func file(_ name: String) throws -> [UInt8] {
        let path = "\(folder)/\(name)"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(message: "\(path) cannot be read")
        }
        return Array(data)
    }
}

extension String {
    /// The text with every occurrence of another one replaced.
    fileprivate func replacing(_ old: String, _ new: String) -> String {
        var result = ""
        var rest = self[...]
        while let place = rest.firstRange(of: old) {
            result += rest[..<place.lowerBound] + new
            rest = rest[place.upperBound...]
        }
        return result + rest
    }
}
