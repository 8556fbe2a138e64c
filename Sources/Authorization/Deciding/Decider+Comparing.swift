import PolicyLanguage

// What follows runs for every statement of every decision.
extension Decider {
    /// Whether a statement that covers the action applies, all of its keys being known.
    @inline(__always)
    mutating func applies(_ statement: StatementProgram, _ request: PreparedRequest) -> Bool {
        if statement.restrictsResources, !covers(statement, request) { return false }
        var place = statement.conditions.start
        while place != statement.conditions.end {
            if !holds(place, request) { return false }
            place &+= 1
        }
        return true
    }

    /// Whether `Resource` or `NotResource` covers what is requested (RES-8, VAR-7).
    @inline(__always)
    mutating func covers(_ statement: StatementProgram, _ request: PreparedRequest) -> Bool {
        var place = statement.resources.start
        while place != statement.resources.end {
            let pattern = programs.patterns.all[place]
            let isCovered =
                switch pattern.kind {
                case .everything: true
                case .template:
                    request.resource != 0 && fits(pattern, request, request.resource)
                default:
                    request.resource != 0
                        && programs.patterns.covers(
                            pattern,
                            symbols.text(request.resource),
                            symbol: request.resource
                        )
                }
            if isCovered { return !statement.exemptsResources }
            place &+= 1
        }
        return statement.exemptsResources
    }

    /// Whether a condition holds (semantics 2.1 and the table 2.2).
    @inline(__always)
    mutating func holds(_ place: UInt32, _ request: PreparedRequest) -> Bool {
        let condition = programs.conditions[place]
        let value = slot(condition.slot, request)
        if value < Symbols.first {
            if condition.test == .null { return condition.first }
            return switch condition.quantifier {
            case .all: true
            case .any: condition.isIfExists
            case .none: condition.isIfExists || condition.isNegated
            }
        }
        if value >= Slot.set || condition.quantifier != .none || condition.test == .null {
            return holds(place, condition, among: value, request)
        }
        return holds(place, condition, for: value, request)
    }

    /// As above for sets, and for set operators.
    private mutating func holds(
        _ place: UInt32,
        _ condition: ConditionProgram,
        among value: UInt32,
        _ request: PreparedRequest
    ) -> Bool {
        let isSet = value >= Slot.set
        let set =
            isSet
            ? sets[value & ~Slot.set]
            : ValueSet(elements: Run(), isEmpty: value == texts.empty)
        if condition.test == .null {
            return isSet && set.isEmpty ? condition.first : condition.second
        }
        switch condition.quantifier {
        // A set without a set operator never matches, whatever the operator (COND-12).
        case .none: return false
        case .all:
            if set.isEmpty { return true }
            guard isSet else { return holds(place, condition, for: value, request) }
            for element in set.elements.start..<set.elements.end
            where !holds(place, condition, for: elements[element], request) {
                return false
            }
            return true
        case .any:
            if set.isEmpty { return false }
            guard isSet else { return holds(place, condition, for: value, request) }
            for element in set.elements.start..<set.elements.end
            where holds(place, condition, for: elements[element], request) {
                return true
            }
            return false
        }
    }

    /// One value against all operands: any may match, or for a negated operator none (COND-2).
    @inline(__always)
    private mutating func holds(
        _ place: UInt32,
        _ condition: ConditionProgram,
        for value: Symbol,
        _ request: PreparedRequest
    ) -> Bool {
        switch condition.test {
        case .text: return contains(condition.operands, value) != condition.isNegated
        case .lowercased:
            return contains(condition.operands, symbols.lowercased(value)) != condition.isNegated
        case .pattern: return fits(anyOf: condition.operands, value, request) != condition.isNegated
        case .arn: return isARN(value, condition, request) != condition.isNegated
        case .boolean:
            let lower = symbols.lowercased(value)
            return lower == texts.true && condition.first
                || lower == texts.false && condition.second
        case .value: return holdsOnce(place, for: value)
        case .variables: return holdsWithVariables(place, for: value, request)
        case .null: return false
        }
    }

