import JSONSource

/// Makes names unique that AWS does not hold to be so.
struct UniqueNames {
    private var taken: Set<String>

    init(taken: Set<String> = []) {
        self.taken = taken
    }

    /// The name itself, or with the id behind it when the name is taken.
    mutating func claim(_ name: SourceString, id: String) -> SourceString {
        if taken.insert(name.text).inserted { return name }
        let longer = name.renamed("\(name.text)-\(id)")
        taken.insert(longer.text)
        return longer
    }
}
