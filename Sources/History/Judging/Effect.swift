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
    private(set) var effect: Effect
    /// What stands in the way that did not, or no longer does.
    let reasons: [Reason]

    private static let same = Comparison(.same, [])

    private init(_ effect: Effect, _ reasons: [Reason]) {
        self.effect = effect
        self.reasons = reasons
    }
}

/// What is known of a request besides its verdicts.
struct Testimony {
    /// Whether AWS allowed it; nil where the record does not tell.
    let recorded: Bool?
    /// Whether the organization can account for a denial that was recorded: what AWS names is among
    /// what stands, or may stand, in the way.
    let isAccountedFor: Bool
    /// Whether what no record carries is the same before and after, whatever it is: tags that the
    /// organization gives to caller and resource, which the change may have changed.
    let keepsTags: Bool
    let identity: ReasonIdentity
}

extension Comparison {
    /// AWS's word settles what the record leaves open: where the keys that nobody recorded may turn
    /// a verdict, they were such that AWS's came out.
    init(before: Decision, after: Decision, _ testimony: Testimony) {
        let recorded = testimony.recorded
        let known = before.isAllowed
        // AWS denied it for something the organization lacks, and still does.
        if recorded == false, known == true || !testimony.isAccountedFor {
            self = Self.same
            return
        }
        let added = testimony.identity.new(after.blockers, besides: before.blockers)
        let dropped = testimony.identity.new(before.blockers, besides: after.blockers)
        let atFault = added.isEmpty ? after.blockers : added
        let staysAllowed = testimony.keepsTags && before.hasWays(among: after)
        let staysDenied = testimony.keepsTags && after.hasWays(among: before)
        switch (recorded ?? known, after.isAllowed) {
        case (true, true), (false, false): self = Self.same
        case (true, false): self.init(.newlyDenied, atFault)
        case (false, true): self.init(.newlyAllowed, dropped)
        case (true, nil):
            // What was a way to be allowed still is one.
            self = known == nil && staysAllowed ? Self.same : .init(.couldBeDenied, atFault)
        case (false, nil):
            self = known == nil && staysDenied ? Self.same : .init(.couldBeAllowed, dropped)
        case (nil, true): self.init(.couldBeAllowed, dropped)
        case (nil, false): self.init(.couldBeDenied, atFault)
        case (nil, nil):
            if staysAllowed, staysDenied {
                self = Self.same
            } else {
                self.init(
                    staysAllowed ? .couldBeAllowed : .couldBeDenied,
                    staysAllowed ? dropped : atFault
                )
            }
        }
    }

    /// Where AWS allowed what the organization denies either way, what may stand in the way and did
    /// not before is all that can be told.
    init(
        contradicted before: [Reason],
        after: [Reason],
        _ decision: Decision,
        _ identity: ReasonIdentity
    ) {
        self = Self.same
        if decision.isAllowed == true { return }
        let certain = identity.new(decision.blockers, besides: before)
        if decision.isAllowed == false, !certain.isEmpty {
            self.init(.newlyDenied, certain)
            return
        }
        let possible = identity.new(after, besides: before)
        if !possible.isEmpty { self.init(.couldBeDenied, possible) }
    }

    /// The comparison of a request that AWS may not decide about at all: at the most it is denied
    /// where it does.
    var inDoubt: Comparison {
        switch effect {
        case .newlyDenied, .couldBeDenied: Comparison(.couldBeDenied, reasons)
        case .newlyAllowed, .couldBeAllowed, .same: Self.same
        case .notAsked: self
        }
    }

    /// The comparison as one of several requests of a call, which is allowed only if all are.
    func within(_ call: CallVerdict) -> Comparison {
        var comparison = self
        switch effect {
        case .newlyDenied, .couldBeDenied:
            if call.wasDenied { comparison = Self.same }
        case .newlyAllowed, .couldBeAllowed:
            if call.isDenied {
                comparison = Self.same
            } else if !call.isAllowed {
                comparison.effect = .couldBeAllowed
            }
        case .notAsked, .same: break
        }
        return comparison
    }
}

/// What becomes of a call as a whole.
struct CallVerdict {
    /// Whether it was denied in any case before the change.
    let wasDenied: Bool
    /// Whether it is denied, or allowed, in any case after it.
    let isDenied: Bool
    let isAllowed: Bool
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

    /// Whether every way to be allowed is a way of another decision too, which may ask for less;
    /// false where they were not worked out.
    fileprivate func hasWays(among other: Decision) -> Bool {
        guard !dependsOn.isEmpty, !other.dependsOn.isEmpty else { return false }
        let ways = other.dependsOn.map { Set($0) }
        return dependsOn.allSatisfy { way in ways.contains { $0.isSubset(of: way) } }
    }
}
