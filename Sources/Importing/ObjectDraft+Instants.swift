import JSONSource
import PolicyLanguage

extension ObjectDraft {
    /// Adds a point in time; protocols of AWS write it as ISO 8601 text or as seconds since 1970.
    mutating func addInstant(_ key: String, _ value: JSONValue?) {
        guard let value else { return }
        switch value.content {
        case .string(let text):
            if Instant(iso8601: text) != nil { add(key, value) }
        case .number(let text):
            guard let seconds = Double(text), abs(seconds) < 250_000_000_000 else { return }
            let instant = Instant(microseconds: Int64((seconds * 1_000_000).rounded()))
            add(key, JSONValue(.string(instant.description), at: value.span))
        case .null, .bool, .array, .object: return
        }
    }
}
