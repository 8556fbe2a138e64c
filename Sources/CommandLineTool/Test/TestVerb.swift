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
            Coverage counts statements, conditions that held and that alone kept a statement from
            deciding, and where policies are attached, in the files of the organizations that are
            replayed; a statement that applies and changes nothing has not decided. Policies of AWS and
            those that a scenario itself brings do not count. lcov is coverage for genhtml and editors.
            """,
        options: [
            OptionDescription(
                name: "--format",
                value: "FORMAT",
                help: "text (default), json, junit, tap, github (annotations), sarif, lcov or html",
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
                name: "--html",
                value: "FILE",
                help: "the results also as one page for a browser, with every denial explained"
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
            OptionDescription(
                name: "--coverage",
                value: nil,
                help: "tell what of the organizations' policies no check decided"
            ),
            OptionDescription(
                name: "--coverage-threshold",
                value: "PERCENT",
                help: "the exit code is 1 if checks decided less of them"
            ),
            OptionDescription(
                name: "--watch",
                value: nil,
                help: "run again whenever a file that was read changes"
            ),
            .root,
            .jobs,
        ],
        run: { (arguments, system) throws(Arguments.UsageError) in
            guard arguments.options["--watch"] == nil else {
                return try WatchedRun(arguments: arguments, system: system).run()
            }
            return try TestRun(arguments, system).run()
        }
    )
}
