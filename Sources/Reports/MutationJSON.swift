import Authorization
package import JSONSource
package import Mutation

/// What came of mutants, for machines.
package struct MutationJSON {
    private let sources: SourceMap

    package init(sources: SourceMap) {
        self.sources = sources
    }

    package func text(_ result: MutationResult, diagnostics: [Diagnostic]) -> String {
        JSONOutput.fields([
            "format": .string("mutation/1"),
            "policies": .array(result.policies.map(policy)),
            "diagnostics": ProblemJSON(sources: sources).list(diagnostics),
            "summary": .fields([
                "mutants": .integer(result.counted + result.equivalent),
                "killed": .integer(result.killed),
                "survived": .integer(result.survived),
                "equivalent": .integer(result.equivalent),
                "refused": .integer(result.refused),
                "score": MutationScore.percent(result).map { .number($0) } ?? .null,
                "runs": .integer(result.runs),
                "bounded": .bool(result.isBounded),
            ]),
        ]).pretty
    }

    private func policy(_ policy: PolicyResult) -> JSONOutput {
        .fields([
            "policy": .string(policy.title),
            "policyType": .string(policy.type.rawValue),
            "location": location(policy.span),
            "killed": .integer(policy.killed),
            "survived": .integer(policy.survived),
            "equivalent": .integer(policy.equivalent),
            "mutants": .array(policy.mutants.map(mutant)),
        ])
    }

    private func location(_ span: SourceSpan) -> JSONOutput? {
        sources.location(of: span).map {
            .fields([
                "file": .string($0.path),
                "line": .integer($0.position.line),
                "column": .integer($0.position.column),
            ])
        }
    }

    private func mutant(_ one: MutantResult) -> JSONOutput {
        let mutant = one.mutant
        let status: String
        var killedBy: JSONOutput?
        var suggestion: JSONOutput?
        var proof: JSONOutput?
        switch one.fate {
        case .killed(let step):
            status = "killed"
            killedBy = .fields([
                "file": .string(step.file),
                "step": .integer(step.step),
                "name": .optional(step.name),
                "location": location(step.span),
            ])
        case .survived(let check):
            status = "survived"
            suggestion =
                check.map { .fields(["file": .string($0.file), "step": $0.step]) } ?? .null
        case .equivalent(let why):
            status = "equivalent"
            proof = .string(why)
        }
        return .fields([
            "id": .string(mutant.id),
            "operator": .string(mutant.kind.rawValue),
            "description": .string(mutant.sentence),
            "location": location(mutant.span),
            "status": .string(status),
            "killedBy": killedBy,
            "suggestion": suggestion,
            "proof": proof,
        ])
    }
}
