import JSONSource

extension ObjectDraft {
    /// Adds the tags that AWS lists as pairs; services spell the words of a pair differently.
    mutating func addTags(_ pairs: [JSONValue]) {
        guard let first = pairs.first, let last = pairs.last else { return }
        let isOneFile = first.span.file == last.span.file
        let end = isOneFile ? Int(last.span.end) : Int(first.span.end)
        let span = SourceSpan(file: first.span.file, start: Int(first.span.start), end: end)
        var tags = ObjectDraft(at: span)
        for pair in pairs {
            let keys = ["Key", "TagKey", "key"].lazy.compactMap { pair.name($0) }
            let values = ["Value", "TagValue", "value"].lazy.compactMap { pair.present($0) }
            guard let key = keys.first, let value = values.first,
                // AWS gives no key twice; pages that were joined by hand may.
                !tags.members.contains(where: { $0.key == key.text })
            else { continue }
            tags.add(key.text, value, namedAt: key.span)
        }
        addFilled("tags", tags.value)
    }
}
