import Analysis
import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
package import Scenarios
import SecurityTokens

/// Watches the replay of one scenario and counts what decided its checks.
///
/// It asks the engine for the trace of each request once more; what the trace and the reasons of the
/// decision do not say, it does not count.
package struct CoverageObserver {
    /// How many callers of one question about everybody are followed.
    package static let surveyLimit = 1_000
    package let inventory: Inventory
    package internal(set) var decided = DecidedParts()

    package init(_ inventory: Inventory) {
        self.inventory = inventory
    }

    /// Counts what decided a check.
    package mutating func note(_ observation: ScenarioReplay.Observation) {
        count(observation.question, in: observation.engine)
    }

    /// Counts what decided about those whom a question about everybody speaks of: whom the step
    /// names, and with an exact list everybody.
    package mutating func note(_ survey: ScenarioReplay.Survey) {
        let whoCan = survey.whoCan
        let answers = Dictionary(survey.answers.map { ($0.principal.name, $0) }) { first, _ in first
        }
        let asked = whoCan.principals
        let named = asked.filter { survey.named.contains($0.name) }
        let others = survey.isExact ? asked.filter { !survey.named.contains($0.name) } : []
        var left = Self.surveyLimit
        for principal in named + others {
            // Who may by way of roles is asked for the last of them.
            let answer = answers[principal.name]
            var questions: [Question] = []
            for entry in answer.map({ whoCan.entries(of: $0) }) ?? [] {
                questions.append(.call(entry.token, entry.call, at: survey.instant))
            }
            let last = answer?.chain.last ?? principal
            questions += whoCan.requests(of: last).map { .request($0) }
            guard questions.count <= left else {
                decided.cutSurveys += 1
                return
            }
            left -= questions.count
            for question in questions { count(question, in: survey.engine) }
        }
    }
}

extension CoverageObserver {
    private mutating func count(_ question: Question, in engine: Engine) {
        let answer = question.answer(engine)
        if case .call(.signIn(let signIn), _, _) = question, answer.decision.outcome == .allowed {
            decided.add(DecidedParts.Request(places: assignments(signIn, engine.organization)))
        }
        for request in answer.requests { count(request, in: engine) }
    }

    private mutating func count(_ request: Request, in engine: Engine) {
        let (decision, trace) = engine.trace(request)
        let holders = Holders(of: request.caller, in: engine.organization)
        let levels = Dictionary(trace.layers.map { ($0.policyType, 1) }, uniquingKeysWith: +)
        var passed: [PolicyType: Int] = [:]
        var parts = DecidedParts.Request()
        for layer in trace.layers {
            passed[layer.policyType, default: 0] += 1
            let isLast = passed[layer.policyType] == levels[layer.policyType]
            // The account stands behind all units.
            let owners = holders.of(layer, isAccount: isLast)
            for examined in layer.statements {
                if layer.isDecided(by: examined, decision) {
                    note(examined, in: layer, owners, holders, &parts)
                } else if let place = examined.conditionThatDecides(decision) {
                    parts.failed.insert(examined.statement.conditions[place].span)
                }
            }
        }
        decided.add(parts)
    }

    /// Notes a statement that decided, with where its policy is attached.
    private func note(
        _ examined: Trace.Examined,
        in layer: Trace.Layer,
        _ owners: [AttachmentKey.Holder],
        _ holders: Holders,
        _ parts: inout DecidedParts.Request
    ) {
        let statement = examined.statement
        // What the scenario itself puts there is none of the organization's.
        let isKnown = inventory.statementSpans.contains(statement.span)
        guard isKnown || examined.policy.isOfAWS else { return }
        if isKnown {
            parts.statements.insert(statement.span)
            parts.held.formUnion(statement.conditions.map(\.span))
        }
        for owner in owners {
            for key in examined.policy.keys(for: owner) {
                let found = AttachmentKey(holder: owner, type: layer.policyType, policy: key)
                parts.places.formUnion(inventory.places(found))
            }
        }
        if layer.policyType == .identityPolicy, let session = holders.permissionSet {
            parts.places.formUnion(places(of: session))
        }
    }
}

// Permission sets.
extension CoverageObserver {
    /// The permission set that somebody uses, and the assignments by which he does.
    private func places(of session: Holders.PermissionSetSession) -> [SourceSpan] {
        let key = AttachmentKey(
            holder: .permissionSet(session.name),
            type: .identityPolicy,
            policy: .any
        )
        let assigned = session.person.map { person in
            inventory.assignments(
                of: session.name,
                to: person,
                in: session.account,
                of: session.organization
            )
        }
        return inventory.places(key) + (assigned ?? [])
    }

    /// Who takes up a permission set does so by an assignment.
    private func assignments(
        _ signIn: TokenRequest.SignIn,
        _ organization: Organization
    ) -> Set<SourceSpan> {
        guard let person = organization.identityCenter?.user(signIn.user),
            let account = organization.account(signIn.account)
        else { return [] }
        let places = inventory.assignments(
            of: signIn.permissionSet,
            to: person,
            in: account,
            of: organization
        )
        return Set(places)
    }
}
