import AllocationCounter
import Authorization
import Foundation
import JSONSource
import PolicyLanguage
import Scenarios
import Testing

/// The work of one decision, counted: what a clock says differs from run to run, this does not.
@Suite struct CountedDecisionTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        /// Statements that a trace of the decision lists.
        let statements: Int
        /// Statements that a decision with reasons compares: those that cover the action.
        let compared: Int
        /// Calls of malloc and its kin in the steady state; none in a release build.
        let verdict: Int
        let reasons: Int
        var testDescription: String { name }
    }

    #if DEBUG
    static let rows = [
        Row(name: "case-a", statements: 4, compared: 4, verdict: 0, reasons: 7),
        Row(name: "case-b2", statements: 15, compared: 10, verdict: 6, reasons: 27),
        Row(name: "case-b", statements: 92, compared: 47, verdict: 30, reasons: 43),
    ]
    #else
    static let rows = [
        Row(name: "case-a", statements: 4, compared: 4, verdict: 0, reasons: 0),
        Row(name: "case-b2", statements: 15, compared: 10, verdict: 0, reasons: 0),
        Row(name: "case-b", statements: 92, compared: 47, verdict: 0, reasons: 0),
    ]
    #endif

    @Test("a trace lists every statement in scope once", arguments: rows)
    func statements(row: Row) throws {
        let (engine, request) = try Self.prepared(row.name)
        let trace = engine.trace(request).trace
        let listed = trace.layers.reduce(0) { $0 + $1.statements.count }
        #expect(listed == row.statements)
    }

    @Test("a decision compares no statement but those that cover the action", arguments: rows)
    func compared(row: Row) throws {
        let (engine, request) = try Self.prepared(row.name)
        var decider = engine.decider()
        let prepared = decider.prepare(request)
        #expect(decider.comparedStatements(prepared) == row.compared)
    }

    @Test("deciding a prepared request asks for no more memory than this", arguments: rows)
    func allocations(row: Row) throws {
        let (engine, request) = try Self.prepared(row.name)
        var decider = engine.decider()
        let prepared = decider.prepare(request)
        #expect(Self.allocations { _ = decider.verdict(prepared) } <= row.verdict)
        #expect(Self.allocations { _ = decider.decide(prepared) } <= row.reasons)
    }

    @Test("allocations are counted where the C library lets them be, by thread")
    func counterCounts() throws {
        guard orgsim_counts_allocations() else { return }
        var numbers: [Int] = []
        let before = orgsim_allocations()
        numbers.reserveCapacity(1_000)
        let after = orgsim_allocations()
        #expect(after > before)
        let again = Self.allocations { numbers.removeAll(keepingCapacity: true) }
        #expect(again == 0)
    }

    /// Calls of malloc and its kin of a piece of work, once it has been done before.
    private static func allocations(of work: () -> Void) -> Int {
        for _ in 0..<3 { work() }
        let before = orgsim_allocations()
        for _ in 0..<10 { work() }
        return Int(orgsim_allocations() - before) / 10
    }

    private static func prepared(_ name: String) throws -> (Engine, Request) {
        let inputs = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/Benchmarks/Inputs").path()
        func bytes(_ file: String) throws -> [UInt8] {
            let data = FileManager.default.contents(atPath: "\(inputs)/\(name).\(file)")
            return Array(try #require(data))
        }
        let world = try World(try bytes("organization.json"))
        let line = try #require(try bytes("requests.ndjson").split(separator: 10).first)
        let request = try RequestLine.read(
            Array(line),
            engine: world.engine,
            at: Scenario.defaultClock
        )
        return (world.engine, request)
    }
}
