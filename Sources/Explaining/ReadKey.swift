package import PolicyLanguage

/// A condition key that statements compared, and where its value comes from.
package struct ReadKey: Sendable {
    /// As the policies spell it.
    package let key: ConditionKey
    /// Nil for a key that is absent or unknown.
    package let value: ContextValue?
    package let origin: Origin

    package enum Origin: String, Sendable {
        case given
        /// It follows from the request: who calls, when, on what.
        case derived
        case absent
        case unknown
    }

    package init(key: ConditionKey, value: ContextValue?, origin: Origin) {
        self.key = key
        self.value = value
        self.origin = origin
    }
}
