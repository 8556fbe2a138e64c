import Fuzzing

/// How many inputs of each target there were and how long they took.
struct Tally {
    private var rows: [TargetName: Row] = [:]

    private struct Row {
        var count = 0
        var problems = 0
        var time = Duration.zero
        var slowest = Duration.zero
        var slowestNumber: UInt64 = 0
    }

    mutating func add(_ name: TargetName, _ number: UInt64, _ time: Duration, problems: Int) {
        var row = rows[name] ?? Row()
        row.count += 1
        row.problems += problems
        row.time += time
        if time > row.slowest { (row.slowest, row.slowestNumber) = (time, number) }
        rows[name] = row
    }

    var problems: Int { rows.values.reduce(0) { $0 + $1.problems } }
    var count: Int { rows.values.reduce(0) { $0 + $1.count } }

    var table: String {
        TargetName.allCases.compactMap { name in
            guard let row = rows[name] else { return nil }
            return "\(name): \(row.count) inputs, \(row.problems) problems, \(row.time), "
                + "slowest \(row.slowest) (input \(row.slowestNumber))\n"
        }.joined()
    }
}
