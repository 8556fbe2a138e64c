import Authorization
import Coverage
import History
import JSONSource
import Linting
import Mutation
import OrganizationModel
import Parallelism
import PolicyLanguage
import Scenarios

/// Every limit of what is read and done, as `Scenarios/Guide/mistakes-and-limits.md` lists them; each stands near what it limits.
package enum Limits {
    package static let all: [(name: String, value: String)] = [
        ("size of a file", bytes(RootFolder.fileLimit)),
        ("files of a run", count(ReadingBudget.fileLimit)),
        ("size of all files of a run", bytes(ReadingBudget.byteLimit)),
        ("files and folders below a folder", count(RootFolder.listingLimit)),
        ("nesting of a JSON file", count(JSONParser.depthLimit)),
        ("values of all files below a path", count(JSONParser.valueLimit)),
        ("length of a key", bytes(JSONParser.keyLimit)),
        ("JSON in a string", bytes(JSONValue.embeddedLimit)),
        ("references from one to the next", count(DocumentLoader.chainLimit)),
        ("different references of a run", count(DocumentLoader.referenceLimit)),
        ("values that references stand for", count(DocumentLoader.expansionLimit)),
        ("characters of a policy", count(PolicyDocument.readingLimit)),
        ("roles that assignments mean", count(OrganizationLoader.provisionLimit)),
        ("accounts that assignments mean", count(OrganizationLoader.assignedLimit)),
        ("steps of a scenario", count(Scenario.stepLimit)),
        ("checks of a step", count(ReplayBudget.checkLimit)),
        ("checks of a run", count(ReplayBudget.runLimit)),
        ("checks and principals asked of a run", count(ReplayBudget.decisionLimit)),
        ("values of organizations times changes", count(ReplayBudget.rewriteLimit)),
        ("mutants of a run", count(MutationPlan.mutantLimit)),
        ("threads of a run", count(Workers.limit)),
        ("line of a request", bytes(EvaluateLimits.line)),
        ("record that is replayed", bytes(RecordCutter.recordLimit)),
        ("path in a list of files", bytes(PathList.limit)),
        ("groups told of what a replay finds", count(ReplaySummary.groupLimit)),
        ("message that is pasted", bytes(ExplainLimits.message)),
        ("checks explained of a step", count(ExplainLimits.checks)),
        ("checks of a step with fixes", count(ExplainLimits.fixedChecks)),
        (
            "callers of a question about everybody that coverage follows",
            count(CoverageReport.surveyLimit)
        ),
        ("combinations of unknown keys", count(UnknownSearch.trialLimit)),
        ("length of a resource", bytes(RequestResolver.resourceLimit)),
        ("condition keys of a request", count(ContextLimits.keys)),
        ("values of a condition key", count(ContextLimits.values)),
        ("bytes of a condition key", bytes(ContextLimits.bytes)),
        (
            "characters of the policies linted in an organization",
            count(WrittenOrganization.characterLimit)
        ),
        ("findings of a run", count(Linter.findingLimit)),
        ("errors, and warnings, shown of a file", count([Diagnostic].limit)),
        ("mistakes of a run", count(DocumentLoader.diagnosticLimit)),
    ]

    private static func bytes(_ number: Int) -> String {
        switch number {
        case (1 << 20)...: "\(number >> 20) MiB"
        case (1 << 10)...: "\(number >> 10) KiB"
        default: "\(number) B"
        }
    }

    /// With a comma before each three digits.
    private static func count(_ number: Int) -> String {
        var groups: [Substring] = []
        var rest = String(number)[...]
        while !rest.isEmpty {
            groups.append(rest.suffix(3))
            rest = rest.dropLast(3)
        }
        return groups.reversed().joined(separator: ",")
    }
}

/// Limits of `orgsim explain`.
enum ExplainLimits {
    /// The longest message that is read from standard input, in bytes.
    static let message = 1 << 16
    /// How often an organization is changed and asked where each question takes many decisions.
    static let unknownTrials = 12
    /// How many checks of a step are explained, and for how many of them fixes are looked for.
    static let checks = 1_000
    static let fixedChecks = 20
}

/// Limits of `orgsim evaluate`.
enum EvaluateLimits {
    /// The longest line that is read, in bytes.
    static let line = 1 << 20
}
