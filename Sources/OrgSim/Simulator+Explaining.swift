import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
import Scenarios

extension Simulator {
    /// Why a request cannot be read.
    public struct RequestError: Error, CustomStringConvertible {
        /// One sentence.
        public let description: String
    }

    /// Why a request, written as for ``answer(_:)``, is decided as it is.
    ///
    /// - Throws: ``RequestError`` where the line is no request or names what does not exist.
    public func explain(_ request: String) throws -> RequestExplanation {
        let asked = try read(request)
        let explanation = Explanation(of: asked, by: engine)
        let organization = engine.organization
        let message = AccessDeniedMessage(explanation.decision, of: asked, in: organization)
        return RequestExplanation(explanation, message: message?.sentence, sources)
    }

    /// The smallest sets of edits that turn the verdict, best first: for a denial those that would
    /// allow the request, for an allowed one the guardrails that would stop it.
    ///
    /// Where there is none the answer's note says why.
    ///
    /// - Throws: ``RequestError`` where the line is no request or names what does not exist.
    public func fixes(for request: String) throws -> FixAnswer {
        let question = Question.request(try read(request))
        let isAllowed = question.answer(engine).decision.outcome == .allowed
        let found =
            isAllowed
            ? GuardrailSearch(question, on: state, engine: engine).result()
            : FixSearch(question, on: state, engine: engine).result()
        return FixAnswer(
            fixes: found.fixes.map { VerifiedFix($0) },
            note: found.note,
            isBounded: found.isBounded
        )
    }

    private func read(_ request: String) throws -> Request {
        do throws(RequestLine.Problem) {
            return try RequestLine.read(
                Array(request.utf8),
                engine: engine,
                at: Scenario.defaultClock
            )
        } catch {
            throw RequestError(description: error.message)
        }
    }
}

extension RequestExplanation {
    fileprivate init(_ explanation: Explanation, message: String?, _ sources: SourceMap) {
        let decision = explanation.decision
        self.init(
            verdict: decision.outcome.rawValue,
            layers: explanation.layers.map { layer in
                Layer(
                    policyType: layer.policyType.rawValue,
                    target: layer.target,
                    mark: layer.mark.rawValue,
                    why: layer.why,
                    statements: layer.statements.map { Statement($0, sources) },
                    nearMisses: layer.nearMisses.map { Statement($0.statement, sources) }
                )
            },
            message: message,
            keys: explanation.keys.map { Key(name: $0.key.description, values: $0.value?.values) },
            absentKeys: decision.absentKeys,
            dependsOn: decision.dependsOn.map { way in
                way.map {
                    Condition(
                        operator: $0.operator.description,
                        key: $0.key.description,
                        values: $0.values
                    )
                }
            },
            notes: decision.notes
        )
    }
}

extension RequestExplanation.Statement {
    fileprivate init(_ told: ToldStatement, _ sources: SourceMap) {
        self.init(
            policy: told.policy,
            statement: told.label,
            effect: told.effect.rawValue,
            place: sources.location(of: told.span)?.description,
            elements: told.elements.map {
                RequestExplanation.Element(sentence: $0.text, outcome: $0.outcome.rawValue)
            }
        )
    }
}

extension VerifiedFix {
    fileprivate init(_ fix: Fix) {
        self.init(
            edits: fix.edits.map { Edit(sentence: $0.sentence, reach: Reach($0.reach)) },
            change: fix.changeStep.compact,
            context: fix.call.context.entries.map { entry in
                ContextKey(
                    name: entry.key.description,
                    values: entry.value?.values,
                    isMultivalued: entry.value?.isMultivalued ?? false
                )
            },
            sessionPolicyStatements: fix.call.sessionPolicies.map { edit in
                switch edit {
                case .adding(let statement): .added(statement.compact)
                case .removing(let policy, let statement):
                    .removed(policy: policy, statement: statement)
                }
            },
            assumeRole: fix.call.role.map { role in "\(role.account):role/\(role.name)" },
            verdict: fix.decision.outcome.rawValue
        )
    }
}

extension VerifiedFix.Reach {
    fileprivate init(_ reach: Fix.Reach) {
        self =
            switch reach {
            case .call: .call
            case .tag: .tag
            case .exact: .exact
            case .shared: .shared
            case .removal: .removal
            case .setting: .setting
            }
    }
}
