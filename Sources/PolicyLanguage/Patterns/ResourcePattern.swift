import JSONSource

/// One entry of `Resource` or `NotResource`.
///
/// Source: IAM User Guide, "IAM JSON policy elements: Resource" (RES-1…6, RES-10).
package struct ResourcePattern: Sendable, Hashable {
    package let text: String
    /// `*` alone, the only pattern that covers an action without a resource (RES-7).
    package let isEverything: Bool
    /// Fewer than six parts: completed in identity policies, matches nothing elsewhere (RES-5).
    package let isIncomplete: Bool
    private let content: Content

    /// Most patterns hold no variable, and there are as many of them as there are resources.
    private enum Content: Sendable, Hashable {
        case fixed(Wildcard)
        case variable([Token])
    }

    package enum Token: Sendable, Hashable {
        case wildcard(Wildcard.Token)
        case variable(ConditionKey, default: String?)
    }

    /// Whether missing parts of an ARN count as `*` (identity policies) or are taken as written.
    package enum Completion: Sendable {
        case completed
        case asWritten
    }

    package init(_ text: String, variables: TextTemplate.Variables, completion: Completion) {
        self.text = text
        isEverything = !text.isEmpty && text.utf8.allSatisfy { $0 == UInt8(ascii: "*") }
        let colons = text.utf8.reduce(0) { $1 == UInt8(ascii: ":") ? $0 + 1 : $0 }
        isIncomplete = colons < 5 && !isEverything
        let missing = isIncomplete && completion == .completed ? 5 - colons : 0
        if variables == .literal || !text.utf8.contains(UInt8(ascii: "$")) {
            content = .fixed(Self.fixed(text, missing: missing))
            return
        }
        var parts = text.parts(at: ":", maxSplits: 5).map(String.init)
        parts += [String](repeating: "*", count: missing)
        var tokens: [Token] = []
        for (index, part) in parts.enumerated() {
            if index > 0 { tokens.append(.wildcard(.byte(UInt8(ascii: ":")))) }
            tokens += index < 5 ? Self.head(part) : Self.tail(part, variables)
        }
        var plain: [Wildcard.Token] = []
        for case .wildcard(let token) in tokens { plain.append(token) }
        content = plain.count == tokens.count ? .fixed(Wildcard(plain)) : .variable(tokens)
    }

    /// The pattern piece by piece, missing parts completed.
    package var tokens: [Token] {
        switch content {
        case .fixed(let wildcard): wildcard.tokens.map { .wildcard($0) }
        case .variable(let tokens): tokens
        }
    }

    /// As above for a pattern without variables; nil for one that has some.
    package var fixedTokens: [Wildcard.Token]? {
        if case .fixed(let wildcard) = content { wildcard.tokens } else { nil }
    }

    /// What ``head(_:)`` and ``tail(_:_:)`` make of a text without variables.
    ///
    /// PERF: the resources of an organization, each in a policy of its own.
    private static func fixed(_ text: String, missing: Int) -> Wildcard {
        var tokens: [Wildcard.Token] = []
        tokens.reserveCapacity(text.utf8.count + missing * 2)
        var text = text
        text.withUTF8 { bytes in
            var part = 0
            for place in bytes.indices {
                let byte = bytes[place]
                switch byte {
                case UInt8(ascii: "*"):
                    let isLast =
                        place + 1 == bytes.count || bytes[place + 1] == UInt8(ascii: ":")
                    tokens.append(part == 5 || isLast ? .run : .runInSegment)
                case UInt8(ascii: "?"):
                    tokens.append(part == 5 ? .character : .characterInSegment)
                default:
                    tokens.append(.byte(byte))
                    if byte == UInt8(ascii: ":"), part < 5 { part += 1 }
                }
            }
        }
        for _ in 0..<missing { tokens += [.byte(UInt8(ascii: ":")), .run] }
        return Wildcard(tokens)
    }

    /// One of the first five parts: a final `*` may run on across colons, nothing else may
    /// (RES-2); variables are not expanded here (RES-10).
    private static func head(_ part: String) -> [Token] {
        let bytes = Array(part.utf8)
        return bytes.enumerated().map { index, byte in
            switch byte {
            case UInt8(ascii: "*"):
                .wildcard(index == bytes.count - 1 ? .run : .runInSegment)
            case UInt8(ascii: "?"): .wildcard(.characterInSegment)
            default: .wildcard(.byte(byte))
            }
        }
    }

    private static func tail(_ part: String, _ variables: TextTemplate.Variables) -> [Token] {
        TextTemplate(part, wildcards: .active, variables: variables).pieces.flatMap {
            piece -> [Token] in
            switch piece {
            case .literal(let bytes): bytes.map { .wildcard(.byte($0)) }
            case .anyRun: [.wildcard(.run)]
            case .anyCharacter: [.wildcard(.character)]
            case .variable(let key, let fallback): [.variable(key, default: fallback)]
            }
        }
    }
}

