package import Authorization
package import JSONSource
package import PolicyLanguage

/// A statement of a policy that somebody wrote.
package struct CountedStatement: Sendable {
    package let policy: CountedPolicy
    /// The Sid, or the index where there is none.
    package let label: String
    package let effect: Statement.Effect
    package let span: SourceSpan
}

/// The policy that a statement or condition stands in.
package struct CountedPolicy: Sendable, Hashable {
    package let type: PolicyType
    /// Its name; for the one policy of a role, resource or permission set whose it is.
    package let name: String
}

/// One operator applied to one key in a statement.
package struct CountedCondition: Sendable {
    package let policy: CountedPolicy
    /// The label of its statement.
    package let statement: String
    /// `StringEquals aws:RequestedRegion`.
    package let text: String
    /// Where the key stands.
    package let span: SourceSpan
}

/// A place where somebody attached a policy, or said who may assume a role.
package struct CountedPlace: Sendable {
    package let kind: Kind
    /// `ApprovedRegions at Root/Workloads`.
    package let text: String
    package let span: SourceSpan

    package enum Kind: String, Sendable, CaseIterable {
        case attachment
        case trustPolicy
        case permissionSet
    }
}
