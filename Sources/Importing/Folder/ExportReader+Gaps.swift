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
        _ consequence: String?
    ) -> JSONValue? {
        if files.contains(path) {
            if answer(path) == nil {
                let what = isEmpty(path) ? "it is empty" : "it is not JSON"
                return MissingPolicy.value("\(path): \(what)", at: span)
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
            if let consequence { note(lost: path, at: span, consequence) }
            return MissingPolicy.value("\(path) is not in the export", at: span)
        }
    }

    /// Whether an answer that was read is one page of several.
    func isPartial(_ path: String) -> Bool { partial.contains(path) }

    func isEmpty(_ path: String) -> Bool {
        guard case .success(let bytes) = folder.read(path) else { return false }
        return bytes.allSatisfy { $0 <= 0x20 }
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

    /// Why there is nothing at all in a folder.
    func reason(forNothingIn folder: String) -> String {
        switch refusals.fate(of: folder) {
        case .failed(let refusal): refusal.text
        case .nothing, .unknown: "\(folder) is not in the export"
        }
    }

    /// A place in a folder of which no list tells.
    mutating func span(of folder: String) -> SourceSpan {
        for name in names(in: folder) {
            if let answer = answer("\(folder)/\(name)") { return answer.span }
        }
        return .nowhere
    }
}
