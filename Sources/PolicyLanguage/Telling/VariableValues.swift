extension Condition {
    package enum Reading {
        case own
        case variable
    }

    /// Whether the condition compares a key, or compares something with its value.
    package func reads(_ key: ConditionKey, as reading: Reading) -> Bool {
        switch reading {
        case .own: self.key == key
        case .variable: operands.contains { $0.variables.contains(key) }
        }
    }

    /// Whether one value of the key meets the condition's operands.
    package func meets(_ text: String, in context: RequestContext) -> Bool {
        var context = context
        let isSet = `operator`.quantifier != nil
        context[key] = isSet ? .set([text]) : .single(text)
        return holds(in: context)
    }

    /// Values of a variable with which an operand fits a known value of the condition's key.
    package func values(
        of variable: ConditionKey,
        fitting value: String,
        in context: RequestContext
    ) -> [String] {
        operands.filter { $0.variables.contains(variable) }.flatMap { operand in
            value.pieces.filter { piece in
                var context = context
                context[variable] = .single(piece)
                return operand.compare(value, in: context) == .yes
            }
        }
    }
}

extension ResourcePattern {
    /// Values of a variable with which the pattern covers a resource.
    package func values(
        of variable: ConditionKey,
        covering text: String,
        in context: RequestContext
    ) -> [String] {
        guard variables.contains(variable) else { return [] }
        return text.pieces.filter { piece in
            var context = context
            context[variable] = .single(piece)
            return matches(.named(text), in: context)
        }
    }
}

extension String {
    /// Every run of characters between two of the marks that names are cut at, the whole included.
    ///
    /// A variable stands for such a piece in nearly every policy; others are not looked for.
    fileprivate var pieces: [String] {
        let bytes = Array(utf8)
        let marks = bytes.indices.filter { ":/-_.@=".utf8.contains(bytes[$0]) }
        let starts = [0] + marks.map { $0 + 1 }
        let ends = marks + [bytes.count]
        guard starts.count <= 64 else { return [self] }
        return starts.flatMap { start in
            ends.filter { $0 > start }.map { String(decoding: bytes[start..<$0], as: UTF8.self) }
        }
    }
}
