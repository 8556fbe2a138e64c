import JSONSource
import Synchronization

/// Elements that many statements have alike, such as the `sts:AssumeRole` of trust policies.
///
/// Each is read once; threads may share them.
package final class ActionElements: Sendable {
    private struct Key: Hashable {
        let text: WrittenJSON
        let isNegated: Bool
        let grammar: PolicyGrammar.Kind
    }

    private let known = Mutex<[Key: ActionElement]>([:])

    package init() {}

    /// The element a value stands for; `read` gives nil where there is something to say about it.
    func element(
        _ value: JSONValue,
        isNegated: Bool,
        _ grammar: PolicyGrammar,
        _ read: () -> ActionElement?
    ) -> ActionElement? {
        guard let text = value.writtenText else { return read() }
        let key = Key(text: text, isNegated: isNegated, grammar: grammar.kind)
        if let element = known.withLock({ $0[key] }) { return element }
        guard let element = read() else { return nil }
        known.withLock { $0[key] = element }
        return element
    }
}
