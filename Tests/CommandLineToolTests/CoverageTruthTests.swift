import CommandLineTool
import JSONSource
import Testing

/// That a condition failed alone means that the request comes out otherwise without it, and nothing
/// else does (EVAL-2, EVAL-10, EVAL-13, SCP-2).
@Suite("coverage: what failing means")
struct CoverageTruthTests {
    private func outcome(_ run: CoverageRun) throws -> String {
        let scenario = try #require(try run.run.json()["scenarios"]?.elements?.first)
        let step = try #require(scenario["steps"]?.elements?.first, "\(run.run.errors)")
        return try #require(step["checks"]?.elements?.first?["actual"]?.string)
    }

    @Test("a condition decides by failing exactly where dropping it changes the outcome")
    func failing() throws {
        var (decisive, idle) = (0, 0)
        var outcomes: Set<String> = []
        for seed in 0..<100 {
            let world = RandomCoverageWorld(seed: UInt64(seed))
            let scenario = world.scenario
            let run = try CoverageRun(["org.json": world.organization(), "s.json": scenario])
            let before = try outcome(run)
            outcomes.insert(before)
            for place in world.places {
                let counts = try #require(run.conditions["\(place.sid) \(place.condition)"])
                let dropped = world.organization(without: place)
                let after = try outcome(
                    try CoverageRun(["org.json": dropped, "s.json": scenario])
                )
                #expect(
                    (counts[1] > 0) == (before != after),
                    "seed \(seed): \(place), \(before) → \(after), \(counts)\n\(scenario)\n\(world.organization())"
                )
                if before != after { decisive += 1 } else { idle += 1 }
            }
        }
        #expect(outcomes == ["allowed", "explicitDeny", "implicitDeny"])
        #expect(decisive > 20)
        #expect(idle > 300)
    }
}
