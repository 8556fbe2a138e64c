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
        /// Calls of malloc and its kin in the steady state, at most.
        let verdict: Int
        let reasons: Int
        var testDescription: String { name }
    }

    #if DEBUG
    static let rows = [
        Row(name: "case-a", statements: 4, verdict: 200, reasons: 205),
        Row(name: "case-b2", statements: 15, verdict: 520, reasons: 570),
        Row(name: "case-b", statements: 92, verdict: 1_520, reasons: 1_570),
    ]
    #else
    static let rows = [
        Row(name: "case-a", statements: 4, verdict: 90, reasons: 92),
        Row(name: "case-b2", statements: 15, verdict: 142, reasons: 152),
        Row(name: "case-b", statements: 92, verdict: 142, reasons: 152),
    ]
    #endif

    @Test("a trace lists every statement in scope once", arguments: rows)
    func statements(row: Row) throws {
        let (engine, request) = try Self.prepared(row.name)
        let trace = engine.trace(request).trace
        let listed = trace.layers.reduce(0) { $0 + $1.statements.count }
        #expect(listed == row.statements)
    }

    @Test("a decision asks for no more memory than this", arguments: rows)
    func allocations(row: Row) throws {
        let (engine, request) = try Self.prepared(row.name)
        let verdict = Self.allocations { _ = engine.decide(request, telling: .verdict) }
        let reasons = Self.allocations { _ = engine.decide(request) }
        #expect(verdict <= row.verdict)
        #expect(reasons <= row.reasons)
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
