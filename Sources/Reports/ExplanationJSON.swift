import Authorization
package import Explaining
package import JSONSource
import OrganizationModel
import PolicyLanguage

/// An explanation for machines; the fields of decisions keep their names (formats, section 3).
package struct ExplanationJSON {
    private let sources: SourceMap

    package init(sources: SourceMap) {
        self.sources = sources
    }

    /// The explanation as one object; `message` is AWS's own sentence for the denial, `further`
    /// are members behind the others, such as what would change the verdict.
    package func render(
        _ explanation: Explanation,
        _ detail: ExplanationText.Detail = .normal,
        message: String? = nil,
        further: [JSONOutput.Member] = []
    ) -> String {
        JSONOutput.object(members(explanation, detail, message: message) + further).pretty
    }

    package func members(
        _ explanation: Explanation,
        _ detail: ExplanationText.Detail = .normal,
        message: String? = nil
    ) -> [JSONOutput.Member] {
        let decision = explanation.decision
        var members: [JSONOutput.Member] = [.init("decision", .string(decision.outcome.rawValue))]
        if detail == .quiet { return members }
        members += [
            .init("principal", .optional(explanation.question.principal)),
            .init("principalArn", .optional(explanation.question.principalARN)),
            .init("action", .string(explanation.question.action)),
            .init("resource", .optional(explanation.question.resource)),
            .init("blockedBy", .strings(decision.blockedBy.map(\.rawValue))),
            .init("absentKeys", .strings(decision.absentKeys)),
            .init("reasons", .array(decision.reasons.map { reason($0) })),
            .init("notes", .strings(decision.notes)),
        ]
        if let ways = ConditionBlocks.ways(decision) { members.append(.init("dependsOn", ways)) }
        if let message { members.append(.init("message", .string(message))) }
        members += [
            .init("layers", .array(explanation.layers.map { layer($0) })),
            .init("keys", .array(explanation.keys.map(Self.key))),
            .init("hops", .array(explanation.hops.map(Self.hop))),
        ]
        if detail == .trace {
            members.append(.init("trace", .array(explanation.tracedLayers.map { traced($0) })))
        }
        return members
    }
}

extension ExplanationJSON {
    private func reason(_ reason: Reason) -> JSONOutput {
        DecisionJSON.reason(reason, location: sources.location(of: reason.span))
    }

    private func layer(_ layer: Explanation.Layer) -> JSONOutput {
        .fields([
            "policyType": .string(layer.policyType.rawValue),
            "target": .optional(layer.target),
            "mark": .string(layer.mark.rawValue),
            "why": .string(layer.why),
            "policies": .strings(layer.policies.compactMap { $0 }),
            "statements": .array(layer.statements.map { statement($0) }),
            "nearMisses": .array(layer.nearMisses.map { statement($0.statement) }),
        ])
    }

    private func traced(_ layer: Explanation.TracedLayer) -> JSONOutput {
        .fields([
            "policyType": .string(layer.policyType.rawValue),
            "target": .string(layer.target),
            "statements": .array(layer.statements.map { statement($0) }),
        ])
    }

    private func statement(_ statement: ToldStatement) -> JSONOutput {
        let hasSid = statement.sid?.isEmpty == false
        return .fields([
            "policy": .optional(statement.policy),
            "policyArn": .optional(statement.policyARN),
            "statement": hasSid ? .optional(statement.sid) : .integer(statement.index),
            "effect": .string(statement.effect.rawValue),
            "outcome": .string(statement.outcome.rawValue),
            "elements": .array(
                statement.elements.map {
                    .fields([
                        "kind": .string($0.kind.rawValue),
                        "outcome": .string($0.outcome.rawValue),
                        "text": .string($0.text),
                    ])
                }
            ),
            "location": sources.location(of: statement.span).map { DecisionJSON.location($0) },
        ])
    }

    private static func key(_ read: ReadKey) -> JSONOutput {
        let value: JSONOutput =
            switch read.value {
            case nil: .null
            case let value? where value.isMultivalued: .strings(value.values)
            case let value?: .optional(value.values.first)
            }
        return .fields([
            "key": .string(read.key.description), "value": value,
            "origin": .string(read.origin.rawValue),
        ])
    }

    private static func hop(_ hop: Hop) -> JSONOutput {
        .fields([
            "call": .optional(hop.call),
            "name": .string(hop.name),
            "arn": .optional(hop.arn),
            "permissionSet": hop.permissionSet.map { .string($0) },
            "session": hop.session.map(session),
        ])
    }

    private static func session(_ session: Session) -> JSONOutput {
        let mfa: JSONOutput =
            switch session.mfa {
            case .notCarried: .null
            case .notUsed: .bool(false)
            case .used: .bool(true)
            }
        return .fields([
            "name": .string(session.name),
            "issuedAt": .string(session.issuedAt.description),
            "expiresAt": .optional(session.expiresAt?.description),
            "mfa": mfa,
            "tags": .object(session.tags.pairs.map { .init($0.key, .string($0.value)) }),
            "transitiveTagKeys": .strings(session.transitiveTagKeys.sorted()),
            "sourceIdentity": .optional(session.sourceIdentity),
            "policies": session.policies.map { policies in
                .array(policies.map { .optional($0.name) })
            },
        ])
    }
}
