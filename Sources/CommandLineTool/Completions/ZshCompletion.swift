/// Completions for zsh.
///
/// Source: The Z Shell Manual, "Completion System".
enum ZshCompletion {
    static func script(for verbs: [Verb]) -> String {
        let rows = verbs.map { verb in "        \(quoted("\(verb.name):\(verb.summary)"))" }
        return """
            #compdef orgsim
            _orgsim() {
                local -a verbs
                verbs=(
            \(rows.joined(separator: "\n"))
                    'help:the page of a verb'
                )
                if (( CURRENT == 2 )); then
                    _describe verb verbs
                    return
                fi
                local verb=$words[2]
                shift words
                (( CURRENT-- ))
                case $verb in
                    help) _describe verb verbs ;;
            \(verbs.map(arguments).joined(separator: "\n"))
                esac
            }
            compdef _orgsim orgsim

            """
    }

    private static func arguments(of verb: Verb) -> String {
        let options = verb.options.map { "            \(option($0)) \\" }
        let paths =
            verb.name == "completions"
            ? "'1:shell:(\(Shell.allCases.map(\.rawValue).joined(separator: " ")))'"
            : "'*:path:_files'"
        return
            (["        \(verb.name)) _arguments \\"] + options + ["            \(paths) ;;"])
            .joined(separator: "\n")
    }

    private static func option(_ option: OptionDescription) -> String {
        let help = option.help.map { "[]:\\".contains($0) ? "\\\($0)" : String($0) }.joined()
        let value =
            switch option.takes {
            case .none: ""
            case .file: ":file:_files"
            case .words(let words): ":word:(\(words.joined(separator: " ")))"
            case .other(let name): ":\(name): "
            }
        return quoted("\(option.repeats ? "*" : "")\(option.name)[\(help)]\(value)")
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
    }
}
