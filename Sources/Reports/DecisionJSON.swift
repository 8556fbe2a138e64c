import Authorization
package import JSONSource
package import Scenarios

/// Decisions and requests as NDJSON (formats, section 3).
package enum DecisionJSON {
    /// One answer line without its line break.
    package static func line(_ line: RequestLine, number: Int) -> String {
        switch line.answer {
        case .decision(let decision):
            let fields = answer(decision)
            return JSONOutput.object([JSONOutput.Member("id", line.id)] + fields).compact
        case .problem(let message, let column):
            return problem(message, number: number, column: column, id: line.id)
        }
    }

    /// The answer to a line that is no request.
    package static func problem(
        _ message: String,
        number: Int,
        column: Int,
        id: JSONOutput = .null
    ) -> String {
        let error = JSONOutput.fields([
            "message": .string(message), "line": .integer(number), "column": .integer(column),
        ])
        return JSONOutput.object([.init("id", id), .init("error", error)]).compact
    }

    private static func answer(_ decision: Decision) -> [JSONOutput.Member] {
        var fields: [JSONOutput.Member] = [
            .init("decision", .string(decision.outcome.rawValue)),
            .init("blockedBy", .strings(decision.blockedBy.map(\.rawValue))),
            .init("absentKeys", .strings(decision.absentKeys)),
            .init("reasons", .array(decision.reasons.map { reason($0, location: nil) })),
        ]
        if let ways = ConditionBlocks.ways(decision) { fields.append(.init("dependsOn", ways)) }
        if !decision.notes.isEmpty { fields.append(.init("notes", .strings(decision.notes))) }
        return fields
    }

    /// A reason; with a location where somebody may want to open the file.
    static func reason(_ reason: Reason, location: SourceLocation?) -> JSONOutput {
        var statement = JSONOutput.null
        if let sid = reason.sid, !sid.isEmpty {
            statement = .string(sid)
        } else if let index = reason.statementIndex {
            statement = .integer(index)
        }
        return .fields([
            "policyType": .string(reason.policyType.rawValue),
            "policy": .optional(reason.policy),
            "statement": statement,
            "target": .optional(reason.target),
            "kind": .string(reason.kind.rawValue),
            "explanation": reason.explanation.map { .string($0) },
            "location": location.map { Self.location($0) },
        ])
    }

    static func location(_ location: SourceLocation) -> JSONOutput {
        .fields([
            "file": .string(location.path),
            "line": .integer(location.position.line),
            "column": .integer(location.position.column),
        ])
    }
}
