extension [Diagnostic] {
    /// Warns of names that a list holds twice; `canonical` makes equal what means the same.
    package mutating func warnRepeated(
        _ code: String,
        _ names: [SourceString],
        in list: String,
        canonical: (String) -> String = { $0 }
    ) {
        if names.count < 2 { return }
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
