import Authorization
package import JSONSource
package import Scenarios

/// Decisions and requests as NDJSON (formats, section 3).
package enum DecisionJSON {
    /// One answer line without its line break.
    package static func line(_ line: RequestLine, number: Int) -> String {
        var writer = JSONWriter()
        AnswerLines.write(line, number: number, to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Writes the answer to a line that is no request.
    package static func write(
        problem message: String,
        number: Int,
        column: Int,
        id: JSONOutput = .null,
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.field("id")
            writer.value(id)
            writer.field("error")
            writer.object { writer in
                writer.field("message")
                writer.string(message)
                writer.field("line")
                writer.integer(number)
                writer.field("column")
                writer.integer(column)
            }
        }
    }

    /// Writes the fields of a decision.
    static func write(_ decision: Decision, to writer: inout JSONWriter) {
        writer.field("decision")
        writer.string(decision.outcome.rawValue)
        writer.field("blockedBy")
        write(decision.blockedBy, to: &writer)
        writer.field("absentKeys")
        writer.strings(decision.absentKeys)
        writer.field("reasons")
        writer.array(of: decision.reasons) { write($0, at: nil, to: &$1) }
        if let ways = ConditionBlocks.ways(decision) {
            writer.field("dependsOn")
            writer.value(ways)
        }
        if !decision.notes.isEmpty {
            writer.field("notes")
            writer.strings(decision.notes)
        }
    }

    static func write(_ types: [PolicyType], to writer: inout JSONWriter) {
        writer.array { writer in
            for type in types {
                writer.element()
                writer.string(type.rawValue)
            }
        }
    }

    /// Writes a reason; with a location where somebody may want to open the file.
    static func write(
        _ reason: Reason,
        at location: SourceLocation?,
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.field("policyType")
            writer.string(reason.policyType.rawValue)
            writer.field("policy")
            writer.optional(reason.policy)
            writer.field("statement")
            if let sid = reason.sid, !sid.isEmpty {
                writer.string(sid)
            } else if let index = reason.statementIndex {
                writer.integer(index)
            } else {
                writer.null()
            }
            writer.field("target")
            writer.optional(reason.target)
            writer.field("kind")
            writer.string(reason.kind.rawValue)
            if let explanation = reason.explanation {
                writer.field("explanation")
                writer.string(explanation)
            }
            if let location {
                writer.field("location")
                write(location, to: &writer)
            }
        }
    }

    private static func write(_ location: SourceLocation, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("file")
            writer.string(location.path)
            writer.field("line")
            writer.integer(location.position.line)
            writer.field("column")
            writer.integer(location.position.column)
        }
    }
}

extension DecisionJSON {
    /// A reason as a part of something that is put together as a value.
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
