import PolicyLanguage

/// Decides a request whose unknown keys may be anything.
///
/// Both extremes are decided first: what they share holds whatever the keys are. Where they
/// differ, one key after the other is given each value that tells its conditions apart, until
/// every branch is decided; so conditions on one key that cannot hold together, or one of which
/// always holds, are seen for what they are.
package struct UnknownSearch {
    typealias Evaluate = (Request, OpenStatements) -> Evaluated

    /// At most so many combinations are decided for one request.
    package static let trialLimit = 1_024
    /// At most so much is looked at to find values.
    private static let stepLimit = 60_000

    private(set) var leaves: [Leaf] = []
    private var atoms: [Condition] = []
    private var trials = 0
    private var steps = 0
    private var isComplete = true
    private var kinds: [ConditionKey: UnknownKeyKind] = [:]

    /// A combination of values that decides the request.
    struct Leaf {
        let decision: Decision
        let filled: FilledContext?
        /// The conditions that the values on the way here were chosen to tell apart, a bit each:
        /// of others on the same keys a value says nothing.
        let told: UInt64
    }

    static func decide(_ request: Request, _ evaluate: Evaluate) -> Decision {
        var search = UnknownSearch()
        let first = evaluate(request, .favourDeny)
        if first.openQuestions.isEmpty { return first.decision }
        search.visit(request, told: 0, first, evaluate)
        return search.verdict(absentKeys: first.decision.absentKeys, notes: first.decision.notes)
    }

    private init() {}

    /// Goes on with a request that came out so, denials favoured.
    private mutating func visit(
        _ request: Request,
        told: UInt64,
        _ known: Evaluated?,
        _ evaluate: Evaluate
    ) {
        guard trials < Self.trialLimit, steps < Self.stepLimit else {
            isComplete = false
            return
        }
        trials += 1
        let strict = known ?? evaluate(request, .favourDeny)
        guard let filled = strict.filled, !strict.openQuestions.isEmpty else {
            leaves.append(Leaf(decision: strict.decision, filled: strict.filled, told: told))
            return
        }
        let lenient = evaluate(request, .favourAllow)
        let questions = strict.openQuestions + lenient.openQuestions
        note(questions, filled, request.action)
        if strict.decision.outcome == lenient.decision.outcome {
            // Of a denial only what holds for certain is told.
            let certain = strict.decision.outcome == .allowed ? strict : lenient
            leaves.append(Leaf(decision: certain.decision, filled: filled, told: told))
            return
        }
        guard let key = Self.nextKey(questions, filled) else {
            // No key of a question left open is to be tried: rather say nothing than guess.
            isComplete = false
            return
        }
        let kind = kinds[key] ?? .single
        let branches = KeyBranches(of: key, holding: kind, in: questions, filled)
        steps += branches.steps
        isComplete = isComplete && branches.areComplete
        let now = told | bits(of: questions, toldBy: key, filled)
        for value in branches.values {
            var branch = request
            branch.context.set(key, to: value)
            visit(branch, told: now, nil, evaluate)
        }
    }

    /// The conditions that a value of the key settles, the other keys they read being known.
    private func bits(
        of questions: [OpenQuestion],
        toldBy key: ConditionKey,
        _ filled: FilledContext
    ) -> UInt64 {
        var bits: UInt64 = 0
        for condition in questions.flatMap(\.conditions) {
            let keys = condition.keysRead
            guard keys.contains(key), !keys.contains(where: { $0 != key && filled.isOpen($0) }),
                let atom = condition.told(of: kinds[condition.key] ?? .single),
                let place = atoms.firstIndex(where: { $0.saysTheSame(as: atom) }), place < 64
            else { continue }
            bits |= 1 << UInt64(place)
        }
        return bits
    }

    /// Keys that stand as variables come before those compared with them: what a value is compared
    /// with must be known when values are chosen.
    private static func nextKey(
        _ questions: [OpenQuestion],
        _ filled: FilledContext
    ) -> ConditionKey? {
        let variables = questions.lazy.flatMap(\.variables).first { filled.isOpen($0) }
        return variables ?? questions.lazy.flatMap(\.keys).first { filled.isOpen($0) }
    }

    private mutating func note(
        _ questions: [OpenQuestion],
        _ filled: FilledContext,
        _ action: ActionName
    ) {
        let conditions = questions.flatMap(\.conditions)
        for key in questions.flatMap(\.keys) where kinds[key] == nil && filled.isOpen(key) {
            kinds[key] = UnknownKeyKind(key, for: action, in: conditions)
        }
        for condition in conditions {
            guard let atom = condition.told(of: kinds[condition.key] ?? .single) else { continue }
            if !atoms.contains(where: { $0.saysTheSame(as: atom) }) { atoms.append(atom) }
        }
    }
}

extension UnknownSearch {
    private func verdict(absentKeys: [String], notes: [String]) -> Decision {
        let outcomes = Set(leaves.map(\.decision.outcome))
        var notes = notes
        func decision(_ outcome: Decision.Outcome, reasons: [Reason]) -> Decision {
            Decision(outcome, reasons: reasons, absentKeys: absentKeys, notes: notes)
        }
        guard isComplete else {
            notes.append(
                "the unknown keys have more combinations than are tried (\(Self.trialLimit)),"
                    + " so what it depends on is not worked out"
            )
            return decision(.undetermined, reasons: possibleDenials)
        }
        if outcomes.count == 1, let outcome = outcomes.first {
            return decision(outcome, reasons: certainReasons)
        }
        guard outcomes.contains(.allowed) else {
            notes.append("denied whatever the unknown keys are, explicitly with some of them")
            return decision(.implicitDeny, reasons: certainReasons)
        }
        guard let ways = WaysToBeAllowed(leaves, atoms).alternatives else {
            notes.append("what it depends on is more than can be told in a few conditions")
            return decision(.undetermined, reasons: possibleDenials)
        }
        return Decision(
            .undetermined,
            reasons: possibleDenials,
            absentKeys: absentKeys,
            notes: notes,
            dependsOn: ways
        )
    }

    /// The reasons that all combinations share; where they share none, all there are.
    private var certainReasons: [Reason] {
        guard let first = leaves.first else { return [] }
        let rest = leaves.dropFirst().map { Set($0.decision.reasons) }
        let shared = first.decision.reasons.filter { reason in
            rest.allSatisfy { $0.contains(reason) }
        }
        return shared.isEmpty ? Self.union(leaves) : shared
    }

    /// Everything that stands in the way with some values of the unknown keys.
    private var possibleDenials: [Reason] {
        Self.union(leaves.filter { $0.decision.outcome != .allowed })
    }

    private static func union(_ leaves: [Leaf]) -> [Reason] {
        var seen: Set<Reason> = []
        return leaves.flatMap(\.decision.reasons).filter { seen.insert($0).inserted }
    }
}
