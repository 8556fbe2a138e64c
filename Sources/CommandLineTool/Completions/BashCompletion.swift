/// Completions for bash.
///
/// Source: GNU Bash Reference Manual, "Programmable Completion".
enum BashCompletion {
    static func script(for verbs: [Verb]) -> String {
        let names = (verbs.map(\.name) + ["help", "--help", "--version"]).joined(separator: " ")
        return """
            _orgsim() {
                local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
                local verb=${COMP_WORDS[1]} words=
                if [ "$COMP_CWORD" -eq 1 ]; then
                    words="\(names)"
                else
                    case "$verb $before" in
                        "help help") words="\(verbs.map(\.name).joined(separator: " "))" ;;
            \(verbs.flatMap(values).joined(separator: "\n"))
                        *)
                            case "$word" in
                                -*)
                                    case "$verb" in
            \(verbs.map(options).joined(separator: "\n"))
                                    esac
                                    ;;
                            esac
                            ;;
                    esac
                fi
                if [ -n "$words" ]; then
                    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
                else
                    mapfile -t COMPREPLY < <(compgen -f -- "$word")
                fi
            }
            complete -o filenames -F _orgsim orgsim

            """
    }

    private static func values(of verb: Verb) -> [String] {
        verb.options.compactMap { option in
            guard case .words(let words) = option.takes else { return nil }
            let list = words.joined(separator: " ")
            return "            \"\(verb.name) \(option.name)\") words=\"\(list)\" ;;"
        } + shells(of: verb)
    }

    /// The words a verb takes in the place of a path.
    private static func shells(of verb: Verb) -> [String] {
        guard verb.name == "completions" else { return [] }
        let list = Shell.allCases.map(\.rawValue).joined(separator: " ")
        return ["            \"completions completions\") words=\"\(list)\" ;;"]
    }

    private static func options(of verb: Verb) -> String {
        let names = (verb.options.map(\.name) + ["--help"]).joined(separator: " ")
        return "                            \(verb.name)) words=\"\(names)\" ;;"
    }
}
