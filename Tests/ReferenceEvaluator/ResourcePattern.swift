/// One entry of `Resource` or `NotResource`.
struct ResourcePattern {
    /// The first five segments, as written: variables are literal text there (RES-10).
    private let head: [String]
    /// The sixth segment; nil where the pattern has fewer.
    private let tail: Template?
    private let isEverything: Bool

    init(_ text: String, variables: Bool) {
        isEverything = text == "*"
        // VAR-9: the pattern is split before anything is put in.
        let segments = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        head = segments.prefix(5).map(String.init)
        tail = segments.count == 6 ? Template(String(segments[5]), variables: variables) : nil
    }

    /// Whether the resource, an ARN or `*`, is covered.
    ///
    /// In identity policies and boundaries missing segments are completed by `*` (RES-5).
    func matches(_ resource: String, completing: Bool, context: RequestContext) -> Bool {
        if isEverything {
            return true
        }
        // RES-7: without a resource only "*" matches.
        if resource == "*" {
            return false
        }
        var pattern = Pattern()
        for (index, segment) in head.enumerated() {
            if index > 0 {
                pattern.append(literal: ":")
            }
            append(segment, to: &pattern)
        }
        if let tail {
            // VAR-7: an entry whose variable has no value matches nothing.
            guard let rest = tail.pattern(in: context) else {
                return false
            }
            pattern.append(literal: ":")
            pattern.pieces += rest.pieces
        } else if completing {
            for _ in head.count..<6 {
                pattern.append(literal: ":")
                pattern.append(wildcards: "*")
            }
        }
        return pattern.matches(resource)
    }

    /// RES-2: a final `*` of a segment may swallow colons, other wildcards may not.
    private func append(_ segment: String, to pattern: inout Pattern) {
        let scalars = Array(segment.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "*":
                pattern.pieces.append(.many(crossesColons: index == scalars.count - 1))
            case "?":
                pattern.pieces.append(.one(crossesColons: false))
            default:
                pattern.pieces.append(.literal(scalar))
            }
        }
    }
}
