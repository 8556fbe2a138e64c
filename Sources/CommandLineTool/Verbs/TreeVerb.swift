import Authorization
import JSONSource
import Reports

extension Verb {
    static let tree = Verb(
        name: "tree",
        usage: "tree --organization FILE [--brief] [--format FORMAT] [--root DIR]",
        summary: "draw an organization with what is attached where",
        details: """
            Units and accounts with their service and resource control policies, and what each
            statement allows or denies. A policy reaches everything below the place it stands at;
            service control policies must allow on every level, a deny on any of them stands. Of an
            account that has only FullAWSAccess nothing is told.
            """,
        options: [
            .organization,
            OptionDescription(
                name: "--brief",
                value: nil,
                help: "count the statements of a policy in place of telling them"
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
            let format = arguments.options["--format"] ?? "text"
            guard ["text", "json"].contains(format) else {
                throw Arguments.UsageError(
                    message: "'--format' takes one of text, json, not '\(format)'"
                )
            }
            let loaded = try LoadedOrganization(arguments, paths: "--organization names the file")
            let read = loaded.engine()
            system.writeError(loaded.text(read.diagnostics))
            guard let organization = read.value?.organization else { return .invalidInput }
            if format == "json" {
                return system.print(OrganizationTreeJSON(organization).output.pretty)
            }
            let tree = OrganizationTree(
                organization,
                style: system.wantsColour ? .coloured : .plain,
                tellsStatements: arguments.options["--brief"] == nil
            )
            return system.print(tree.text)
        }
    )
}
