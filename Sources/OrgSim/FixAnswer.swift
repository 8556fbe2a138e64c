/// What would turn the verdict of a request.
public struct FixAnswer: Sendable, Hashable {
    /// The smallest sets of edits, best first.
    public let fixes: [VerifiedFix]
    /// Why there is none, or what is to be said of them, in a sentence.
    public let note: String?
    /// Whether the search ended before everything was tried, as in a large organization.
    public let isBounded: Bool
}

/// A set of edits that turns a verdict; it was made and the engine asked again.
///
/// What it changes is in two parts: ``change`` is for the organization, and ``context``,
/// ``sessionPolicyStatements`` and ``assumeRole`` are for the request itself. Either may be empty.
public struct VerifiedFix: Sendable, Hashable {
    /// What to do, one by one.
    public let edits: [Edit]
    /// The edits of the organization as the `change` of a scenario's step, as JSON; an empty list
    /// where only the request changes.
    public let change: String
    /// The condition keys to pass, or to leave out, with the request.
    public let context: [ContextKey]
    /// What becomes of the session policies that the caller's session is obtained with, in order.
    public let sessionPolicyStatements: [SessionPolicyStatement]
    /// The role to assume first, as `ACCOUNT:role/NAME`.
    public let assumeRole: String?
    /// The verdict with the edits made.
    public let verdict: String

    /// One thing to do.
    public struct Edit: Sendable, Hashable {
        /// For whoever does it.
        public let sentence: String
        /// How much it changes.
        public let reach: Reach
    }

    /// How much an edit changes, the least first: the order of fixes with as many edits.
    public enum Reach: String, Sendable, Comparable, CaseIterable {
        /// The caller passes something else along; nothing in the organization changes.
        case call
        /// A tag, or an assignment of one person.
        case tag
        /// Exactly this principal, action and resource.
        case exact
        /// A document or policy that others have as well.
        case shared
        /// A statement or a policy goes.
        case removal
        /// A setting that protects everybody goes.
        case setting

        /// Whether it changes less.
        public static func < (left: Reach, right: Reach) -> Bool {
            left.rank < right.rank
        }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// A condition key with the values it should have.
    public struct ContextKey: Sendable, Hashable {
        /// As policies write it.
        public let name: String
        /// Nil for a key to leave out.
        public let values: [String]?
        /// Whether the values are a list, as in a request's `context`, even if there is one only.
        public let isMultivalued: Bool

        /// The key with those values.
        public init(name: String, values: [String]?, isMultivalued: Bool) {
            self.name = name
            self.values = values
            self.isMultivalued = isMultivalued
        }
    }

    /// One edit of the session policies of a session.
    public enum SessionPolicyStatement: Sendable, Hashable {
        /// A statement to pass besides, as JSON.
        case added(String)
        /// The statement to leave out: its index in the policy at a place in the session's list.
        case removed(policy: Int, statement: Int)
    }
}
