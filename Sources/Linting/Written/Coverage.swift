import JSONSource
import PolicyLanguage

extension WrittenStatement {
    /// Whether every request that the other statement covers is covered by this one as well.
    ///
    /// False where that cannot be said, as with negated elements.
    package func covers(_ other: WrittenStatement) -> Bool {
        Self.covers(actions, other.actions) && Self.covers(resources, other.resources)
            && coversPrincipals(of: other)
            && conditions.allSatisfy { condition in
                other.conditions.contains { $0.isSame(as: condition) }
            }
    }

    private static func covers(_ mine: Element?, _ theirs: Element?) -> Bool {
        guard let mine, let theirs else { return mine == nil && theirs == nil }
        guard !mine.isNegated, !theirs.isNegated, !theirs.entries.isEmpty else { return false }
        // What a variable will hold is not known, but the same variable holds the same.
        let usable = zip(mine.entries, mine.globs)
            .filter { !$0.0.hasVariable || theirs.hasEntry($0.0.text) }.map(\.1)
        return theirs.globs.allSatisfy { wanted in usable.contains { $0.covers(wanted) } }
    }

    private func coversPrincipals(of other: WrittenStatement) -> Bool {
        guard let mine = principals, let theirs = other.principals else {
            return principals == nil && other.principals == nil
        }
        guard !mine.isNegated, !theirs.isNegated, !theirs.entries.isEmpty else { return false }
        if mine.everyone != nil { return true }
        return theirs.entries.allSatisfy { entry in
            mine.entries.contains { $0.kind == entry.kind && $0.text.text == entry.text.text }
        }
    }
}

extension WrittenStatement.Element {
    fileprivate func hasEntry(_ text: String) -> Bool { entries.contains { $0.text == text } }
}

extension WrittenCondition {
    /// Whether two conditions ask for the same.
    package func isSame(as other: WrittenCondition) -> Bool {
        guard let form = `operator`, form == other.operator, canonicalKey == other.canonicalKey
        else { return false }
        return Set(values.map(\.text)) == Set(other.values.map(\.text))
    }
}
