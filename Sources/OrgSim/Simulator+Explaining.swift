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
    /// - Throws: ``RequestError`` where the line is no request or names what does not exist.
    public func fixes(for request: String) throws -> [VerifiedFix] {
        let question = Question.request(try read(request))
        let isAllowed = question.answer(engine).decision.outcome == .allowed
        let found =
            isAllowed
            ? GuardrailSearch(question, on: state, engine: engine).result()
            : FixSearch(question, on: state, engine: engine).result()
        return found.fixes.map { fix in
            VerifiedFix(
                edits: fix.edits.map(\.sentence),
                change: fix.changeStep.compact,
                verdict: fix.decision.outcome.rawValue
            )
        }
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
