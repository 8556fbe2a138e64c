import Authorization
import JSONSource
import OrganizationModel

/// What candidates do on their own, and the sets they make together.
struct Trials {
    private let search: FixSearch
    /// How many organizations may still be read.
    private var left: Int
    private(set) var isBounded = false
    private var obstacles: [Obstacle] = []
    private var tried: [Tried] = []
    private var known: Set<[String]> = []

    /// A candidate that removes something.
    private struct Tried {
        let candidate: Candidate
        let removes: Set<Obstacle>
        /// What stands in the way only once it is made.
        let adds: Set<Obstacle>
    }

    /// So many different answers to one obstacle are enough.
    private static let alternatives = 8

    init(search: FixSearch, left: Int) {
        self.search = search
        self.left = left
    }

    /// Tries everything that may remove an obstacle, and what then newly stands in the way.
    mutating func explore(_ obstacles: [Obstacle], _ answer: Answer) {
        self.obstacles = obstacles
        let finder = CandidateFinder(
            state: search.state,
            engine: search.engine,
            question: search.question,
            requests: answer.requests
        )
        measure(obstacles.map { finder.candidates(for: $0, among: obstacles) }, on: [], obstacles)
        // A grant may show what was not asked before, such as a boundary (EVAL-13).
        for depth in 1...2 {
            for base in tried where !base.adds.isEmpty && base.candidate.edits.count == depth {
                let state = Plan([base.candidate], on: search.state)
                guard left > 0, let changed = try? search.state.applying(state.changes) else {
                    continue
                }
                let engine = Engine(changed.organization)
                guard let answer = search.question.answer(engine, with: state.call),
                    let remaining = answer.obstacles(engine)
                else { continue }
                let next = CandidateFinder(
                    state: search.state,
                    engine: engine,
                    question: search.question,
                    requests: answer.requests
                )
                let added = remaining.filter { base.adds.contains($0) }
                measure(
                    added.map { next.candidates(for: $0, among: remaining) },
                    on: [base.candidate],
                    remaining
                )
            }
        }
    }

    /// Tries candidates beside others that are made already.
    private mutating func measure(
        _ lists: [[Candidate]],
        on base: [Candidate],
        _ before: [Obstacle]
    ) {
        // The narrowest of each obstacle come first, should the trials run out.
        let depth = lists.map(\.count).max() ?? 0
        let sorted = lists.map { list in
            list.enumerated().sorted {
                ($0.element.weight, $0.offset) < ($1.element.weight, $1.offset)
            }.map(\.element)
        }
        var successes = [Int](repeating: 0, count: lists.count)
        var families: Set<String> = []
        for rank in 0..<depth {
            for (index, list) in sorted.enumerated() where rank < list.count {
                let candidate = list[rank]
                if let family = candidate.family, families.contains(family) { continue }
                guard successes[index] < Self.alternatives,
                    known.insert(base.flatMap(\.id) + candidate.id).inserted
                else { continue }
                guard left > 0 else {
                    isBounded = true
                    return
                }
                guard let result = measure(candidate, on: base, before) else { continue }
                successes[index] += 1
                if let family = candidate.family { families.insert(family) }
                tried.append(result)
            }
        }
    }

    private mutating func measure(
        _ candidate: Candidate,
        on base: [Candidate],
        _ before: [Obstacle]
    ) -> Tried? {
        let plan = Plan(base + [candidate], on: search.state)
        var engine = search.engine
        // Where keys are unknown each answer takes as long as reading an organization does.
        if !plan.changes.isEmpty || search.question.hasUnknownKeys { left -= 1 }
        if !plan.changes.isEmpty {
            guard let changed = try? search.state.applying(plan.changes) else { return nil }
            engine = Engine(changed.organization)
        }
        guard let answer = search.question.answer(engine, with: plan.call),
            let remaining = answer.obstacles(engine)
        else { return nil }
        let removes = Set(before).subtracting(remaining)
        if removes.isEmpty { return nil }
        let adds = Set(remaining).subtracting(before)
        return Tried(candidate: candidate, removes: removes, adds: adds)
    }
}