    @inline(__always)
    private func contains(_ run: Run, _ symbol: Symbol) -> Bool {
        // Operands are sorted; a handful is soonest looked through.
        if run.count <= 8 {
            var place = run.start
            while place != run.end {
                if programs.operands[place] == symbol { return true }
                place &+= 1
            }
            return false
        }
        var (low, high) = (run.start, run.end)
        while low < high {
            let middle = low &+ (high &- low) / 2
            if programs.operands[middle] < symbol { low = middle &+ 1 } else { high = middle }
        }
        return low < run.end && programs.operands[low] == symbol
    }

    @inline(__always)
    private mutating func fits(
        anyOf run: Run,
        _ value: Symbol,
        _ request: PreparedRequest
    ) -> Bool {
        var place = run.start
        while place != run.end {
            if fits(programs.patterns.all[place], request, value) { return true }
            place &+= 1
        }
        return false
    }

    @inline(__always)
    private mutating func fits(
        _ pattern: Pattern,
        _ request: PreparedRequest,
        _ value: Symbol
    ) -> Bool {
        if pattern.kind == .template {
            return covers(template: pattern, value, 0..<symbols.text(value).count, request)
        }
        return programs.patterns.covers(pattern, symbols.text(value), symbol: value)
    }
}

// ARNs, part by part (COND-30, COND-31).
extension Decider {
    private mutating func isARN(
        _ value: Symbol,
        _ condition: ConditionProgram,
        _ request: PreparedRequest
    ) -> Bool {
        let parts = symbols.arnParts(value)
        guard parts.isARN else { return false }
        if condition.first, parts.isWhole(symbols.text(value).count) { return true }
        var place = condition.operands.start
        while place != condition.operands.end {
            if fitsParts(place, value, parts, request) { return true }
            place &+= 6
        }
        return false
    }

    /// The later parts tell most ARNs apart.
    private mutating func fitsParts(
        _ place: UInt32,
        _ value: Symbol,
        _ parts: Symbols.ARNParts,
        _ request: PreparedRequest
    ) -> Bool {
        for part in (UInt32(0)..<6).reversed() {
            let pattern = programs.patterns.all[place &+ part]
            if pattern.kind == .template {
                let range = parts.range(of: part, in: symbols.text(value).count)
                guard covers(template: pattern, value, range, request) else { return false }
            } else {
                let text = parts.part(part, of: symbols.text(value))
                guard programs.patterns.covers(pattern, part: text, symbols) else { return false }
            }
        }
        return true
    }
}

extension Symbols.ARNParts {
    /// Where one of the six parts stands in a text of so many bytes.
    @inline(__always)
    func range(of number: UInt32, in count: Int) -> Range<Int> {
        let (start, end): (UInt32, UInt32) =
            switch number {
            case 0: (0, colons.0)
            case 1: (colons.0 &+ 1, colons.1)
            case 2: (colons.1 &+ 1, colons.2)
            case 3: (colons.2 &+ 1, colons.3)
            case 4: (colons.3 &+ 1, colons.4)
            default: (colons.4 &+ 1, UInt32(count))
            }
        return Int(start)..<Int(end)
    }

    /// One of the six parts of the text they were found in.
    @inline(__always)
    func part(_ number: UInt32, of text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: text[range(of: number, in: text.count)])
    }

    /// Whether partition, service and resource are not empty.
    func isWhole(_ count: Int) -> Bool {
        colons.1 > colons.0 + 1 && colons.2 > colons.1 + 1 && count > Int(colons.4) + 1
    }
}

