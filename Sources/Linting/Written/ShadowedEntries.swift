import JSONSource
import PolicyLanguage

extension WrittenStatement.Element {
    /// Entries that a wildcard of the same list covers; equal ones are another check's.
    func shadowedEntries(ignoringCase: Bool) -> [Remark] {
        func form(_ entry: SourceString) -> String {
            ignoringCase ? entry.text.lowercased() : entry.text
        }
        let all = zip(entries, globs)
        let wide = all.filter { $0.0.hasWildcard && !$0.0.hasVariable }.prefix(100)
            .map { (entry: $0, glob: $1) }
        guard !wide.isEmpty else { return [] }
        return all.compactMap { entry, glob in
            let cover = wide.first {
                $0.glob.covers(glob) && form($0.entry) != form(entry)
                    // Of two patterns for the same the first one stands.
                    && !(glob.covers($0.glob) && entry.span.start < $0.entry.span.start)
            }
            return cover.map {
                Remark("'\($0.entry.text)' covers '\(entry.text)' already", at: entry.span)
                    .noting("which stands here", at: $0.entry.span)
            }
        }
    }
}
