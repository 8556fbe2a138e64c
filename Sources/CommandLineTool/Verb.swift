/// What one verb of the tool is called, takes and does.
struct Verb: Sendable {
    let name: String
    let usage: String
    let summary: String
    let details: String
    let options: [OptionDescription]
    let run: @Sendable (Arguments, SystemInterface) throws(Arguments.UsageError) -> ExitCode

    static let all = [test, explain, evaluate, whoCan, lint]
}

extension OptionDescription {
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