// Policy variables.
extension Decider {
    /// Whether a template with its values put in covers a part of a text; it does not where a value
    /// is missing (VAR-6).
    ///
    /// What is put in is literal: a `*` in a tag's value is no wildcard (VAR-8). Most templates have
    /// no wildcards, or one at their end, or differ from the text before the first: these are
    /// compared piece by piece, the others filled in.
    private mutating func covers(
        template pattern: Pattern,
        _ symbol: Symbol,
        _ range: Range<Int>,
        _ request: PreparedRequest
    ) -> Bool {
        var offset = range.lowerBound
        for place in pattern.run.start..<pattern.run.end {
            let piece = programs.patterns.pieces[place]
            if piece.slot == 0 {
                let bytes = programs.patterns.text(piece.bytes)
                let text = symbols.text(symbol)
                for (number, byte) in bytes.enumerated() {
                    if byte >= WildcardByte.characterInSegment {
                        let isLast = place + 1 == pattern.run.end && number + 1 == bytes.count
                        if isLast, byte == WildcardByte.run { return true }
                        return covers(filling: pattern, symbol, range, request)
                    }
                    guard offset < range.upperBound, text[offset] == byte else { return false }
                    offset &+= 1
                }
            } else {
                guard let value = value(for: piece, request) else { return false }
                // Looking it up may have moved the texts.
                let (bytes, text) = (symbols.text(value), symbols.text(symbol))
                guard bytes.count <= range.upperBound &- offset,
                    Bytes.begin(UnsafeBufferPointer(rebasing: text[offset...]), bytes)
                else { return false }
                offset &+= bytes.count
            }
        }
        return offset == range.upperBound
    }

    private mutating func covers(
        filling pattern: Pattern,
        _ symbol: Symbol,
        _ range: Range<Int>,
        _ request: PreparedRequest
    ) -> Bool {
        guard fill(pattern, request, atMost: range.count) else { return false }
        let text = UnsafeBufferPointer(rebasing: symbols.text(symbol)[range])
        return programs.patterns.expansionCovers(text)
    }

    /// What is put in for a variable; nil where nothing is known for it.
    private mutating func value(for piece: TemplatePiece, _ request: PreparedRequest) -> Symbol? {
        let value = slot(piece.slot, request)
        if value >= Symbols.first, value < Slot.set { return value }
        return piece.fallback != 0 && value != Slot.open ? piece.fallback : nil
    }

    /// Puts values into a template; false where one is missing, or where they are together longer
    /// than the text to be covered: a variable a thousand times must not cost a thousand values.
    private mutating func fill(
        _ pattern: Pattern,
        _ request: PreparedRequest,
        atMost length: Int
    ) -> Bool {
        programs.patterns.expanded.removeAll()
        var left = length
        for place in pattern.run.start..<pattern.run.end {
            let piece = programs.patterns.pieces[place]
            if piece.slot == 0 {
                programs.patterns.expand(piece.bytes)
                continue
            }
            guard let value = value(for: piece, request) else { return false }
            let text = symbols.text(value)
            left -= text.count
            guard left >= 0 else { return false }
            programs.patterns.expanded.append(contentsOf: text)
        }
        return true
    }
}

extension Patterns {
    mutating func expand(_ run: Run) {
        expanded.append(contentsOf: text(run))
    }

    /// Whether the template filled in last covers a text.
    func expansionCovers(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let pattern = UnsafeBufferPointer(start: expanded.pointer(at: 0), count: expanded.count)
        return Self.covers(filledIn: pattern, text)
    }
}

// Operators on numbers, dates, addresses and bytes.
extension Decider {
    private mutating func holdsOnce(_ place: UInt32, for value: Symbol) -> Bool {
        if let known = comparisons[place, value] { return known == 1 }
        let holds = programs.sources[Int(place)].holds(
            for: symbols.string(value),
            in: RequestContext()
        )
        comparisons.insert(holds ? 1 : 0, place, value)
        return holds
    }

    private mutating func holdsWithVariables(
        _ place: UInt32,
        for value: Symbol,
        _ request: PreparedRequest
    ) -> Bool {
        let source = programs.sources[Int(place)]
        var context = RequestContext()
        let uses = programs.conditions[place].uses
        for use in uses.start..<uses.end {
            let slot = programs.uses[use].slot
            let found = self.slot(slot, request)
            if found >= Symbols.first, found < Slot.set {
                context[programs.keys.entries[Int(slot)].key] = .single(symbols.string(found))
            }
        }
        return source.holds(for: symbols.string(value), in: context)
    }
}
