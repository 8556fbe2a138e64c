import PolicyLanguage
import ServiceCatalog

/// The actions of the requests prepared so far, with what the catalog says of them.
struct ActionTable: ~Copyable {
    private(set) var all: [Facts] = []
    /// What of them is asked for each request, by number.
    private(set) var sides = Arena<ActionSide>()
    /// By name as spelled: notes speak of an action as the request does.
    private var numbers: [String: UInt32] = [:]
    /// Whether requests for an action never carry a key, by action and slot.
    private var foreign = Memo()
    /// Whether a key holds a set in requests for an action, by action and slot.
    private var multivalued = Memo()

    /// An object, so that looking at it counts one reference.
    final class Facts {
        let action: ActionName
        let catalog: ActionFacts
        /// The ARNs of resources that the action works on.
        let accepted: AcceptedARNs

        init(_ action: ActionName, _ catalog: ActionFacts) {
            self.action = action
            self.catalog = catalog
            accepted = catalog.acceptedARNs
        }
    }
}

/// What an action brings into each request for it, in numbers.
struct ActionSide: BitwiseCopyable {
    /// The name in lower case.
    let name: Symbol
    /// Whether a rule of the service may settle requests.
    let mayBeRuled: Bool
    let isBeyondSCPs: Bool
    let isReachedByRCPs: Bool
    /// Whether the owner's root may do it whatever the resource's policy says (ROOT-2).
    let mendsPolicies: Bool
}

extension ActionTable {
    mutating func number(_ action: ActionName, _ symbols: inout Symbols) -> UInt32 {
        if let number = numbers[action.description] { return number }
        let number = UInt32(all.count)
        let catalog = ActionFacts(action)
        sides.append(
            ActionSide(
                name: symbols.symbol(action.canonical),
                mayBeRuled: Evaluation.mayRule(action),
                isBeyondSCPs: catalog.isBeyondSCPs,
                isReachedByRCPs: ControlPolicyPlans.reachWithRCPs(action),
                mendsPolicies: Evaluation.mendsPolicies(action)
            )
        )
        all.append(Facts(action, catalog))
        numbers[action.description] = number
        return number
    }

    mutating func isForeign(_ key: ConditionKey, _ slot: UInt32, to action: UInt32) -> Bool {
        if let known = foreign[action, slot] { return known == 1 }
        let isForeign = KeyFacts(key).isForeign(to: all[Int(action)].catalog)
        foreign.insert(isForeign ? 1 : 0, action, slot)
        return isForeign
    }

    /// Whether a key is known to hold one value, as most do.
    @inline(__always)
    func isKnownToBeSingle(_ slot: UInt32, for action: UInt32) -> Bool {
        multivalued[action, slot] == 0
    }

    mutating func isMultivalued(_ key: ConditionKey, _ slot: UInt32, for action: UInt32) -> Bool {
        if let known = multivalued[action, slot] { return known == 1 }
        let isMultivalued = ServiceCatalog.isMultivalued(key, for: all[Int(action)].action)
        multivalued.insert(isMultivalued ? 1 : 0, action, slot)
        return isMultivalued
    }
}
