import JSONSource
import PolicyLanguage

/// What of an account's resources an export could not tell, on its way into the file.
struct UnlistedDraft {
    private var draft: ObjectDraft
    private var patterns: Set<String> = []

    init(at span: SourceSpan) {
        draft = ObjectDraft(at: span)
    }

    /// Adds resources that may be there with any policy, but for services and Regions of which all
    /// are listed; the first to speak of a pattern is heard.
    mutating func add(
        _ pattern: String,
        _ missing: JSONValue,
        listedServices: [String] = [],
        listedRegions: [String] = []
    ) {
        guard patterns.insert(pattern).inserted else { return }
        var entry = ObjectDraft(at: missing.span)
        entry.add("policy", missing)
        func list(_ texts: [String]) -> JSONValue {
            Set(texts).sorted().map { SourceString($0, at: missing.span) }.list(at: missing.span)
        }
        entry.addFilled("listedServices", list(listedServices))
        entry.addFilled("listedRegions", list(listedRegions))
        draft.add(pattern, entry.value)
    }

    var value: JSONValue { draft.value }
}
