import Authorization
package import JSONSource
package import Scenarios

/// Writes the answers to many request lines: what was written of a statement is kept, for the
/// same ones speak in many answers.
package struct AnswerLines {
    /// What reasons begin with, each at the place that follows from its statement.
    private var sources = [Source?](repeating: nil, count: 1_024)

    /// The fields of a reason that say what speaks, as they are written.
    private struct Source {
        let policyType: PolicyType
        let policy: String?
        let sid: String?
        let statementIndex: Int?
        let text: [UInt8]
    }

    package init() {}
}

extension AnswerLines {
    /// Writes one answer line without its line break.
    package mutating func write(_ line: RequestLine, number: Int, to writer: inout JSONWriter) {
        switch line.answer {
        case .decision(let decision):
            writer.object { writer in
                writer.field("id")
                writer.value(line.id)
                write(decision, to: &writer)
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

    private mutating func write(_ decision: Decision, to writer: inout JSONWriter) {
        writer.field("decision")
        writer.string(decision.outcome.rawValue)
        writer.field("blockedBy")
        DecisionJSON.write(decision.blockedBy, to: &writer)
        writer.field("absentKeys")
        writer.strings(decision.absentKeys)
        writer.field("reasons")
        writer.array { writer in
            for reason in decision.reasons {
                writer.element()
                writer.object { writer in
                    writeSource(reason, to: &writer)
                    DecisionJSON.writeEffect(reason, to: &writer)
                }
            }
        }
        if let ways = ConditionBlocks.ways(decision) {
            writer.field("dependsOn")
            writer.value(ways)
        }
        if !decision.notes.isEmpty {
            writer.field("notes")
            writer.strings(decision.notes)
        }
    }

    private mutating func writeSource(_ reason: Reason, to writer: inout JSONWriter) {
        let place = place(of: reason)
        if isKnown(reason, at: place), let text = sources[place]?.text {
            return writer.written(text)
        }
        var source = JSONWriter()
        DecisionJSON.writeSource(reason, to: &source)
        writer.written(source.bytes)
        // Beyond ASCII Swift takes some texts for equal that have other bytes.
        guard source.bytes.allSatisfy({ $0 < 0x80 }) else { return }
        sources[place] = Source(
            policyType: reason.policyType,
            policy: reason.policy,
            sid: reason.sid,
            statementIndex: reason.statementIndex,
            text: source.bytes
        )
    }

    private func isKnown(_ reason: Reason, at place: Int) -> Bool {
        sources[place]?.policyType == reason.policyType
            && sources[place]?.statementIndex == reason.statementIndex
            && Self.areSame(sources[place]?.policy, reason.policy)
            && Self.areSame(sources[place]?.sid, reason.sid)
    }

    /// Whether a text has the bytes of one that is ASCII: what equals it otherwise is longer.
    private static func areSame(_ ascii: String?, _ text: String?) -> Bool {
        ascii == text && ascii?.utf8.count == text?.utf8.count
    }

    /// Statements that stand at different places mostly have different ones here too.
    private func place(of reason: Reason) -> Int {
        let span = UInt64(truncatingIfNeeded: reason.span.start)
        let file = UInt64(truncatingIfNeeded: reason.span.file)
        let mixed = (span ^ file << 32) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 54) ^ reason.policyType.place
    }
}

extension PolicyType {
    /// A number for each, so that silent policies of two types do not meet.
    fileprivate var place: Int {
        switch self {
        case .identityPolicy: 0
        case .resourcePolicy: 1
        case .trustPolicy: 2
        case .permissionsBoundary: 3
        case .sessionPolicy: 4
        case .serviceControlPolicy: 5
        case .resourceControlPolicy: 6
        case .vpcEndpointPolicy: 7
        case .blockPublicAccess: 8
        case .serviceRule: 9
        }
    }
}
