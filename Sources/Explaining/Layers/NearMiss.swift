package import Authorization

/// An Allow statement that would have let the request through, had some elements fitted.
package struct NearMiss: Sendable {
    package let policyType: PolicyType
    package let target: String
    package let statement: ToldStatement

    package init(policyType: PolicyType, target: String, statement: ToldStatement) {
        self.policyType = policyType
        self.target = target
        self.statement = statement
    }
}
