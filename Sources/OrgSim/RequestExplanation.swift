/// Why a request is allowed or denied, as values.
public struct RequestExplanation: Sendable {
    /// The verdict as NDJSON answers name it: `allowed`, `explicitDeny`, `implicitDeny`, `invalid`,
    /// `expiredToken` or `undetermined`.
    public let verdict: String
    /// Every layer in the order in which AWS documents the evaluation.
    public let layers: [Layer]
    /// AWS's own sentence for the denial; nil where it has none or is not known to have one.
    public let message: String?
    /// The condition keys that were compared, by name, with the value they had.
    public let keys: [Key]
    /// Keys that nobody gave and that a real call could carry.
    public let absentKeys: [String]
    /// For an undetermined verdict the ways to be allowed: conditions that must hold together.
    public let dependsOn: [[Condition]]
    /// What the model does not know and what is odd about the request, in sentences.
    public let notes: [String]

    /// What the policies of one type say at one place.
    public struct Layer: Sendable {
        /// Such as `serviceControlPolicy`.
        public let policyType: String
        /// Where the policies are attached: a unit's path, an account's name or an ARN.
        public let target: String?
        /// `allows`, `blocks`, `notAsked`, `notNeeded`, or `depends` where unknown keys decide.
        public let mark: String
        /// What the layer says, in a sentence.
        public let why: String
        /// The statements it rests on.
        public let statements: [Statement]
        /// The statements that came closest to an Allow that is missing, nearest first.
        public let nearMisses: [Statement]
    }

    /// One statement as it compares with the request.
    public struct Statement: Sendable {
        /// The name of the policy; nil for the one policy that a resource or role has.
        public let policy: String?
        /// The Sid, or the index from 0.
        public let statement: String
        /// `Allow` or `Deny`.
        public let effect: String
        /// The place in the file, `file:line:column`.
        public let place: String?
        /// Each element that selects, in a sentence with the values compared.
        public let elements: [Element]
    }

    /// One element of a statement.
    public struct Element: Sendable {
        /// What was compared with what.
        public let sentence: String
        /// `matches`, `fails`, or `open` where unknown keys decide.
        public let outcome: String
    }

    /// A condition key with its values in the request.
    public struct Key: Sendable {
        /// As policies write it.
        public let name: String
        /// Nil for a key that is absent or unknown.
        public let values: [String]?
    }

    /// One condition on an unknown key, as a policy writes it.
    public struct Condition: Sendable, Hashable {
        /// Such as `StringEquals`.
        public let `operator`: String
        /// The condition key.
        public let key: String
        /// Any of them; none for a negated operator.
        public let values: [String]

        /// The condition with that operator on that key.
        public init(operator: String, key: String, values: [String]) {
            self.operator = `operator`
            self.key = key
            self.values = values
        }
    }
}
