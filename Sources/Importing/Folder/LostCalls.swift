import JSONSource

/// Calls of one kind that are not in an export.
struct LostCalls {
    struct Kind: Hashable {
        let file: String
        let consequence: String

        /// Files of one name, of which some carry the id of something, are of one kind.
        init(_ path: String, _ consequence: String) {
            let parts = path.split(separator: "/")
            let isOfID = parts.last?.first?.isNumber == true
            file = String(parts.dropLast(isOfID ? 1 : 0).last ?? "")
            self.consequence = consequence
        }
    }

    /// The first in order.
    private(set) var path: String
    private(set) var span: SourceSpan
    private var paths: Set<String> = []

    init(path: String, span: SourceSpan) {
        self.path = path
        self.span = span
    }

    var others: Int { paths.count - 1 }

    mutating func note(_ path: String, at span: SourceSpan) {
        paths.insert(path)
        guard path < self.path else { return }
        self.path = path
        self.span = span
    }
}
