import Authorization
package import JSONSource
package import Scenarios

/// Writes the answers to many request lines: what was written of a reason is kept, for the same
/// ones speak in many answers.
package struct AnswerLines: ~Copyable {
    private var fragments = AnswerFragments()
    /// The reasons of the answer that is written, by number.
    private var reasons: [UInt32] = []

    package init() {}
}

extension AnswerLines {
    /// Answers a line and writes the answer without its line break; whether it was a request.
    package mutating func write(
        answerTo line: UnsafeRawBufferPointer,
        number: Int,
        by reader: inout RequestLineReader,
        to writer: inout JSONWriter
    ) -> Bool {
        switch reader.answer(to: line, reasons: &reasons) {
        case .numbered(let answer):
            write(answer, line, &reader, to: &writer)
            return true
        case .line(let answer):
            Self.write(answer, number: number, to: &writer)
            if case .problem = answer.answer { return false }
            return true
        }
    }

    /// Writes one answer line without its line break.
    package static func write(_ line: RequestLine, number: Int, to writer: inout JSONWriter) {
        switch line.answer {
        case .decision(let decision):
            writer.object { writer in
                writer.field("id")
                writer.value(line.id)
                DecisionJSON.write(decision, to: &writer)
            }
        case .problem(let message, let column):
            DecisionJSON.write(
                problem: message,
                number: number,
                column: column,
                id: line.id,
                to: &writer
            )
        }
    }

    /// The same bytes as above, put together from what was written before.
    // PERF: "lines read, decided and written".
    private mutating func write(
        _ answer: NumberedLine,
        _ line: UnsafeRawBufferPointer,
        _ reader: inout RequestLineReader,
        to writer: inout JSONWriter
    ) {
        fragments.begin(answer.era)
        writer.raw(#"{"id":"#)
        if answer.id.isEmpty {
            writer.raw("null")
        } else {
            writer.raw(UnsafeRawBufferPointer(rebasing: line[answer.id]))
        }
        writer.raw(#","decision":""#)
        writer.raw(answer.decision.outcome.name)
        writer.raw(#"","blockedBy":"#)
        var blocking = BlockingTypes()
        for reason in reasons {
            if !fragments.hasReason(reason) { fragments.note(reader.reason(reason), reason) }
            blocking.formUnion(fragments.blocking(reason))
        }
        fragments.write(blocking, to: &writer)
        writer.raw(#","absentKeys":"#)
        let keys = answer.decision.absentKeys
        if !fragments.hasKeys(keys) { fragments.note(keys: reader.absentKeys(keys), keys) }
        fragments.write(absentKeys: keys, to: &writer)
        writer.raw(#","reasons":["#)
        for (place, reason) in reasons.enumerated() {
            if place > 0 { writer.raw(",") }
            fragments.write(reason: reason, to: &writer)
        }
        writer.raw("]")
        let notes = answer.decision.notes
        if notes != 0 {
            writer.raw(#","notes":"#)
            writer.strings(reader.notes(notes))
        }
        writer.raw("}")
    }
}

extension Decision.Outcome {
    fileprivate var name: StaticString {
        switch self {
        case .allowed: "allowed"
        case .explicitDeny: "explicitDeny"
        case .implicitDeny: "implicitDeny"
        case .invalid: "invalid"
        case .expiredToken: "expiredToken"
        case .undetermined: "undetermined"
        }
    }
}
