extension Verb {
    static let explain = Verb(
        name: "explain",
        usage: "explain --organization FILE --principal P --action A [--resource R] [--fix]",
        summary: "say why a request is allowed or denied, and what would change it",
        details: """
            The request is given by --principal, --action and --resource, or taken from a step of a
            scenario (--scenario FILE --step N), from AWS's own message (--message TEXT, or - for
            standard input) or from a CloudTrail record (--event FILE, FILE#N for one of several).
            Every layer is told with what it says: ✓ allows, ✗ stands in the way, – is not asked.
            With --fix come the smallest edits that turn the verdict, each made and asked again; for
            an allowed request the smallest guardrails that would stop it.
            """,
        options: [
            .organization,
            OptionDescription(
                name: "--principal",
                value: "P",
                help: "an ARN, ACCOUNT:role/NAME, sso:USER/PERMISSIONSET@ACCOUNT, anonymous, …"
            ),
            OptionDescription(name: "--action", value: "A", help: "such as s3:GetObject"),
            OptionDescription(
                name: "--resource",
                value: "R",
                help: "an ARN or ACCOUNT:role/NAME (default *)"
            ),
            .context,
            OptionDescription(
                name: "--resource-account",
                value: "ACCOUNT",
                help: "the owner of a resource whose ARN names none"
            ),
            OptionDescription(
                name: "--through",
                value: "ARN",
                help: "the VPC endpoint the call goes through"
            ),
            OptionDescription(
                name: "--via-service",
                value: "NAME",
                help: "the service that makes the call on the caller's behalf"
            ),
            OptionDescription(name: "--scenario", value: "FILE", help: "the scenario of --step"),
            OptionDescription(
                name: "--step",
                value: "N|NAME",
                help: "the step to explain, counted from 0; principal, action, resource select"
            ),
            OptionDescription(
                name: "--message",
                value: "TEXT",
                help: "AWS's message: User: … is not authorized to perform: …"
            ),
            OptionDescription(name: "--event", value: "FILE", help: "a CloudTrail record"),
            .without,
            OptionDescription(
                name: "--unknown",
                value: "KEY",
                help: "a condition key that may be anything, * for all not given; repeatable",
                repeats: true
            ),
            OptionDescription(name: "--fix", value: nil, help: "what would change the verdict"),
            OptionDescription(name: "--trace", value: nil, help: "every statement looked at"),
            OptionDescription(name: "--quiet", value: nil, help: "the verdict alone"),
            OptionDescription(
                name: "--format",
                value: "FORMAT",
                help: "text (default) or json",
                choices: ["text", "json"]
            ),
            OptionDescription(
                name: "--html",
                value: "FILE",
                help: "write one page that needs nothing else"
            ),
            .clock,
            .root,
        ],
        run: { (arguments, system) throws(Arguments.UsageError) in
            try ExplainRun(arguments, system).run()
        }
    )
}
