/// Completions for fish.
///
/// Source: fish-shell documentation, "Writing your own completions".
enum FishCompletion {
    static func script(for verbs: [Verb]) -> String {
        var lines = [
            "complete -c orgsim -f -n __fish_use_subcommand -l help -d 'what orgsim does'",
            "complete -c orgsim -f -n __fish_use_subcommand -l version -d 'the version'",
            "complete -c orgsim -f -n __fish_use_subcommand -a help -d 'the page of a verb'",
            "complete -c orgsim -f -n '__fish_seen_subcommand_from help' "
                + "-a '\(verbs.map(\.name).joined(separator: " "))'",
        ]
        for verb in verbs {
            let start = "complete -c orgsim -n '__fish_seen_subcommand_from \(verb.name)'"
            lines.append(
                "complete -c orgsim -f -n __fish_use_subcommand -a \(verb.name) "
                    + "-d \(quoted(verb.summary))"
            )
            if !verb.words.isEmpty {
                lines.append("\(start) -f -a '\(verb.words.joined(separator: " "))'")
            }
            lines += verb.options.map { "\(start) \(option($0))" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func option(_ option: OptionDescription) -> String {
        let value =
            switch option.takes {
            case .none: ""
            case .file: " -r -F"
            case .words(let words): " -x -a '\(words.joined(separator: " "))'"
            case .fileBehind(let words):
                " -r -F -a '\(words.map { $0 + "=" }.joined(separator: " "))'"
            case .other: " -x"
            }
        return "-l \(option.name.drop { $0 == "-" })\(value) -d \(quoted(option.help))"
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "'"
    }
}
