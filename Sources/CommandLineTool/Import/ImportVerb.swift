extension Verb {
    static let importing = Verb(
        name: "import",
        usage: "import SOURCE PATH --to DIR",
        summary: "write an organization of files from what AWS's own tools export",
        details: """
            SOURCE is one of
              aws          a folder that Tools/export-organization.sh has written, or a single answer
                           of 'aws iam get-account-authorization-details'
              iam-collect  a folder that the tool iam-collect has written
            DIR/organization.json leads to one file an account, one a control policy, and one for
            each policy that several accounts have alike. What the export lacks is listed, here and
            in the file; a policy that exists and could not be read stands there as
            {"$missing": "why"}, and verdicts that hang on it are undetermined.
            Importing again writes what has changed and removes what is gone, of files that are as
            they were written; nothing else in DIR is touched. The exit code is 2 when the
            organization does not load or cannot be written.
            """,
        options: [
            OptionDescription(
                name: "--to",
                value: "DIR",
                help: "the folder to write, made if it is not there"
            ),
            OptionDescription(
                name: "--dry-run",
                value: nil,
                help: "write nothing, say what would be written"
            ),
            OptionDescription(
                name: "--overwrite",
                value: nil,
                help: "also write over files that were changed since they were imported"
            ),
            OptionDescription(
                name: "--format",
                value: "FORMAT",
                help: "text (default) or json",
                choices: ["text", "json"]
            ),
            .root,
        ],
        run: { (arguments, system) throws(Arguments.UsageError) in
            try ImportRun(arguments, system).run()
        }
    )
}