extension ResourcePattern {
    /// The keys whose values the pattern needs.
    package var variables: [ConditionKey] {
        guard case .variable(let tokens) = content else { return [] }
        return tokens.compactMap { if case .variable(let key, _) = $0 { key } else { nil } }
    }

    /// The pattern's variables with what stands in their place.
    package func putIn(from context: RequestContext) -> [PutInValue] {
        guard case .variable(let tokens) = content else { return [] }
        return tokens.compactMap { token in
            guard case .variable(let key, let fallback) = token else { return nil }
            return PutInValue(variable: key, value: context.single(key) ?? fallback)
        }
    }

    /// Whether the pattern covers a resource; false when a variable has no value (VAR-7).
    package func matches(_ resource: RequestedResource, in context: RequestContext) -> Bool {
        if isEverything { return true }
        switch resource {
        case .none: return false
        case .named(let text):
            return
                wildcard(in: context, forAtMost: text.utf8.count)?.matches(text) ?? false
        }
    }

    /// Values of a variable with which the pattern covers a resource; nil where they cannot all be
    /// found, as with two variables that have no value.
    package func values(
        of variable: ConditionKey,
        covering text: String,
        in context: RequestContext
    ) -> [String]? {
        let places = tokens.indices.filter {
            if case .variable(variable, _) = tokens[$0] { true } else { false }
        }
        guard let place = places.first else { return [] }
        guard places.count == 1, let before = Self.wildcard(tokens[..<place], in: context),
            let behind = Self.wildcard(tokens[(place + 1)...], in: context)
        else { return nil }
        return VariableSlot(before: before, behind: behind).values(filling: text)
    }

    private static func wildcard(
        _ tokens: ArraySlice<Token>,
        in context: RequestContext
    ) -> Wildcard? {
        var expanded: [Wildcard.Token] = []
        for token in tokens {
            switch token {
            case .wildcard(let token): expanded.append(token)
            case .variable(let key, let fallback):
                guard let value = context.single(key) ?? fallback else { return nil }
                expanded += value.utf8.map { .byte($0) }
            }
        }
        return Wildcard(expanded)
    }

    /// The pattern with values put in; nil when one is missing, or when they are together longer
    /// than the text to be covered: a variable a thousand times must not cost a thousand values.
    private func wildcard(in context: RequestContext, forAtMost length: Int) -> Wildcard? {
        switch content {
        case .fixed(let wildcard): return wildcard
        case .variable(let tokens):
            var expanded: [Wildcard.Token] = []
            var left = length
            for token in tokens {
                switch token {
                case .wildcard(let token): expanded.append(token)
                case .variable(let key, let fallback):
                    guard let value = context.single(key) ?? fallback else { return nil }
                    left -= value.utf8.count
                    guard left >= 0 else { return nil }
                    expanded += value.utf8.map { .byte($0) }
                }
            }
            return Wildcard(expanded)
        }
    }
}

/// What a request is about, as `Resource` patterns see it.
package enum RequestedResource: Sendable, Hashable {
    /// The action works on no particular resource; only `*` covers it.
    case none
    /// The text that patterns are compared with, normally an ARN.
    case named(String)
}
