package import JSONSource

/// Findings that somebody decided to live with, and why: `"$lint": {"check-id": "reason"}` in the
/// object that holds them.
package struct Silences: Sendable {
    private let all: [Silence]

    private struct Silence: Sendable {
        let check: SourceString
        let reason: JSONValue
        let reach: [SourceSpan]

        func covers(_ finding: Finding) -> Bool {
            let span = finding.remark.span
            return check.text == finding.check.id
                && reach.contains {
                    $0.file == span.file && $0.start <= span.start && span.end <= $0.end
                }
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
    }
}

extension Silences {
    /// The findings, silenced ones marked, and what is wrong with the notes themselves.
    package func apply(to findings: [Finding]) -> [Finding] {
        var isUsed = [Bool](repeating: false, count: all.count)
        let marked = findings.map { finding in
            var finding = finding
            for (index, silence) in all.enumerated() where silence.covers(finding) {
                isUsed[index] = true
                guard let reason = silence.reason.string, !reason.isBlank else { continue }
                finding.silencedBecause = reason
            }
            return finding
        }
        let problems = zip(all, isUsed).compactMap { problem(with: $0, isUsed: $1) }
        return marked + problems.map { Finding(check: .badSilence, remark: $0) }
    }

    private func problem(with silence: Silence, isUsed: Bool) -> Remark? {
        let id = silence.check.text
        let known = Check.all.map(\.id)
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
    fileprivate var isBlank: Bool { utf8.allSatisfy { $0 == 32 || $0 == 9 || $0 == 10 } }
}
