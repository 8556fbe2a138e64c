import PolicyLanguage

/// The values of one unknown key that can make a difference to open questions.
struct KeyBranches {
    /// Nil stands for an absent key.
    let values: [ContextValue?]
    /// Whether every way in which the questions can come out together is among them.
    let areComplete: Bool
    /// How much was looked at to find them.
    let steps: Int

    /// More elements than these are not put together to sets of three and more.
    private static let elementLimit = 6

    init(
        of key: ConditionKey,
        holding kind: UnknownKeyKind,
        in questions: [OpenQuestion],
        _ filled: FilledContext
    ) {
        let conditions = questions.flatMap(\.conditions)
        let own = conditions.filter { $0.key == key }
        let telling = TellingValues(of: key, in: own, context: filled.context)
        let found = Self.extracted(key, questions, filled)
        let extracted = found.flatMap { $0 ?? [] }
        let isVariable = questions.contains { $0.usesAsVariable(key) }
        var texts = telling.texts + extracted
        if kind == .boolean {
            texts = ["true", "false"]
        } else if telling.asksForText || isVariable || texts.isEmpty {
            // Some value that nothing names.
            texts.append(Self.other(texts))
        }
        let isSet = kind == .multivalued
        // An empty text is no element.
        if isSet { texts.removeAll(where: \.isEmpty) }
        var seen: Set<String> = []
        texts = texts.filter { seen.insert($0).inserted }
        let mayBeAbsent = !Self.isAlwaysThere(key)
        if !isVariable {
            texts = Self.distinct(texts, for: own, filled.context, besides: mayBeAbsent && !isSet)
        }
        var values: [ContextValue?] = isSet ? Self.sets(of: texts) : texts.map { .single($0) }
        if mayBeAbsent { values.insert(nil, at: 0) }
        self.values = values
        steps = telling.steps
        areComplete =
            telling.isComplete && !found.contains(nil)
            && (!isSet || texts.count <= Self.elementLimit)
    }

    /// Values that variables would need to make patterns fit what is known; nil among them where
    /// some cannot be found.
    private static func extracted(
        _ key: ConditionKey,
        _ questions: [OpenQuestion],
        _ filled: FilledContext
    ) -> [[String]?] {
        questions.flatMap { question -> [[String]?] in
            switch question.kind {
            case .value(key, let text): return [[text]]
            case .value: return []
            case .variable(_, let element):
                return element.patterns.map {
                    $0.values(of: key, covering: question.requested, in: filled.context)
                }
            case .condition(let condition):
                guard condition.usesAsVariable(key) else { return [] }
                if filled.isOpen(condition.key) {
                    // Whatever the other key is compared with, this one may be as well.
                    let others = questions.flatMap(\.conditions).filter { $0.key == condition.key }
                    return [
                        TellingValues(of: condition.key, in: others, context: filled.context).texts
                    ]
                }
                let values = filled.context[condition.key]?.values ?? []
                return values.map { condition.values(of: key, fitting: $0, in: filled.context) }
            }
        }
    }

    private static func other(_ texts: [String]) -> String {
        var text = "other"
        while texts.contains(text) { text += "-other" }
        return text
    }

    /// One text for each way in which the conditions come out for it; none for the way in which
    /// they come out for an absent key, where that is tried as well.
    private static func distinct(
        _ texts: [String],
        for conditions: [Condition],
        _ context: RequestContext,
        besides isAbsenceTried: Bool
    ) -> [String] {
        var seen: Set<[Bool]> = []
        if isAbsenceTried { seen.insert(conditions.map { $0.holds(in: context) }) }
        return texts.filter { text in
            seen.insert(conditions.map { $0.meets(text, in: context) }).inserted
        }
    }

    /// Every set of a few elements; an empty one is as good as an absent key.
    private static func sets(of texts: [String]) -> [ContextValue] {
        guard texts.count <= elementLimit else {
            let pairs = texts.indices.flatMap { first in
                texts[(first + 1)...].map { ContextValue.set([texts[first], $0]) }
            }
            return texts.map { .set([$0]) } + pairs + [.set(texts)]
        }
        return (1..<(1 << texts.count)).map { bits in
            .set(texts.indices.filter { bits & (1 << $0) != 0 }.map { texts[$0] })
        }
    }

    /// Keys that every request carries.
    ///
    /// Source: IAM User Guide, "AWS global condition context keys" (availability of each key).
    private static func isAlwaysThere(_ key: ConditionKey) -> Bool {
        [
            "aws:currenttime", "aws:epochtime", "aws:requestedregion", "aws:securetransport",
            "aws:viaawsservice", "aws:principalaccount", "aws:principaltype", "aws:userid",
        ].contains(key.canonical)
    }
}
