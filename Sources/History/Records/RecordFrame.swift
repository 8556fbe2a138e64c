import JSONSource

/// What stands around a list of records, read for what it says of them.
package enum RecordFrame {
    /// Why the list is not all there is, as one sentence without period; nil where nothing says so.
    package static func problem(_ frame: [UInt8]) -> String? {
        if frame.isEmpty {
            return "what stands around its list of records is longer than "
                + "\(RecordCutter.recordLimit) bytes"
        }
        let parsed = JSONParser.parse(frame, file: SourceSpan.nowhere.file)
        guard let value = parsed.value, !parsed.diagnostics.hasErrors else {
            let first = parsed.diagnostics.first { $0.severity == .error }
            return "around its list of records, \(first?.message ?? "it is no JSON")"
        }
        let others = ["Records", "Events"].compactMap { value[$0]?.elements }
        guard others.allSatisfy(\.isEmpty) else {
            return "it holds a second list of records, which is not read"
        }
        guard value["detail"] == nil else {
            return "it holds a record beside its list, which is not read"
        }
        guard let token = value["NextToken"], !token.isNull else { return nil }
        return "it is one page of several, its NextToken leads to the others"
    }
}
