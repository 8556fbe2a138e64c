/// Tags of an entity; keys are looked up without regard to case, as condition keys are.
package struct Tags: Sendable, Hashable {
    package private(set) var pairs: [Tag] = []

    package struct Tag: Sendable, Hashable {
        package let key: String
        package let value: String

        package init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    package init() {}

    package init(_ pairs: [Tag]) {
        self.pairs = pairs
    }

    package var isEmpty: Bool { pairs.isEmpty }

    /// These tags with others laid over them; a key that differs only by case is replaced.
    package func overlaid(with others: Tags) -> Tags {
        let keys = Set(others.pairs.map { $0.key.lowercased() })
        return Tags(pairs.filter { !keys.contains($0.key.lowercased()) } + others.pairs)
    }
}
