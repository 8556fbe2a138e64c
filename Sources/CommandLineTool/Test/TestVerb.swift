import Scenarios

extension Verb {
    static let test = Verb(
        name: "test",
        usage: "test [OPTION…] PATH…",
        summary: "replay scenarios and compare every check with what is expected",
        details: """
            A PATH is a scenario file or a folder: every *.json file below it with a 'scenario' or
            'steps' member is replayed, in order of path; names that begin with a dot are passed over.
            Problems in files go to standard error.
            --filter, --tag and --shard say which scenarios are replayed: those that fit all of them.
            A shard is told by the path of the file: a new file moves no other one elsewhere.
            """,
        options: [
            OptionDescription(
                name: "--format",
                value: "FORMAT",
                help: "text (default), json, junit, tap, github (annotations) or sarif",
                choices: RunFormat.allCases.map(\.rawValue)
            ),
            OptionDescription(
                name: "--output",
                value: "FORMAT=FILE",
                help: "the results also into a file, in one of those formats; repeatable",
                repeats: true,
                prefixes: RunFormat.allCases.map(\.rawValue)
            ),
            OptionDescription(
                name: "--filter",
                value: "TEXT",
                help: "scenarios whose name or path contains TEXT, or matches /REGEX/"
            ),
            OptionDescription(
                name: "--tag",
                value: "TAG",
                help: "scenarios with this tag, or with one of several; repeatable",
                repeats: true
            ),
            OptionDescription(
                name: "--shard",
                value: "I/N",
                help: "the I-th of N parts, for jobs side by side"
            ),
            OptionDescription(
                name: "--fail-fast",
                value: nil,
                help: "stop behind the first scenario that fails"
            ),
            OptionDescription(
                name: "--list",
                value: nil,
                help: "list the scenarios and replay none"
            ),
            .root,
            .jobs,
        ],
        run: { (arguments, system) throws(Arguments.UsageError) in
            try TestRun(arguments, system).run()
        }
    )
}
