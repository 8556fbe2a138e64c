import Authorization
import JSONSource

/// Which reasons of two organizations are one and the same.
///
/// An overlay may state a policy again that is there already: its statements stand at another place
/// then and say the same.
struct ReasonIdentity: Sendable {
    let sources: SourceMap

    func areSame(_ one: Reason, _ other: Reason) -> Bool {
        if one == other { return true }
        guard one.policyType == other.policyType, one.kind == other.kind,
            one.policy == other.policy, one.target == other.target,
            one.explanation == other.explanation
        else { return false }
        guard let written = text(of: one), let otherwise = text(of: other) else {
            return one.sid == other.sid && one.statementIndex == other.statementIndex
        }
        return written == otherwise
    }

    /// Those of some that are not among others.
    func new(_ reasons: [Reason], besides others: [Reason]) -> [Reason] {
        reasons.filter { reason in !others.contains { areSame(reason, $0) } }
    }

    /// A statement as it is written, without the white space between its words.
    private func text(of reason: Reason) -> [UInt8]? {
        guard let file = sources.text(reason.span.file) else { return nil }
        let (start, end) = (Int(reason.span.start), Int(reason.span.end))
        guard start < end, end <= file.bytes.count else { return nil }
        var text: [UInt8] = []
        var isInString = false
        var isEscaped = false
        for byte in file.bytes[start..<end] {
            if isInString || byte > 0x20 { text.append(byte) }
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = isInString
            } else if byte == UInt8(ascii: "\"") {
                isInString.toggle()
            }
        }
        return text
    }
}
