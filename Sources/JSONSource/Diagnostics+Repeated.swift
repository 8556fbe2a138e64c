extension [Diagnostic] {
    /// Warns of names that a list holds twice; `canonical` makes equal what means the same.
    package mutating func warnRepeated(
        _ code: String,
        _ names: [SourceString],
        in list: String,
        canonical: (String) -> String = { $0 }
    ) {
        // Most lists are short, and nothing stands in them twice.
        if names.count <= 8 {
            let keys = names.map { canonical($0.text) }
            let isRepeated = keys.indices.contains { keys[..<$0].contains(keys[$0]) }
            if !isRepeated { return }
        }
        var first: [String: SourceSpan] = [:]
        for name in names {
            let key = canonical(name.text)
            guard let earlier = first[key] else {
                first[key] = name.span
                continue
            }
            let message = "'\(name.text)' stands twice in '\(list)'"
            let problem = Diagnostic.warning(code, message, at: name.span)
            append(problem.noting("it stands here already", at: earlier))
            keepWithinLimit()
        }
    }
}
