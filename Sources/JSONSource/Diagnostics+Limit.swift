extension [Diagnostic] {
    /// How many errors, and how many warnings and notes, are kept and shown of one file.
    ///
    /// Nobody reads more, and one line of a file can hold a hundred thousand mistakes.
    package static let limit = 1_000

    /// Drops what is beyond the limit; the first errors stay, however many warnings come before.
    ///
    /// Called after each addition it costs a constant number of steps on average. Whoever collects
    /// calls it from `didSet`, so a list never grows with what is wrong in the input.
    package mutating func keepWithinLimit(_ limit: Int = limit) {
        if count > limit * 4 { self = first(limit) }
    }

    /// Drops what is beyond the limit of a whole run, and says so.
    mutating func end(at limit: Int) {
        removeSubrange(limit...)
        let message = "there are more than \(limit) mistakes: those of further files are not told"
        append(.error("limit.diagnostics", message, at: .nowhere))
    }

    /// The first errors and the first of the rest, in the order they stand.
    func first(_ limit: Int) -> [Diagnostic] {
        var errors = 0
        var others = 0
        return filter { diagnostic in
            if diagnostic.severity == .error {
                errors += 1
                return errors <= limit
            }
            others += 1
            return others <= limit
        }
    }
}
