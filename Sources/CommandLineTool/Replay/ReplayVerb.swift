extension Verb {
    static let replay = Verb(
        name: "replay",
        usage: "replay --organization FILE [--against OVERLAY]… EVENTS…",
        summary: "decide recorded calls again: what a guardrail would have denied",
        details: """
            EVENTS are CloudTrail records: log files, answers of lookup-events, events of EventBridge,
            or a record a line; packed by gzip or not; files, folders of them, or - for standard
            input. Each record is decided under the organization, and with every OVERLAY, a file laid
            over it, in turn. Told is what changes and because of which statement, how sure that is,
            and how well the organization reproduces what AWS did. What no record carries, such as
            tags, is unknown: what hangs on it could change.
            With --merge, EVENTS are answers of --format json to the same question, put together.
            A record or file that cannot be read is told, and the rest goes on; the exit code is 2
            where a file was not read to its end, or is one page of several, else 1 with
            --fail-on-denied where something would newly be denied.
            """,
        options: [
            .organization,
            OptionDescription(
                name: "--against",
                value: "OVERLAY",
                help:
                    "a file laid over the organization (its lists replace), compared with it; repeatable",
                repeats: true
            ),
            OptionDescription(
                name: "--files-from",
                value: "LIST",
                help:
                    "read the paths of EVENTS from this file, a line each, or from - (standard input)"
            ),
            OptionDescription(
                name: "--format",
                value: "FORMAT",
                help: "text (default), json or html",
                choices: ReplayFormat.allCases.map(\.rawValue)
            ),
            OptionDescription(
                name: "--fail-on-denied",
                value: nil,
                help: "exit code 1 where something would newly be denied"
            ),
            OptionDescription(
                name: "--merge",
                value: nil,
                help: "put answers of --format json together"
            ),
            .root,
            .jobs,
        ],
        run: { (arguments, system) throws(Arguments.UsageError) in
            let run = try ReplayRun(arguments, system)
            return arguments.options["--merge"] == nil ? try run.replay() : run.merge()
        }
    )
}

/// A form in which a replay is told.
enum ReplayFormat: String, CaseIterable {
    case text
    case json
    case html
}
