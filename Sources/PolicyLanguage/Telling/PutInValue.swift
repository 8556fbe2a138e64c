/// A variable of a pattern with the text that stands in its place for a request.
package struct PutInValue: Sendable, Hashable {
    package let variable: ConditionKey
    /// The key's value or the default text; nil where there is neither, so nothing matches (VAR-6).
    package let value: String?
}

extension TextTemplate {
    func putIn(from context: RequestContext) -> [PutInValue] {
        pieces.compactMap { piece in
            guard case .variable(let key, let fallback) = piece else { return nil }
            return PutInValue(variable: key, value: context.single(key) ?? fallback)
        }
    }
}
