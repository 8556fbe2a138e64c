import Authorization
import Mutation

extension Verb {
    static let mutate = Verb(
        name: "mutate",
        usage: "mutate [OPTION…] PATH…",
        summary: "make small faults in guardrails: each must make some check fail",
        details: """
            Replays the scenarios of the paths, which must pass, then again with one small fault at a
            time in a policy of their organizations: a statement or condition dropped, an operator
            flipped, a wildcard widened or narrowed, a value or an exemption dropped from a list, a
            policy detached or attached one unit lower. What no check notices has survived; it is
            listed with a step that would notice it, where one is found. A fault that no request could
            tell is equivalent and does not count. AWS's own policies are left alone.
            The exit code is 1 where scenarios fail, or less than --threshold percent were killed,
            and 2 where there is no fault that counts.
            """,
        options: [
            OptionDescription(
                name: "--threshold",
                value: "P",
                help: "how many percent must be killed (default: whatever comes is a success)"
            ),
            OptionDescription(
                name: "--format",
                value: "FORMAT",
                help: "text (default) or json",
                choices: MutationFormat.allCases.map(\.rawValue)
            ),
            OptionDescription(
                name: "--policy-type",
                value: "TYPE",
                help: "only in policies of this type, such as serviceControlPolicy; repeatable",
                repeats: true,
                choices: MutationPlan.types.map(\.rawValue)
            ),
            .filter,
            .tag,
            OptionDescription(
                name: "--no-suggestions",
                value: nil,
                help:
                    "look for no checks that would kill what survives, which takes most of the time"
            ),
            OptionDescription(
                name: "--every-check",
                value: nil,
                help:
                    "make all checks again, not only those that can notice; the outcome is the same"
            ),
            .root,
            .jobs,
        ],
        run: { (arguments, system) throws(Arguments.UsageError) in
            try MutateRun(arguments, system).run()
        }
    )
}

/// A form in which mutants are told.
enum MutationFormat: String, CaseIterable {
    case text
    case json
}
