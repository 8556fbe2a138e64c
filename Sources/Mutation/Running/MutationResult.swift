package import Authorization
package import JSONSource

/// What came of all mutants.
package struct MutationResult: Sendable {
    package let policies: [PolicyResult]
    /// How many scenarios were replayed, each on one mutant.
    package let runs: Int
    /// How many mutants the organizations would not load with: no fault that could happen.
    package let refused: Int
    /// Whether more mutants could have been made.
    package let isBounded: Bool
    /// Whether checks that would kill survivors were looked for.
    package let hasSuggestions: Bool

    package var killed: Int { policies.reduce(0) { $0 + $1.killed } }
    package var survived: Int { policies.reduce(0) { $0 + $1.survived } }
    package var equivalent: Int { policies.reduce(0) { $0 + $1.equivalent } }
    /// Those that count: equivalent ones are no faults.
    package var counted: Int { killed + survived }
}

/// What came of the mutants of one policy.
package struct PolicyResult: Sendable {
    package let title: String
    package let type: PolicyType
    package let span: SourceSpan
    package let mutants: [MutantResult]

    package var killed: Int { mutants.count { if case .killed = $0.fate { true } else { false } } }
    package var survived: Int {
        mutants.count { if case .survived = $0.fate { true } else { false } }
    }
    package var equivalent: Int {
        mutants.count { if case .equivalent = $0.fate { true } else { false } }
    }
}

package struct MutantResult: Sendable {
    package let mutant: Mutant
    package let fate: Fate

    package enum Fate: Sendable {
        /// By a check of a step.
        case killed(KillingStep)
        /// With a check that would kill it, where one was found.
        case survived(SuggestedCheck?)
        /// With a sentence that says why.
        case equivalent(String)
    }
}

/// The first step of the scenarios that does not come out as expected with a mutant.
package struct KillingStep: Sendable {
    package let file: String
    package let step: Int
    package let name: String?
    package let span: SourceSpan
}
