extension Condition {
    /// Whether the condition compares something with the value of a key.
    package func usesAsVariable(_ key: ConditionKey) -> Bool {
        operands.contains { $0.variables.contains(key) }
    }

    /// Whether one value of the key meets the condition's operands.
    package func meets(_ text: String, in context: RequestContext) -> Bool {
        var context = context
        let isSet = `operator`.quantifier != nil
        context[key] = isSet ? .set([text]) : .single(text)
        return holds(in: context)
    }

    /// Values of a variable with which operands fit a known value of the condition's key; nil where
    /// they cannot all be found.
    package func values(
        of variable: ConditionKey,
        fitting value: String,
        in context: RequestContext
    ) -> [String]? {
        var found: [String] = []
        for operand in operands where operand.variables.contains(variable) {
            guard let values = operand.values(of: variable, fitting: value, in: context) else {
                return nil
            }
            found += values
        }
        return found
    }
}

/// The place of a variable in a text: what must stand before it and behind it.
struct VariableSlot {
    let before: Wildcard
    let behind: Wildcard

    /// More values than these are not looked at, nor longer texts.
    private static let valueLimit = 64
    private static let lengthLimit = 1_024

    /// Every text that fills the slot so that the whole is the given one; nil where that is more
    /// than is looked at.
    func values(filling text: String) -> [String]? {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.lengthLimit else { return nil }
        func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        let places = 0...bytes.count
        let starts = places.filter { before.matches(part(0..<$0)) }
        let ends = places.filter { behind.matches(part($0..<bytes.count)) }
        var seen: Set<String> = []
        var values: [String] = []
        for start in starts {
            for end in ends where end >= start {
                let value = part(start..<end)
                guard seen.insert(value).inserted else { continue }
                values.append(value)
                if values.count > Self.valueLimit { return nil }
            }
        }
        return values
    }
}

extension TextTemplate {
    /// The slot of a variable that stands there once; nil for other variables without a value.
    func slot(of variable: ConditionKey, in context: RequestContext) -> VariableSlot? {
        let places = pieces.indices.filter {
            if case .variable(variable, _) = pieces[$0] { true } else { false }
        }
        guard places.count == 1,
            let before = TextTemplate(Array(pieces[..<places[0]])).expanded(in: context),
            let behind = TextTemplate(Array(pieces[(places[0] + 1)...])).expanded(in: context)
        else { return nil }
        return VariableSlot(before: before, behind: behind)
    }
}
