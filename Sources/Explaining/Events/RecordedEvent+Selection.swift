package import JSONSource

extension RecordedEvent {
    /// The record that is meant out of a file: a record alone, a log file (`Records`), an event of
    /// EventBridge (`detail`), an answer of lookup-events (`Events`, `CloudTrailEvent`) or a list.
    ///
    /// Records are counted from 1; of several one must be named.
    package static func record(
        number: Int?,
        in value: JSONValue,
        sources: SourceMap
    ) -> Parsed<JSONValue?> {
        let records = list(value) ?? [value]
        guard !records.isEmpty else {
            return Parsed(nil, [.error("event.none", "the file holds no record", at: value.span)])
        }
        guard let number else {
            guard records.count == 1 else {
                let problem = Diagnostic.error(
                    "event.several",
                    "the file holds \(records.count) records",
                    at: value.span,
                    help: "name one of them by its number: FILE#1 to FILE#\(records.count)"
                )
                return Parsed(nil, [problem])
            }
            return unwrapped(records[0], sources)
        }
        guard (1...records.count).contains(number) else {
            let message = "there is no record \(number), the file holds \(records.count)"
            return Parsed(nil, [.error("event.number", message, at: value.span)])
        }
        return unwrapped(records[number - 1], sources)
    }

    private static func list(_ value: JSONValue) -> [JSONValue]? {
        value.elements ?? value["Records"]?.elements ?? value["Events"]?.elements
    }

    /// The record that an envelope holds.
    private static func unwrapped(_ value: JSONValue, _ sources: SourceMap) -> Parsed<JSONValue?> {
        if let text = value["CloudTrailEvent"] {
            let parsed = JSONValue.embedded(in: text, sources: sources)
            if parsed.value == nil, !parsed.diagnostics.hasErrors {
                return Parsed(nil, [.wrongType("'CloudTrailEvent'", expected: "JSON", found: text)])
            }
            return parsed
        }
        let isRecord = value["eventName"] != nil
        if !isRecord, let detail = value["detail"] { return Parsed(detail, []) }
        return Parsed(value, [])
    }
}
