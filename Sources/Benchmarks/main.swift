import Authorization
import JSONSource
import PolicyLanguage
import Scenarios

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

// Decisions a second on the committed cases: `swift run -c release orgsim-benchmarks`.
// Each case is one organization and one request on which other engines were timed as well.

let folder = FilePath.join("Inputs", relativeTo: #filePath)
let cases = ["case-a", "case-b2", "case-b"]
var rows = CatalogBenchmark().run()
for name in cases {
    let benchmark = try Benchmark(name: name, folder: folder)
    rows += benchmark.run() + [benchmark.written()] + benchmark.evaluated(folder).run()
}
rows += EvaluateBenchmark.undecided(organization: "\(folder)/case-b.organization.json").run()
rows += try WhoCanBenchmark(accounts: 20, rolesPerAccount: 50).run()
rows += try WhoCanBenchmark(accounts: 100, rolesPerAccount: 100).run()
print(BenchmarkRow.table(rows))
print(BenchmarkRow.json(rows).pretty, terminator: "")
