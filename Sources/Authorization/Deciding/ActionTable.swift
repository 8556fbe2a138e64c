import PolicyLanguage
import ServiceCatalog

/// The actions of the requests prepared so far, with what the catalog says of them.
struct ActionTable: ~Copyable {
    private(set) var all: [Facts] = []
    /// The names in lower case, by number.
    private(set) var symbols = Arena<Symbol>()
    /// By name as spelled: notes speak of an action as the request does.
    private var numbers: [String: UInt32] = [:]
    /// Whether requests for an action never carry a key, by action and slot.
    private var foreign = Memo()
    /// Whether a key holds a set in requests for an action, by action and slot.
    private var multivalued = Memo()

    struct Facts {
        let action: ActionName
        /// The name in lower case.
        let symbol: Symbol
        let catalog: ActionFacts
        /// The ARNs of resources that the action works on.
        let accepted: AcceptedARNs
        /// Whether a rule of the service may settle requests.
        let mayBeRuled: Bool
    }
}

extension ActionTable {
    mutating func number(_ action: ActionName, _ symbols: inout Symbols) -> UInt32 {
        if let number = numbers[action.description] { return number }
        let number = UInt32(all.count)
        let symbol = symbols.symbol(action.canonical)
        self.symbols.append(symbol)
        let catalog = ActionFacts(action)
        all.append(
            Facts(
                action: action,
                symbol: symbol,
                catalog: catalog,
                accepted: catalog.acceptedARNs,
                mayBeRuled: Evaluation.mayRule(action)
            )
        )
        numbers[action.description] = number
        return number
    }

    mutating func isForeign(_ key: ConditionKey, _ slot: UInt32, to action: UInt32) -> Bool {
        if let known = foreign[action, slot] { return known == 1 }
        let isForeign = KeyFacts(key).isForeign(to: all[Int(action)].catalog)
        foreign.insert(isForeign ? 1 : 0, action, slot)
        return isForeign
    }

    mutating func isMultivalued(_ key: ConditionKey, _ slot: UInt32, for action: UInt32) -> Bool {
        if let known = multivalued[action, slot] { return known == 1 }
        let isMultivalued = ServiceCatalog.isMultivalued(key, for: all[Int(action)].action)
        multivalued.insert(isMultivalued ? 1 : 0, action, slot)
        return isMultivalued
    }
}
