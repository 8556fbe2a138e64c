package import JSONSource
package import Mutation

/// What came of mutants, for people: the score, each policy, and what survived.
package struct MutationText {
    private let sources: SourceMap
    private let style: TextStyle

    package init(sources: SourceMap, style: TextStyle) {
        self.sources = sources
        self.style = style
    }

    package func text(_ result: MutationResult) -> String {
        var parts = [summary(result)]
        parts += result.policies.map(policy)
        let survivors = result.policies.flatMap { policy in
            policy.mutants.compactMap { survivor($0, of: policy, in: result) }
        }
        if !survivors.isEmpty { parts += ["", "Survived:"] + survivors }
        let equivalent = result.policies.flatMap { $0.mutants.compactMap { self.equivalent($0) } }
        if !equivalent.isEmpty {
            parts += ["", "Equivalent, as no request is decided otherwise:"] + equivalent
        }
        return parts.joined(separator: "\n") + "\n"
    }

    private func summary(_ result: MutationResult) -> String {
        let isGood = result.survived == 0 && result.counted > 0
        let percent = MutationScore.percent(result).map { " (\($0)%)" } ?? ""
        var line = style.paint(
            "\(result.killed) of \(result.counted.counted("mutant")) killed\(percent), "
                + "\(result.survived) survived, \(result.equivalent) equivalent",
            isGood ? .good : .bad
        )
        if result.isBounded {
            line += "\nonly the first \(MutationPlan.mutantLimit) mutants were made"
        }
        return line
    }

    private func policy(_ policy: PolicyResult) -> String {
        let sign =
            policy.survived == 0 ? style.paint("✓", .good) : style.paint("✗", .bad)
        let equivalent = policy.equivalent == 0 ? "" : ", \(policy.equivalent) equivalent"
        let place = sources.location(of: policy.span).map { "  \($0)" } ?? ""
        return "\(sign) \(policy.killed) of \(policy.killed + policy.survived)\(equivalent)  "
            + policy.title.printable + style.paint(place.printable, .faint)
    }

    private func place(_ span: SourceSpan) -> String {
        sources.location(of: span).map { "\($0): ".printable } ?? ""
    }

    private func survivor(
        _ one: MutantResult,
        of policy: PolicyResult,
        in result: MutationResult
    ) -> String? {
        guard case .survived(let suggestion) = one.fate else { return nil }
        let mutant = one.mutant
        let head =
            style.paint(place(mutant.span), .faint) + mutant.sentence.printable
            + " (\(policy.title.printable)) [\(mutant.kind.rawValue) \(mutant.id)]"
        guard let suggestion else {
            return result.hasSuggestions
                ? head + "\n    no check that would kill it was found" : head
        }
        return head + "\n    a check that would kill it, in front of the steps of "
            + "\(suggestion.file.printable):\n    " + suggestion.step.pretty(depth: 2)
    }

    private func equivalent(_ one: MutantResult) -> String? {
        guard case .equivalent(let why) = one.fate else { return nil }
        return style.paint(place(one.mutant.span), .faint) + one.mutant.sentence.printable
            + " [\(one.mutant.kind.rawValue) \(one.mutant.id)]: \(why.printable)"
    }
}

/// How many of the mutants that count were killed.
package enum MutationScore {
    /// In percent with one digit behind the point, never rounded up; nil where there are none.
    static func percent(_ result: MutationResult) -> String? {
        guard result.counted > 0 else { return nil }
        let tenths = result.killed * 1_000 / result.counted
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// Whether so many percent at least were killed.
    package static func reaches(_ percent: Int, _ result: MutationResult) -> Bool {
        result.killed * 100 >= percent * result.counted
    }
}
