package import Authorization
import PolicyLanguage

extension Explanation {
    /// The statements of one layer, in words.
    package struct TracedLayer: Sendable {
        package let policyType: PolicyType
        package let target: String
        package let statements: [ToldStatement]
    }

    /// Every statement of every policy in scope, in words, in AWS's order.
    package var tracedLayers: [TracedLayer] {
        guard let action = ActionName(question.action) else { return [] }
        let layers = trace.layers.enumerated().sorted { left, right in
            let places = [left, right].map { LayerOrder.place(of: $0.element.policyType) }
            return (places[0], left.offset) < (places[1], right.offset)
        }
        return layers.map { _, layer in
            TracedLayer(
                policyType: layer.policyType,
                target: layer.target,
                statements: layer.statements.map { ToldStatement($0, trace, action: action) }
            )
        }
    }
}
