// Most requests follow from who calls, the action and the resource, each known before in numbers.
extension Decider {
    /// Puts together what caller, action and resource bring into an ordinary request; false where
    /// that does not say all.
    // PERF: "lines read, decided and written". Says what `set` and `setChains` work out from the
    // gates; debug builds compare.
    mutating func takeSides(_ prepared: inout PreparedRequest) -> Bool {
        let caller = callers.sides[prepared.caller]
        let action = actions.sides[prepared.action]
        let target = targets.sides[prepared.target]
        guard caller.isUsable, target.flags.contains(.isOrdinary), !action.mayBeRuled,
            caller.kind != .anonymous
        else { return false }
        let isOwner = caller.accountID != 0 && caller.accountID == target.owner
        var flags = caller.flags
        if isOwner || target.flags.contains(.isDecidedByCallerAlone) {
            flags.insert(.isSameAccount)
        }
        if target.flags.contains(.needsExplicitGrant) { flags.insert(.needsExplicitGrant) }
        if action.mendsPolicies, isOwner, caller.flags.contains(.actsAsRoot) {
            flags.insert(.isMendedByRoot)
        }
        if target.flags.contains(.isClosedToPublic), !isOwner, caller.kind != .service {
            flags.insert(.isPublicAccessBlocked)
        }
        prepared.flags = flags
        prepared.resource = target.requested
        prepared.resourceWrittenAt = target.writtenAt
        if !caller.isServiceLinked { prepared.chains.resourceControl = target.resourceControl }
        if !action.isBeyondSCPs { prepared.chains.serviceControl = caller.serviceControl }
        prepared.chains.resource = target.policy
        prepared.chains.identity = caller.identity
        prepared.chains.boundary = caller.boundary
        prepared.chains.session = caller.session
        return true
    }

    /// Holds what the sides came to against what the gates say, in debug builds.
    mutating func checkSides(
        _ prepared: PreparedRequest,
        _ evaluation: Evaluation,
        _ caller: CallerProfile
    ) {
        #if DEBUG
        var asked = prepared
        asked.chains = LayerNumbers(repeating: Plans.noChain)
        asked.resourceWrittenAt = 0
        set(&asked, evaluation, targets.sides[prepared.target])
        setChains(&asked, evaluation, caller)
        var flags = prepared.flags
        flags.remove(.isNumbered)
        assert(asked.flags == flags)
        assert(asked.resource == prepared.resource)
        assert(asked.resourceWrittenAt == prepared.resourceWrittenAt)
        assert(asked.endpointWrittenAt == prepared.endpointWrittenAt)
        assert(LayerKind.allCases.allSatisfy { asked.chains[$0] == prepared.chains[$0] })
        assert(evaluation.serviceRule() == nil && evaluation.target.grants.isEmpty)
        #endif
    }
}
