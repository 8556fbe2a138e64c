import Authorization
import JSONSource
import PolicyLanguage

/// A step of requests with its resources looked up; any range of its checks can be decided alone.
///
/// Checks are counted principal by principal, for each action by action, for each resource by
/// resource.
struct MatrixStep: Sendable {
    let step: Step
    let action: ActionStep
    /// What is wrong with the resources.
    let diagnostics: [Diagnostic]
    /// Those that mean something.
    private let resources: [(text: SourceString, resource: String)]

    init(_ step: Step, _ action: ActionStep, at moment: ReplayMoment) {
        self.step = step
        self.action = action
        var diagnostics: [Diagnostic] = []
        resources = action.resources.compactMap { text in
            moment.resolver.resource(text, &diagnostics).map { (text, $0) }
        }
        self.diagnostics = diagnostics
    }

    private var checksOfPrincipal: Int { action.actions.count * resources.count }

    /// How many checks there are: a principal without any counts as one, for he is looked up.
    var count: Int { action.principals.count * max(1, checksOfPrincipal) }

    /// A check that was made.
    struct Made: Sendable {
        let result: CheckResult
        /// What was decided; nil where nothing could be asked, or nobody asks about it again.
        let request: Request?
    }

    /// The checks whose requests are kept.
    enum KeptRequests {
        case none
        case ofFailedChecks
        case all

        func contains(_ check: CheckResult) -> Bool {
            switch self {
            case .none: false
            case .ofFailedChecks: check.status == .failed
            case .all: true
            }
        }
    }

    /// Some checks of one principal.
    struct Row: Sendable {
        /// Whether these are his first.
        let isFirst: Bool
        var made: [Made] = []
        var diagnostics: [Diagnostic] = []
        /// Whether a mistake that concerns all checks behind it ends the step.
        var endsStep = false
    }

    /// The checks of a range, principal by principal.
    func rows(
        _ range: Range<Int>,
        at moment: ReplayMoment,
        by decider: inout Decider,
        keeping kept: KeptRequests
    ) -> [Row] {
        let width = max(1, checksOfPrincipal)
        var rows: [Row] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let principal = start / width
            let end = min(range.upperBound, (principal + 1) * width)
            let first = principal * width
            rows.append(
                row(
                    of: action.principals[principal],
                    (start - first)..<(end - first),
                    at: moment,
                    by: &decider,
                    keeping: kept
                )
            )
            start = end
        }
        return rows
    }

    private func row(
        of principal: PrincipalReference,
        _ range: Range<Int>,
        at moment: ReplayMoment,
        by decider: inout Decider,
        keeping kept: KeptRequests
    ) -> Row {
        var row = Row(isFirst: range.lowerBound == 0)
        let found = moment.find(principal, &row.diagnostics)
        // He is told of once.
        if !row.isFirst { row.diagnostics = [] }
        guard let found, checksOfPrincipal > 0 else { return row }
        for place in range {
            let name = action.actions[place / resources.count]
            let (text, resource) = resources[place % resources.count]
            let check = CheckDraft(
                principal: principal.text,
                action: name.description,
                resource: text.text,
                expectation: action.expectation,
                span: step.span
            )
            switch found {
            case .missing(let why): row.made.append(Made(result: check.failed(why), request: nil))
            case .caller(let caller):
                let request = moment.resolver.request(
                    caller,
                    name,
                    resource,
                    action.circumstances,
                    &row.diagnostics
                )
                guard let request else {
                    row.endsStep = true
                    return row
                }
                let decision = decider.decision(on: request, telling: .reasons)
                let result = check.result(decision, targets: moment.targets)
                let isKept = kept.contains(result)
                row.made.append(Made(result: result, request: isKept ? request : nil))
            }
        }
        return row
    }
}
