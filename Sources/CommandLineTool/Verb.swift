import Authorization

/// What one verb of the tool is called, takes and does.
struct Verb: Sendable {
    let name: String
    let usage: String
    let summary: String
    let details: String
    let options: [OptionDescription]
    /// The words that stand in the place of paths, where it takes none.
    var words: [String] = []
    let run: @Sendable (Arguments, SystemInterface) throws(Arguments.UsageError) -> ExitCode

    static let all: [Verb] = [
        test, mutate, explain, evaluate, replay, whoCan, tree, lint, importing, new, format, schema,
        completions,
    ]
}

extension OptionDescription {
    static let organization = OptionDescription(
        name: "--organization",
        value: "FILE",
        help: "the organization file"
    )

    static let clock = OptionDescription(
        name: "--clock",
        value: "INSTANT",
        help: "the moment of the requests (default 2026-01-01T00:00:00Z)"
    )

    static let without = OptionDescription(
        name: "--without",
        value: "TYPE",
        help: "leave a policy type out, such as serviceControlPolicy; repeatable",
        repeats: true,
        choices: PolicyType.allCases.filter { $0 != .serviceRule }.map(\.rawValue)
    )

    static let context = OptionDescription(
        name: "--context",
        value: "KEY=VALUE",
        help: "a condition key of the request, or several as a JSON object; repeatable",
        repeats: true
    )

    static let root = OptionDescription(
        name: "--root",
        value: "DIR",
        help: "read nothing outside this folder (default: the current one, if it holds the path)"
    )
}

extension Verb {
    /// The page `orgsim help VERB` prints.
    var help: String {
        let width = options.map { $0.label.count }.max() ?? 0
        let rows = options.map { option in
            let padding = String(repeating: " ", count: width - option.label.count + 2)
            return "  \(option.label)\(padding)\(option.help)"
        }
        return ([summary, "", "usage: orgsim \(usage)", "", details, "", "options:"] + rows)
            .joined(separator: "\n") + "\n"
    }
}

extension OptionDescription {
    fileprivate var label: String { name + (value.map { " " + $0 } ?? "") }
}
