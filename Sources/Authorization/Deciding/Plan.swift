import PolicyLanguage

/// The statements of a chain of policies that can bear on one action.
struct Plan: BitwiseCopyable {
    /// Each ``PlanLevel`` from the top.
    var levels = Run()
    /// The levels of which not all is allowed anyway.
    var openLevels = Run()
    /// Every Deny, whatever its level; of twins only the first.
    var denies = Run()
}

struct PlanLevel: BitwiseCopyable {
    /// Statements in the order of their policies.
    var candidates = Run()
    /// Those of them that allow.
    var allows = Run()
}

/// A statement that covers the action of a plan.
struct Candidate: BitwiseCopyable {
    var statement: UInt32
    /// The place of its policy in the level.
    var policy: UInt32
}

/// Chains of policies, level by level, and what they come to for each action.
///
/// A chain is what its documents say: wherever the same policies are attached in the same way, it is
/// the same chain.
struct Plans: ~Copyable {
    private var keys = ByteTable()
    /// The levels of each chain, then the documents of each level.
    private var chains = Arena<Run>()
    private var chainLevels = Arena<Run>()
    private var documents = Arena<UInt32>()
    private var known = Memo()
    /// Room for how many keys each chain needs once all of its statements are complete; 0 before.
    var roomForAll = Arena<UInt32>()
    private(set) var all = Arena<Plan>()
    private(set) var levels = Arena<PlanLevel>()
    private(set) var candidates = Arena<Candidate>()

    /// What the plan that is made found so far; kept for their memory.
    private var denies = Arena<Candidate>()
    private var allows = Arena<Candidate>()
    /// The plan that met each statement last, as a Deny.
    private var metBy = Arena<UInt32>()

    /// No plan at all: the layer is not asked.
    static let none: UInt32 = 0
    static let noChain = UInt32.max

    init() { all.append(Plan()) }
}

extension Plans {
    /// The chain of levels: of each how many documents it has, and the documents.
    mutating func chain(_ levels: [UInt32]) -> UInt32 {
        let chain = keys.number(levels)
        if chain < chains.count { return chain }
        let start = UInt32(chainLevels.count)
        var rest = levels[...]
        while let count = rest.popFirst() {
            chainLevels.append(Run(start: UInt32(documents.count), count: count))
            for document in rest.prefix(Int(count)) { documents.append(document) }
            rest.removeFirst(Int(count))
        }
        roomForAll.append(0)
        chains.append(Run(start: start, count: UInt32(chainLevels.count) - start))
        return chain
    }

    /// How much memory plans take, in bytes, more or less.
    var size: Int { keys.size + all.count * 64 + candidates.count * 8 + levels.count * 16 }

    func levels(of chain: UInt32) -> Run { chains[chain] }

    func documents(ofLevel level: UInt32) -> Run { chainLevels[level] }

    func document(_ place: UInt32) -> UInt32 { documents[place] }

    /// The plan of a chain for an action; made when it is first asked for.
    mutating func plan(
        _ chain: UInt32,
        _ action: UInt32,
        named name: Symbol,
        _ programs: inout Programs,
        _ symbols: inout Symbols
    ) -> UInt32 {
        if let plan = known[chain, action] { return plan }
        let plan = make(chain, name, &programs, &symbols)
        known.insert(plan, chain, action)
        return plan
    }

    private mutating func make(
        _ chain: UInt32,
        _ name: Symbol,
        _ programs: inout Programs,
        _ symbols: inout Symbols
    ) -> UInt32 {
        var plan = Plan()
        denies.removeAll()
        var made: [PlanLevel] = []
        var open: [PlanLevel] = []
        let run = chains[chain]
        for place in run.start..<run.end {
            let level = chainLevels[place]
            allows.removeAll()
            var isFree = false
            let start = UInt32(candidates.count)
            for (policy, document) in (level.start..<level.end).enumerated() {
                let statements = programs.documents[documents[document]]
                for number in statements.start..<statements.end {
                    guard programs.covers(programs.statements[number], action: name, symbols)
                    else { continue }
                    programs.complete(number, &symbols)
                    let statement = programs.statements[number]
                    let candidate = Candidate(statement: number, policy: UInt32(policy))
                    candidates.append(candidate)
                    if statement.isDeny {
                        if isFirst(statement.twin) { denies.append(candidate) }
                    } else {
                        allows.append(candidate)
                        isFree = isFree || statement.allowsWhatItCovers
                    }
                }
            }
            var planned = PlanLevel()
            planned.candidates = Run(start: start, count: UInt32(candidates.count) - start)
            planned.allows = Self.store(allows, in: &candidates)
            made.append(planned)
            if !isFree { open.append(planned) }
        }
        plan.levels = store(made)
        plan.openLevels = store(open)
        plan.denies = Self.store(denies, in: &candidates)
        all.append(plan)
        return UInt32(all.count - 1)
    }

    /// Whether the plan that is made meets a statement, or a twin of it, for the first time.
    private mutating func isFirst(_ twin: UInt32) -> Bool {
        let missing = Int(twin) + 1 - metBy.count
        if missing > 0 { metBy.append(repeating: 0, count: missing) }
        // The number that the plan will have; no plan that is made has number 0.
        let number = UInt32(all.count)
        if metBy[twin] == number { return false }
        metBy[twin] = number
        return true
    }

    private static func store(
        _ found: borrowing Arena<Candidate>,
        in candidates: inout Arena<Candidate>
    ) -> Run {
        let start = UInt32(candidates.count)
        for place in 0..<found.count { candidates.append(found[place]) }
        return Run(start: start, count: UInt32(found.count))
    }

    private mutating func store(_ found: [PlanLevel]) -> Run {
        let start = UInt32(levels.count)
        for level in found { levels.append(level) }
        return Run(start: start, count: UInt32(found.count))
    }
}

extension StatementProgram {
    /// Whether it allows its actions to everybody on everything.
    fileprivate var allowsWhatItCovers: Bool {
        !isDeny && !hasPrincipal && !restrictsResources && conditions.isEmpty
    }
}

extension Programs {
    /// Whether `Action` or `NotAction` covers an action (ACT-5).
    func covers(
        _ statement: StatementProgram,
        action name: Symbol,
        _ symbols: borrowing Symbols
    ) -> Bool {
        let text = symbols.text(name)
        for place in statement.actions.start..<statement.actions.end
        where patterns.covers(patterns.all[place], text, symbol: name) {
            return !statement.exemptsActions
        }
        return statement.exemptsActions
    }
}
