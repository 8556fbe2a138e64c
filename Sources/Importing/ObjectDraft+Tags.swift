import JSONSource

extension ObjectDraft {
    /// Adds the tags that AWS lists as pairs; services spell the words of a pair differently.
    mutating func addTags(_ pairs: [JSONValue]) {
        guard let first = pairs.first, let last = pairs.last else { return }
        let isOneFile = first.span.file == last.span.file
        let end = isOneFile ? Int(last.span.end) : Int(first.span.end)
        let span = SourceSpan(file: first.span.file, start: Int(first.span.start), end: end)
        var tags = ObjectDraft(at: span)
        var seen: Set<String> = []
        for pair in pairs {
            let keys = ["Key", "TagKey", "key"].lazy.compactMap { pair.name($0) }
            let values = ["Value", "TagValue", "value"].lazy.compactMap { pair.present($0) }
            guard let key = keys.first, let value = values.first else { continue }
            guard seen.insert(key.text).inserted else { continue }
            tags.add(key.text, value, namedAt: key.span)
        }
        addFilled("tags", tags.value)
    }
}
