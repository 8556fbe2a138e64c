import PolicyLanguage
import ServiceCatalog

/// The context of a request, and which absent keys are absent for certain.
struct FilledContext {
    private(set) var context: RequestContext
    /// Keys whose absence is a fact of the request, by canonical name or by prefix with `*`.
    private let known: Set<String>
    private let action: ActionName
    private let unknownKeys: UnknownKeys
    /// Keys that came with the request, which no unknown key overrides.
    private let given: Set<String>

    init(
        context: RequestContext,
        known: Set<String>,
        action: ActionName,
        unknownKeys: UnknownKeys,
        given: Set<String>
    ) {
        self.context = context
        self.known = known
        self.action = action
        self.unknownKeys = unknownKeys
        self.given = given
        guard !unknownKeys.isEmpty else { return }
        for name in context.spelledKeys {
            let key = ConditionKey(name)
            if isOpen(key) { self.context[key] = nil }
        }
    }

    /// Whether nobody can say if a real call would carry the key.
    func isUnknown(_ key: ConditionKey) -> Bool { mayBeCarried(key) && !isOpen(key) }

    /// Whether the key is neither there nor known to be absent.
    private func mayBeCarried(_ key: ConditionKey) -> Bool {
        guard context[key] == nil, !known.contains(key.canonical) else { return false }
        // A whole family may be known, such as all tags of the principal.
        if let slash = key.canonical.firstIndex(of: "/"),
            known.contains(key.canonical[...slash] + "*")
        {
            return false
        }
        return !ServiceCatalog.isForeign(key, to: action)
    }
}

// Keys that are unknown on purpose.
extension FilledContext {
    /// Whether the key may have any value, and none.
    func isOpen(_ key: ConditionKey) -> Bool {
        guard !unknownKeys.isEmpty, !given.contains(key.canonical) else { return false }
        return unknownKeys.name(key) || unknownKeys.mayMean(key) && mayBeCarried(key)
    }

    /// Whether a condition reads a key that is open.
    func leavesOpen(_ condition: Condition) -> Bool {
        !unknownKeys.isEmpty && condition.keysRead.contains { isOpen($0) }
    }

    enum Coverage {
        case yes
        case no
        /// By the values of these keys.
        case open([ConditionKey])
    }

    /// Whether `Resource` or `NotResource` fits, variables of unknown value left open.
    func covers(_ element: ResourceElement, _ requested: RequestedResource) -> Coverage {
        if unknownKeys.isEmpty { return element.covers(requested, in: context) ? .yes : .no }
        let isOpenPattern = { (pattern: ResourcePattern) in
            pattern.variables.contains { isOpen($0) }
        }
        let fixed = element.patterns.filter { !isOpenPattern($0) }
        if fixed.contains(where: { $0.matches(requested, in: context) }) {
            return element.isNegated ? .no : .yes
        }
        let keys = element.patterns.filter(isOpenPattern).flatMap(\.variables).filter { isOpen($0) }
        guard case .named = requested, !keys.isEmpty else { return element.isNegated ? .yes : .no }
        return .open(keys)
    }
}
