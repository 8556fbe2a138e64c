extension Verb {
    static let completions = Verb(
        name: "completions",
        usage: "completions bash|zsh|fish",
        summary: "print what a shell needs to complete verbs, options and their values",
        details: """
            bash: source <(orgsim completions bash), in ~/.bashrc for always.
            zsh:  orgsim completions zsh > "${fpath[1]}/_orgsim"
            fish: orgsim completions fish > ~/.config/fish/completions/orgsim.fish
            """,
        options: [],
        words: Shell.allCases.map(\.rawValue),
        run: { (arguments, system) throws(Arguments.UsageError) in
            let known = Shell.allCases.map(\.rawValue).joined(separator: ", ")
            guard arguments.paths.count == 1, let shell = Shell(rawValue: arguments.paths[0]) else {
                throw Arguments.UsageError(message: "name one shell of \(known)")
            }
            return system.print(shell.script(for: Verb.all))
        }
    )
}

/// A shell whose completions can be written.
enum Shell: String, CaseIterable {
    case bash
    case zsh
    case fish

    /// What the shell reads to complete the words behind `orgsim`.
    func script(for verbs: [Verb]) -> String {
        switch self {
        case .bash: BashCompletion.script(for: verbs)
        case .zsh: ZshCompletion.script(for: verbs)
        case .fish: FishCompletion.script(for: verbs)
        }
    }
}

extension OptionDescription {
    /// What can stand in the place of an option's value.
    enum Value {
        /// The option is a switch.
        case none
        case file
        case words([String])
        /// One of those words, an equals sign and a file.
        case fileBehind([String])
        /// Something a shell does not know, by its name.
        case other(String)
    }

    var takes: Value {
        guard let value else { return .none }
        if !choices.isEmpty { return .words(choices) }
        if !prefixes.isEmpty { return .fileBehind(prefixes) }
        return value == "FILE" || value == "DIR" ? .file : .other(value)
    }
}
