import ServiceCatalog

/// An ARN with wildcards, part by part: an entry of `Resource`, or a format of the catalog such as
/// `arn:${Partition}:s3:::${BucketName}`.
struct ARNGlob: Sendable {
    /// Up to six.
    private let parts: [Glob]
    /// How many parts stand before one that ends in `*` and so may run on across colons (RES-2).
    private let bound: Int

    init(pattern text: String) {
        let texts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        parts = texts.map { Glob(String($0)) }
        bound = texts.prefix(5).firstIndex { $0.hasSuffix("*") } ?? texts.count
    }

    private init(format text: String) {
        let texts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        parts = texts.map { Glob(formatPart: $0) }
        bound = texts.count
    }

    static func formats(of type: CatalogResourceType) -> [ARNGlob] {
        type.arnFormats.map { ARNGlob(format: $0) }
    }

    /// Whether the pattern can cover an ARN of the format; parts that it leaves out count as `*`,
    /// as identity policies take them (RES-5).
    func meets(_ format: ARNGlob) -> Bool {
        zip(parts.prefix(bound), format.parts).allSatisfy { $0.meets($1) }
    }
}

/// What a set of actions works on, made ready to be compared with many patterns.
struct ResourceReach: Sendable {
    private let formats: [ARNGlob]

    init(_ actions: [CatalogAction]) {
        // Actions of a service share its few types.
        var seen: Set<String> = []
        formats = actions.flatMap { action in
            action.types.filter { seen.insert("\(action.service.prefix) \($0.name)").inserted }
        }.flatMap { ARNGlob.formats(of: $0) }
    }

    /// Whether a pattern of `Resource` can cover something one of the actions works on.
    func meets(_ pattern: String) -> Bool {
        if Glob.isEverything(pattern) { return true }
        let pattern = ARNGlob(pattern: pattern)
        return formats.contains { pattern.meets($0) }
    }
}
