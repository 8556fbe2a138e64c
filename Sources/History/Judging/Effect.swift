import Authorization

/// What a change of the organization does to a request that was recorded, the gravest first.
package enum Effect: String, Sendable, CaseIterable {
    /// It was allowed and is denied, whatever a record does not tell.
    case newlyDenied
    /// It may be denied: it hangs on what a record does not tell.
    case couldBeDenied
    case newlyAllowed
    case couldBeAllowed
    /// The request could not be put together, so nothing is known of it.
    case notAsked
    case same
}

extension Effect: Comparable {
    package static func < (left: Effect, right: Effect) -> Bool { left.rank < right.rank }

    var rank: Int {
        switch self {
        case .newlyDenied: 0
        case .couldBeDenied: 1
        case .newlyAllowed: 2
        case .couldBeAllowed: 3
        case .notAsked: 4
        case .same: 5
        }
    }

    /// Whether the verdict is another one, or may be.
    package var isChange: Bool { rank < Effect.notAsked.rank }
}

/// A verdict before and after a change, and what is at fault.
struct Comparison {
    let effect: Effect
    /// What stands in the way that did not, or no longer does.
    let reasons: [Reason]

    private static let same = Comparison(.same, [])

    private init(_ effect: Effect, _ reasons: [Reason]) {
        self.effect = effect
        self.reasons = reasons
    }

    /// Compares; `recorded` says whether AWS allowed it, nil where the record does not tell.
    ///
    /// AWS's word settles what the record leaves open: where the keys that nobody recorded may turn
    /// a verdict, they were such that AWS's came out. Where AWS allowed what the organization denies
    /// either way, what may stand in the way and did not before is all that can be told.
    init(before: Verdict, after: Verdict, recorded: Bool?) {
        let isContradicted = recorded == true && before.decision.isAllowed == false
        if isContradicted {
            self = Self.contradicted(before, after)
        } else {
            self.init(before: before.decision, after: after.decision, recorded: recorded)
        }
    }

    private init(before: Decision, after: Decision, recorded: Bool?) {
        let known = before.isAllowed
        let added = after.blockers.filter { !before.blockers.contains($0) }
        let dropped = before.blockers.filter { !after.blockers.contains($0) }
        // AWS denied it for something the organization lacks, and still does.
        if recorded == false, known == true {
            self = Self.same
            return
        }
        switch (recorded ?? known, after.isAllowed) {
        case (true, true), (false, false): self = Self.same
        case (true, false):
            self.init(.newlyDenied, added.isEmpty ? after.blockers : added)
        case (false, true): self.init(.newlyAllowed, dropped)
        case (true, nil):
            // What was a way to be allowed still is one.
            let isKept = known == nil && before.hasWays(among: after)
            self =
                isKept ? Self.same : .init(.couldBeDenied, added.isEmpty ? after.blockers : added)
        case (false, nil):
            let isKept = known == nil && after.hasWays(among: before)
            self = isKept ? Self.same : .init(.couldBeAllowed, dropped)
        case (nil, true): self.init(.couldBeAllowed, dropped)
        case (nil, false): self.init(.couldBeDenied, added.isEmpty ? after.blockers : added)
        case (nil, nil):
            let staysAllowed = before.hasWays(among: after)
            let staysDenied = after.hasWays(among: before)
            if staysAllowed, staysDenied {
                self = Self.same
            } else if staysAllowed {
                self.init(.couldBeAllowed, dropped)
            } else {
                self.init(.couldBeDenied, added.isEmpty ? after.blockers : added)
            }
        }
    }

    private static func contradicted(_ before: Verdict, _ after: Verdict) -> Comparison {
        if after.decision.isAllowed == true { return same }
        let certain = after.decision.blockers.filter { !before.possibleBlockers.contains($0) }
        if after.decision.isAllowed == false, !certain.isEmpty {
            return Comparison(.newlyDenied, certain)
        }
        let possible = after.possibleBlockers.filter { !before.possibleBlockers.contains($0) }
        return possible.isEmpty ? same : Comparison(.couldBeDenied, possible)
    }
}

/// A decision with everything that may stand in the way, whatever the unknown keys are.
struct Verdict {
    let decision: Decision
    let possibleBlockers: [Reason]

    init(_ request: Request, by decider: inout Decider) {
        decision = decider.decision(on: request, telling: .reasons)
        // Of an allowed request nothing does.
        possibleBlockers =
            decision.isAllowed == true ? [] : decider.possibleBlockers(of: request)
    }
}

extension Decision {
    /// Whether the request gets through; nil where unknown keys decide.
    var isAllowed: Bool? {
        switch outcome {
        case .allowed: true
        case .explicitDeny, .implicitDeny, .invalid, .expiredToken: false
        case .undetermined: nil
        }
    }

    /// What stands in the way, or may.
    var blockers: [Reason] { reasons.filter { $0.kind != .allow } }

    /// Whether every way to be allowed is one of another decision too; false where they were not
    /// worked out.
    fileprivate func hasWays(among other: Decision) -> Bool {
        guard !dependsOn.isEmpty, !other.dependsOn.isEmpty else { return false }
        let ways = Set(other.dependsOn.map { Set($0) })
        return dependsOn.allSatisfy { ways.contains(Set($0)) }
    }
}
