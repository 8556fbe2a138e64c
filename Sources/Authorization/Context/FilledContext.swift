import PolicyLanguage

/// The whole context of a request, for those who look at all of it.
struct FilledContext {
    /// Open keys are absent from it.
    let context: RequestContext
    private let keys: KeyDerivation

    init(_ keys: KeyDerivation) {
        self.keys = keys
        var context = keys.context
        if !keys.request.unknownKeys.isEmpty {
            for name in context.spelledKeys {
                let key = ConditionKey(name)
                if keys.isOpen(key) { context[key] = nil }
            }
        }
        self.context = context
    }

    /// Whether the key may have any value, and none.
    func isOpen(_ key: ConditionKey) -> Bool { keys.isOpen(key) }
}
