/// Completions for bash.
///
/// Source: GNU Bash Reference Manual, "Programmable Completion".
enum BashCompletion {
    static func script(for verbs: [Verb]) -> String {
        let names = (verbs.map(\.name) + ["help", "--help", "--version"]).joined(separator: " ")
        // Bash takes --option=value apart at the sign.
        return """
            _orgsim() {
                local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
                local verb=${COMP_WORDS[1]} words=
                if [ "$word" = "=" ]; then
                    word=
                elif [ "$before" = "=" ]; then
                    before=${COMP_WORDS[COMP_CWORD - 2]}
                fi
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
                    compopt +o filenames 2>/dev/null
                    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
                    case "${COMPREPLY[0]}" in *=) compopt -o nospace 2>/dev/null ;; esac
                else
                    mapfile -t COMPREPLY < <(compgen -f -- "$word")
                fi
            }
            complete -o filenames -F _orgsim orgsim

            """
    }

    private static func values(of verb: Verb) -> [String] {
        let options = verb.options.compactMap { option -> String? in
            let start = "            \"\(verb.name) \(option.name)\")"
            switch option.takes {
            case .none, .file: return nil
            case .words(let words): return "\(start) words=\"\(words.joined(separator: " "))\" ;;"
            case .fileBehind(let words):
                return "\(start) words=\"\(words.map { $0 + "=" }.joined(separator: " "))\" ;;"
            case .other: return "\(start) COMPREPLY=(); return ;;"
            }
        }
        guard !verb.words.isEmpty else { return options }
        let list = verb.words.joined(separator: " ")
        return options + ["            \"\(verb.name) \(verb.name)\") words=\"\(list)\" ;;"]
    }

    private static func options(of verb: Verb) -> String {
        let names = (verb.options.map(\.name) + ["--help"]).joined(separator: " ")
        return "                            \(verb.name)) words=\"\(names)\" ;;"
    }
}
