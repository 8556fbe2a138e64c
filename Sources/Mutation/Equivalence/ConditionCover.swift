import PolicyLanguage

/// What a condition says, in one of several ways of writing it.
struct PlainCondition: Hashable {
    let base: ConditionOperator.Base
    let quantifier: ConditionOperator.Quantifier?
    let ifExists: Bool
    let key: ConditionKey
    let texts: Set<String>

    /// `isPresent` says that every request carries the key.
    init(_ condition: Condition, isPresent: Bool) {
        let written = condition.operator
        // ArnEquals and ArnLike behave alike, and so do their opposites (COND-30).
        switch written.base {
        case .arnEquals: base = .arnLike
        case .arnNotEquals: base = .arnNotLike
        default: base = written.base
        }
        quantifier = written.quantifier
        key = condition.key
        // An absent key fulfils a negated operator and ForAllValues anyway (COND-8, COND-10).
        let isFulfilled =
            quantifier == .forAllValues || quantifier == nil && written.base.isNegated
        ifExists = written.ifExists && !isFulfilled && !isPresent
        texts = Set(condition.operands.map(\.text))
    }
}

extension PlainCondition {
    /// Whether this holds wherever the other does, whatever the request.
    func isWeaker(than other: PlainCondition) -> Bool {
        if self == other { return true }
        guard base == other.base, quantifier == other.quantifier, key == other.key,
            ifExists || !other.ifExists, base != .null
        else { return false }
        return base.isNegated
            ? texts.allSatisfy { own in other.texts.contains { covers($0, own) } }
            : other.texts.allSatisfy { text in texts.contains { covers($0, text) } }
    }

    /// Whether a value that one operand fits fits another one too.
    private func covers(_ wide: String, _ narrow: String) -> Bool {
        if wide == narrow { return true }
        switch base {
        case .stringLike, .stringNotLike: return PatternCover.covers(wide, narrow, colons: 0)
        case .arnLike, .arnNotLike: return PatternCover.covers(wide, narrow, colons: 5)
        default: return false
        }
    }
}

/// Patterns that fit all that other ones do.
enum PatternCover {
    /// Whether one is a beginning of the other with `*` behind it.
    ///
    /// So many colons must stand in the beginning: before them `*` stops at a colon.
    static func covers(_ wide: String, _ narrow: String, colons: Int) -> Bool {
        guard wide.hasSuffix("*"), !wide.contains("${"), !wide.contains("?") else { return false }
        let beginning = wide.dropLast()
        // Behind a `$` a brace begins a variable, which is other text than it is written with.
        guard !beginning.contains("*"), !beginning.hasSuffix("$") else { return false }
        return beginning.utf8.count { $0 == UInt8(ascii: ":") } >= colons
            && narrow.utf8.starts(with: beginning.utf8)
    }
}
