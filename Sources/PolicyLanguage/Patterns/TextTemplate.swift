/// Text of a policy that may hold wildcards and policy variables.
///
/// `${key}` and `${key, 'default'}` are variables, `${*}`, `${?}` and `${$}` the characters
/// themselves. Source: IAM User Guide, "IAM policy elements: Variables and tags" (VAR-1…5).
package struct TextTemplate: Sendable, Hashable {
    package enum Piece: Sendable, Hashable {
        /// Bytes that must stand there as they are.
        case literal([UInt8])
        /// `*`: any run of characters, also an empty one.
        case anyRun
        /// `?`: exactly one character.
        case anyCharacter
        case variable(ConditionKey, default: String?)
    }

    package let pieces: [Piece]
    /// The text as written.
    package let text: String

    /// What a template makes of `*` and `?`.
    package enum Wildcards: Sendable {
        case active
        case literal
    }

    /// What a template makes of `${…}`; under Version 2008-10-17 it is plain text (GRAM-3).
    package enum Variables: Sendable {
        case expanded
        case literal
    }

    package init(_ text: String, wildcards: Wildcards, variables: Variables) {
        self.text = text
        var builder = TemplateBuilder()
        let bytes = Array(text.utf8)
        var finder = VariableFinder(bytes)
        var offset = 0
        while offset < bytes.count {
            if variables == .expanded, let reference = finder.reference(at: offset) {
                builder.append(reference.piece)
                offset = reference.end
                continue
            }
            switch bytes[offset] {
            case UInt8(ascii: "*") where wildcards == .active: builder.append(.anyRun)
            case UInt8(ascii: "?") where wildcards == .active: builder.append(.anyCharacter)
            case let byte: builder.append(byte)
            }
            offset += 1
        }
        pieces = builder.finished()
    }

    private init(pieces: [Piece], text: String) {
        self.pieces = pieces
        self.text = text
    }

    /// Part of another template.
    init(_ pieces: [Piece]) {
        self.init(pieces: pieces, text: "")
    }
}

extension TextTemplate {
    /// The keys whose values the template needs.
    package var variables: [ConditionKey] {
        pieces.compactMap { if case .variable(let key, _) = $0 { key } else { nil } }
    }

    /// The template with its own letters in lower case.
    var ignoringCase: TextTemplate {
        TextTemplate(
            pieces.map { piece in
                guard case .literal(let bytes) = piece else { return piece }
                return .literal(Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8))
            }
        )
    }

    package var hasWildcards: Bool { pieces.contains(.anyRun) || pieces.contains(.anyCharacter) }

    /// The template cut at its first colons; variables are never cut (VAR-9).
    package func split(atColons count: Int) -> [TextTemplate] {
        var parts: [[Piece]] = [[]]
        for piece in pieces {
            guard case .literal(let bytes) = piece else {
                parts[parts.count - 1].append(piece)
                continue
            }
            var rest = bytes[...]
            while parts.count <= count, let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
                parts[parts.count - 1].append(.literal(Array(rest[..<colon])))
                parts.append([])
                rest = rest[(colon + 1)...]
            }
            if !rest.isEmpty { parts[parts.count - 1].append(.literal(Array(rest))) }
        }
        return parts.map { TextTemplate(pieces: $0, text: "") }
    }

    /// Whether the template, with values put in, covers the whole of a text.
    ///
    /// - Complexity: values are put in only if the result can be as short as the text, so that a
    ///   variable a thousand times in a template with a long value costs no more than the text.
    package func covers(_ text: String, in context: RequestContext) -> Bool {
        guard let least = leastLength(in: context), least <= text.utf8.count else { return false }
        return expanded(in: context)?.matches(text) ?? false
    }

    /// The length in bytes of the shortest text the template covers; nil when a variable has
    /// neither value nor default.
    private func leastLength(in context: RequestContext) -> Int? {
        var length = 0
        for piece in pieces {
            switch piece {
            case .literal(let bytes): length += bytes.count
            case .anyRun: continue
            case .anyCharacter: length += 1
            case .variable(let key, let fallback):
                guard let value = context.single(key) ?? fallback else { return nil }
                length += value.utf8.count
            }
        }
        return length
    }

    /// Whether a template without wildcards stands for a text, whatever the case of letters.
    package func equalsIgnoringCase(_ text: String, in context: RequestContext) -> Bool {
        let wanted = text.lowercased()
        // A letter in lower case is at most three times shorter, as the Kelvin sign is.
        guard let least = leastLength(in: context), least <= wanted.utf8.count * 3 else {
            return false
        }
        return self.text(in: context)?.lowercased().utf8.elementsEqual(wanted.utf8) ?? false
    }

    /// The template with values put in; nil when a variable has neither value nor default (VAR-6).
    ///
    /// What is put in is literal: a `*` in a tag's value is no wildcard (VAR-8).
    package func expanded(in context: RequestContext) -> Wildcard? {
        var tokens: [Wildcard.Token] = []
        for piece in pieces {
            switch piece {
            case .literal(let bytes): tokens += bytes.map { .byte($0) }
            case .anyRun: tokens.append(.run)
            case .anyCharacter: tokens.append(.character)
            case .variable(let key, let fallback):
                guard let value = context.single(key) ?? fallback else { return nil }
                tokens += value.utf8.map { .byte($0) }
            }
        }
        return Wildcard(tokens)
    }

    /// The expanded text of a template without wildcards.
    package func text(in context: RequestContext) -> String? {
        var bytes: [UInt8] = []
        for piece in pieces {
            switch piece {
            case .literal(let literal): bytes += literal
            case .anyRun: bytes.append(UInt8(ascii: "*"))
            case .anyCharacter: bytes.append(UInt8(ascii: "?"))
            case .variable(let key, let fallback):
                guard let value = context.single(key) ?? fallback else { return nil }
                bytes += Array(value.utf8)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Joins neighbouring literal bytes into one piece.
private struct TemplateBuilder {
    private var pieces: [TextTemplate.Piece] = []
    private var literal: [UInt8] = []

    mutating func append(_ byte: UInt8) {
        literal.append(byte)
    }

    mutating func append(_ piece: TextTemplate.Piece) {
        if case .literal(let bytes) = piece {
            literal += bytes
            return
        }
        flush()
        // Two runs in a row match what one does.
        if piece == .anyRun, pieces.last == .anyRun { return }
        pieces.append(piece)
    }

    private mutating func flush() {
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        literal = []
    }

    mutating func finished() -> [TextTemplate.Piece] {
        flush()
        return pieces
    }
}
