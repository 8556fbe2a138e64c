package import Authorization

/// Why a decision came out as it did, layer by layer in AWS's order.
package struct Explanation: Sendable {
    package let decision: Decision
    package let layers: [Layer]

    package init(decision: Decision, layers: [Layer]) {
        self.decision = decision
        self.layers = layers
    }

    /// What one kind of policy says to the request.
    package struct Layer: Sendable {
        package let policyType: PolicyType

        package init(policyType: PolicyType) {
            self.policyType = policyType
        }
    }
}
