package import JSONSource

/// Findings that somebody decided to live with, and why: `"$lint": {"check-id": "reason"}` in the
/// object that holds them.
package struct Silences: Sendable {
    private let all: [Silence]
    /// Places in ``all`` by the check that is silenced.
    private let byCheck: [String: [Int]]
    /// Notes that are no object.
    private let malformed: [JSONValue]

    private struct Silence: Sendable {
        let check: SourceString
        let reason: JSONValue
        let reach: [SourceSpan]

        func covers(_ span: SourceSpan) -> Bool {
            reach.contains { $0.covers(span) }
        }
    }

    /// `notes` are the values of all `$lint` members with what each is about.
    package init(_ notes: [LintNote]) {
        all = notes.flatMap { note in
            (note.value.members ?? []).map { member in
                Silence(
                    check: SourceString(member.key, at: member.keySpan),
                    reason: member.value,
                    reach: note.reach
                )
            }
        }
        byCheck = Dictionary(grouping: all.indices) { [all] in all[$0].check.text }
        malformed = notes.map(\.value).filter { ($0.members ?? []).isEmpty }
    }
}

extension Silences {
    /// The findings, silenced ones marked, and what is wrong with the notes themselves.
    package func apply(to findings: [Finding]) -> [Finding] {
        var isUsed = [Bool](repeating: false, count: all.count)
        let marked = findings.map { finding in
            var finding = finding
            for index in byCheck[finding.check.id] ?? [] {
                guard all[index].covers(finding.remark.span) else { continue }
                isUsed[index] = true
                guard let reason = all[index].reason.string, !reason.isBlank else { continue }
                finding.silencedBecause = reason
            }
            return finding
        }
        let problems =
            zip(all, isUsed).compactMap { problem(with: $0, isUsed: $1) }
            + malformed.map {
                let help = "write {\"check-id\": \"why this is meant\"}"
                return Remark("'$lint' names no check and no reason", at: $0.span, help: help)
            }
        return marked + problems.map { Finding(check: .badSilence, remark: $0) }
    }

    private func problem(with silence: Silence, isUsed: Bool) -> Remark? {
        let id = silence.check.text
        // What is wrong with a note cannot be silenced by a note.
        let known = Check.all.map(\.id).filter { $0 != Check.badSilence.id }
        guard known.contains(id) else {
            let near = NearestName.of(id, among: known).map { ", did you mean '\($0)'?" } ?? ""
            return Remark("there is no check '\(id)'\(near)", at: silence.check.span)
        }
        guard let reason = silence.reason.string, !reason.isBlank else {
            let message = "'\(id)' is silenced without a reason"
            return Remark(message, at: silence.reason.span, help: "write why as a string")
        }
        if isUsed { return nil }
        return Remark("'\(id)' is silenced here and finds nothing here", at: silence.check.span)
    }
}

extension String {
    fileprivate var isBlank: Bool { !contains { $0.isLetter || $0.isNumber } }
}
