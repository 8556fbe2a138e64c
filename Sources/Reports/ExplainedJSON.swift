package import JSONSource
import Authorization
import Explaining
import OrganizationModel
import PolicyLanguage

/// Explained requests for machines: an explanation each, with what would change it.
package struct ExplainedJSON {
    private let json: ExplanationJSON

    package init(sources: SourceMap) {
        json = ExplanationJSON(sources: sources)
    }

    package func render(
        _ answers: [ExplainedAnswer],
        _ detail: ExplanationText.Detail = .normal
    ) -> String {
        let list = answers.map { answer -> JSONOutput in
            let members = json.members(
                answer.explanation,
                detail,
                message: answer.message?.sentence
            )
            return .object(detail == .quiet ? members : members + further(answer))
        }
        return JSONOutput.fields(["explanations": .array(list)]).pretty
    }

    private func further(_ answer: ExplainedAnswer) -> [JSONOutput.Member] {
        var members: [JSONOutput.Member] = []
        if let message = answer.message {
            members.append(.init("errorCode", .string(message.errorCode)))
            if !message.notes.isEmpty {
                members.append(.init("messageNotes", .strings(message.notes)))
            }
        }
        if let remark = answer.remark { members.append(.init("remark", .string(remark))) }
        if !answer.fixes.isEmpty {
            members.append(.init("fixes", .array(answer.fixes.map(Self.fix))))
        }
        if let note = answer.fixNote { members.append(.init("fixNote", .string(note))) }
        return members
    }

    private static func fix(_ told: ToldFix) -> JSONOutput {
        let call = told.fix.call
        let context = call.context.entries.map { entry in
            JSONOutput.Member(entry.key.description, value(entry.value))
        }
        return .fields([
            "edits": .strings(told.fix.edits.map(\.sentence)),
            "change": told.fix.changes.isEmpty ? nil : told.fix.changeStep,
            "context": context.isEmpty ? nil : .object(context),
            "sessionPolicies": call.sessionPolicies.isEmpty
                ? nil : .array(call.sessionPolicies.map(sessionPolicy)),
            "assumeRole": call.role.map { .string("\($0.account):role/\($0.name)") },
            "decision": .string(told.fix.decision.outcome.rawValue),
            "opens": .strings(told.opened),
            "closes": .strings(told.closed),
        ])
    }

    private static func value(_ value: ContextValue?) -> JSONOutput {
        guard let value else { return .null }
        return value.isMultivalued ? .strings(value.values) : .optional(value.values.first)
    }

    private static func sessionPolicy(_ edit: SessionPolicyEdit) -> JSONOutput {
        switch edit {
        case .adding(let statement): .fields(["add": statement])
        case .removing(let policy, let statement):
            .fields(["removeFromPolicy": .integer(policy), "statement": .integer(statement)])
        }
    }
}
