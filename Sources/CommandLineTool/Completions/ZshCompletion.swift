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
            if [ "$funcstack[1]" = "_orgsim" ]; then
                _orgsim "$@"
            else
                compdef _orgsim orgsim
            fi

            """
    }

    private static func arguments(of verb: Verb) -> String {
        let options = verb.options.map { "            \(option($0)) \\" }
        let paths =
            verb.words.isEmpty
            ? "'*:path:_files'" : "'1:word:(\(verb.words.joined(separator: " ")))'"
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
            case .fileBehind(let words):
                #":word:{if compset -P "*="; then _files; else compadd -S "=" "#
                    + words.joined(separator: " ") + "; fi}"
            case .other(let name): ":\(name): "
            }
        let name = option.value == nil ? option.name : option.name + "="
        return quoted("\(option.repeats ? "*" : "")\(name)[\(help)]\(value)")
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
    }
}