// Sets of candidates that remove everything together.
extension Trials {
    /// So many sets are looked at; each removes one obstacle more than the one it grew out of.
    private static let setLimit = 20_000
    /// So many sets are made for real.
    private static let confirmationLimit = 24
    private static let unknownConfirmationLimit = 12

    /// The smallest sets, each confirmed by the engine.
    mutating func fixes() -> [Fix] {
        var sets: [[Int]] = []
        var steps = 0
        var seen: Set<[Int]> = []
        func grow(_ chosen: [Int], _ open: Set<Obstacle>, _ order: [Obstacle], most: Int) {
            steps += 1
            guard steps < Self.setLimit else { return }
            guard let next = order.first(where: { open.contains($0) }) else {
                if seen.insert(chosen.sorted()).inserted { sets.append(chosen) }
                return
            }
            for (index, one) in tried.enumerated()
            where one.removes.contains(next) && !chosen.contains(index) {
                let edits = Set((chosen + [index]).flatMap { tried[$0].candidate.edits })
                guard edits.count <= most else { continue }
                let added = one.adds.filter { obstacle in
                    !chosen.contains { tried[$0].removes.contains(obstacle) }
                }
                let order = order + added.subtracting(order).sorted { $0.text < $1.text }
                grow(
                    chosen + [index],
                    open.subtracting(one.removes).union(added),
                    order,
                    most: most
                )
            }
        }
        let limit =
            search.question.hasUnknownKeys
            ? Self.unknownConfirmationLimit : Self.confirmationLimit
        var fixes: [Fix] = []
        var confirmations = 0
        var confirmed: Set<[Int]> = []
        // Sets of one edit first, then of two: a larger one is hardly wanted beside them.
        for most in 1...(2 * max(1, obstacles.count) + 2) {
            steps = 0
            grow([], Set(obstacles), obstacles.unique, most: most)
            if steps >= Self.setLimit { isBounded = true }
            let ranked = sets.filter { !confirmed.contains($0) }
                .sorted { cost($0) == cost($1) ? $0.lexicographicallyPrecedes($1) : less($0, $1) }
            for set in ranked {
                guard fixes.count < search.limit, confirmations < limit else {
                    if fixes.isEmpty { isBounded = true }
                    return search.ranked(fixes)
                }
                confirmed.insert(set)
                // More than a smaller set that does is no fix of its own.
                let edits = Set(set.flatMap { tried[$0].candidate.edits })
                if fixes.contains(where: { edits.isSuperset(of: $0.edits) }) { continue }
                confirmations += 1
                if let fix = search.confirmed(set.map { tried[$0].candidate }) { fixes.append(fix) }
            }
            // One more edit than needed is an alternative, two more are not.
            if let smallest = fixes.map(\.edits.count).min(), most > smallest { break }
        }
        return search.ranked(fixes)
    }

    private func cost(_ set: [Int]) -> [Int] {
        let edits = Set(set.flatMap { tried[$0].candidate.edits })
        return [edits.count, edits.map(\.reach.rawValue).reduce(0, +)]
    }

    private func less(_ left: [Int], _ right: [Int]) -> Bool {
        cost(left).lexicographicallyPrecedes(cost(right))
    }
}

extension FixSearch {
    /// The best first; of equals the one found first.
    func ranked(_ fixes: [Fix]) -> [Fix] {
        fixes.enumerated().sorted { left, right in
            left.element.cost == right.element.cost
                ? left.offset < right.offset
                : left.element.cost.lexicographicallyPrecedes(right.element.cost)
        }.map(\.element)
    }
}

extension Obstacle {
    /// For an order that no hash decides.
    fileprivate var text: String {
        [
            String(request), reason.policyType.rawValue, reason.kind.rawValue, reason.policy ?? "",
            reason.target ?? "", String(reason.span.start), reason.statement ?? "",
        ].joined(separator: "\u{0}")
    }
}

extension [Obstacle] {
    fileprivate var unique: [Obstacle] {
        var seen: Set<Obstacle> = []
        return filter { seen.insert($0).inserted }
    }
}
