package import Analysis
package import JSONSource

/// The answer to "who can", for people and for machines.
package enum WhoCanReport {
    /// A count, then a line a principal with the roles on its way.
    package static func text(_ result: WhoCan.Result) -> String {
        let answers = result.answers
        let noun = answers.count == 1 ? "principal can" : "principals can"
        let nobody = result.undetermined.isEmpty ? "nobody can" : "nobody can for certain"
        let first = answers.isEmpty ? nobody : "\(answers.count) \(noun)"
        let lines = answers.map { answer in
            let way = answer.chain.map { " → " + $0.name }.joined()
            return "  \(answer.principal.name)\(way)"
        }
        let keys = result.absentKeys.joined(separator: ", ")
        let hint = keys.isEmpty ? [] : ["not given, and a real call could carry it: \(keys)"]
        let open = result.undetermined
        let others = open.count == 1 ? "1 principal" : "\(open.count) principals"
        let untold =
            open.isEmpty
            ? []
            : ["it cannot be told of \(others), as policies or assignments are missing"]
                + open.map { "  \($0.name)" }
        return ([first] + lines + untold + hint).joined(separator: "\n") + "\n"
    }

    /// With what is to be said of the files.
    package static func json(
        _ result: WhoCan.Result,
        _ diagnostics: [Diagnostic],
        sources: SourceMap
    ) -> String {
        let list = result.answers.map { answer in
            JSONOutput.fields([
                "principal": .string(answer.principal.name),
                "via": answer.chain.isEmpty ? .string("direct") : .string("roles"),
                "chain": .strings(answer.chain.map(\.name)),
            ])
        }
        return JSONOutput.fields([
            "principals": .array(list),
            "count": .integer(list.count),
            "undetermined": .strings(result.undetermined.map(\.name)),
            "absentKeys": .strings(result.absentKeys),
            "diagnostics": ProblemJSON(sources: sources).list(diagnostics),
        ]).pretty
    }
}
