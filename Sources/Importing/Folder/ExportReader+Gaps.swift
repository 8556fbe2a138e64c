import JSONSource
import PolicyLanguage

// What is not known for certain.
extension ExportReader {
    /// Why the answer of a call is not known as a whole, as what stands for it; nil where it is, and
    /// where AWS said that there is nothing.
    ///
    /// The consequence is told once for all calls of a kind that are neither there nor listed among
    /// those that failed.
    mutating func gap(
        _ path: String,
        at span: SourceSpan,
        _ consequence: String
    ) -> JSONValue? {
        if files.contains(path) {
            let answer = answer(path)
            if answer == nil, isUnreadable(path) {
                return MissingPolicy.value("\(path): it is not JSON", at: span)
            }
            if partial.contains(path) {
                return MissingPolicy.value("\(path): it is one page of several", at: span)
            }
            return nil
        }
        switch refusals.fate(of: path) {
        case .failed(let refusal): return MissingPolicy.value(refusal.text, at: refusal.span)
        case .nothing: return nil
        case .unknown:
            if tellsNothingByNothing { return nil }
            note(lost: path, at: span, consequence)
            return MissingPolicy.value("\(path) is not in the export", at: span)
        }
    }

    private func isUnreadable(_ path: String) -> Bool {
        guard case .success(let bytes) = folder.read(path) else { return true }
        return !bytes.allSatisfy { $0 <= 0x20 }
    }

    private mutating func note(lost path: String, at span: SourceSpan, _ consequence: String) {
        let kind = LostCalls.Kind(path, consequence)
        lost[kind, default: LostCalls(path: path, span: span)].note(path, at: span)
    }

    /// Says which calls are not in the export, once for all of a kind.
    mutating func reportLostCalls() {
        for (kind, calls) in lost.sorted(by: { $0.value.path < $1.value.path }) {
            let others = calls.others == 0 ? "" : " and \(calls.others) others like it"
            let message = "the export lacks '\(calls.path)'\(others), so \(kind.consequence)"
            diagnostics.append(.warning("export.missing", message, at: calls.span))
        }
        lost = [:]
    }
}
