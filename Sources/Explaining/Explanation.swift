package import Authorization

/// Why a decision came out as it did: every layer in AWS's order, and what the verdict rests on.
///
/// It is told from what the engine recorded and decides nothing itself.
package struct Explanation: Sendable {
    package let question: Question
    package let decision: Decision
    /// In the order in which AWS documents the evaluation, see ``LayerOrder``.
    package let layers: [Layer]
    /// The condition keys that statements about this action and resource compare, by name.
    package let keys: [ReadKey]
    /// How the caller's session came to be, the first hop first; empty for long-term keys.
    package let hops: [Hop]
    /// Every statement of every policy in scope, as the engine saw it.
    package let trace: Trace

    /// Who asked for what.
    package struct Question: Sendable, Hashable {
        /// As people name him: `prod:role/Deploy`, or what the scenario calls him.
        package let principal: String?
        /// As policies and messages name him; nil where he has no ARN.
        package let principalARN: String?
        package let action: String
        package let resource: String?

        package init(
            principal: String?,
            principalARN: String? = nil,
            action: String,
            resource: String?
        ) {
            self.principal = principal
            self.principalARN = principalARN
            self.action = action
            self.resource = resource
        }
    }

    init(
        question: Question,
        decision: Decision,
        layers: [Layer],
        keys: [ReadKey],
        hops: [Hop],
        trace: Trace
    ) {
        self.question = question
        self.decision = decision
        self.layers = layers
        self.keys = keys
        self.hops = hops
        self.trace = trace
    }
}

extension Explanation {
    /// What came closest to the Allow statements that are missing, nearest first in each layer.
    package var nearMisses: [NearMiss] { layers.flatMap(\.nearMisses) }

    /// The same without the record of every statement, which is by far the largest part.
    package var withoutTrace: Explanation {
        Explanation(
            question: question,
            decision: decision,
            layers: layers,
            keys: keys,
            hops: hops,
            trace: Trace()
        )
    }
}
