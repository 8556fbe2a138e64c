import PolicyLanguage

extension Programs {
    mutating func compileActions(
        of statement: Statement,
        into program: inout StatementProgram,
        _ symbols: inout Symbols
    ) {
        program.isDeny = statement.effect == .deny
        program.exemptsActions = statement.actions.isNegated
        program.actions = Run(start: UInt32(patterns.all.count))
        for pattern in statement.actions.patterns {
            patterns.all.append(known(pattern, &symbols))
            program.actions.count += 1
        }
    }

    /// A pattern of actions as it was compiled when its text was first met.
    private mutating func known(_ pattern: ActionPattern, _ symbols: inout Symbols) -> Pattern {
        let text = symbols.symbol(pattern.text)
        if let known = actionPatterns[text, 0] { return distinctActions[known] }
        let compiled = compile(pattern, &symbols)
        actionPatterns.insert(UInt32(distinctActions.count), text, 0)
        distinctActions.append(compiled)
        return compiled
    }

    mutating func compile(
        _ statement: Statement,
        into program: inout StatementProgram,
        _ symbols: inout Symbols
    ) {
        if let principal = statement.principal {
            program.hasPrincipal = true
            program.exemptsPrincipals = principal.isNegated
            program.principals = Run(start: UInt32(principals.count))
            for entry in principal.entries {
                principals.append(PrincipalProgram(entry, &symbols))
                program.principals.count += 1
            }
        }
        if let resources = statement.resources {
            program.exemptsResources = resources.isNegated
            program.restrictsResources =
                resources.isNegated || !resources.patterns.contains(where: \.isEverything)
            program.resourceVariables = store(
                uses: resources.patterns.flatMap(\.variables),
                &symbols
            )
            var compiled: [Pattern] = []
            for pattern in resources.patterns { compiled.append(compile(pattern, &symbols)) }
            program.resources = store(compiled)
        }
        var compiled: [ConditionProgram] = []
        for condition in statement.conditions {
            compiled.append(compile(condition, &symbols))
        }
        program.conditions = Run(start: UInt32(conditions.count), count: UInt32(compiled.count))
        for condition in compiled { conditions.append(condition) }
        sources += statement.conditions
    }

    private mutating func store(_ compiled: [Pattern]) -> Run {
        let start = UInt32(patterns.all.count)
        for pattern in compiled { patterns.all.append(pattern) }
        return Run(start: start, count: UInt32(compiled.count))
    }

    private mutating func store(uses keys: [ConditionKey], _ symbols: inout Symbols) -> Run {
        let start = UInt32(uses.count)
        for key in keys {
            uses.append(
                KeyUse(slot: self.keys.slot(key), spelling: symbols.symbol(key.description))
            )
        }
        return Run(start: start, count: UInt32(keys.count))
    }
}

// Patterns.
extension Programs {
    private mutating func compile(_ pattern: ActionPattern, _ symbols: inout Symbols) -> Pattern {
        if pattern.isEverything { return Pattern(kind: .everything) }
        return patterns.pattern(pattern.tokens.map { WildcardByte.byte(for: $0) }, &symbols)
    }

    private mutating func compile(_ pattern: ResourcePattern, _ symbols: inout Symbols) -> Pattern {
        if pattern.isEverything { return Pattern(kind: .everything) }
        if let fixed = pattern.fixedTokens {
            return patterns.pattern(fixed.map { WildcardByte.byte(for: $0) }, &symbols)
        }
        var made: [TemplatePiece] = []
        var rest = pattern.tokens[...]
        while let token = rest.first {
            if case .variable(let key, let fallback) = token {
                made.append(variable(key, fallback, &symbols))
                rest = rest.dropFirst()
                continue
            }
            let plain = rest.prefix { if case .variable = $0 { false } else { true } }
            made.append(literal(bytes(plain)))
            rest = rest.dropFirst(plain.count)
        }
        return template(made)
    }

    private func bytes(_ tokens: ArraySlice<ResourcePattern.Token>) -> [UInt8] {
        tokens.compactMap { token in
            if case .wildcard(let token) = token { WildcardByte.byte(for: token) } else { nil }
        }
    }

    private mutating func compile(_ template: TextTemplate, _ symbols: inout Symbols) -> Pattern {
        var made: [TemplatePiece] = []
        var plain: [UInt8] = []
        var hasVariables = false
        for piece in template.pieces {
            switch piece {
            case .literal(let bytes): plain += bytes
            case .anyRun: plain.append(WildcardByte.run)
            case .anyCharacter: plain.append(WildcardByte.character)
            case .variable(let key, let fallback):
                hasVariables = true
                if !plain.isEmpty { made.append(literal(plain)) }
                plain = []
                made.append(variable(key, fallback, &symbols))
            }
        }
        guard hasVariables else { return patterns.pattern(plain, &symbols) }
        if !plain.isEmpty { made.append(literal(plain)) }
        return self.template(made)
    }

    private mutating func literal(_ bytes: [UInt8]) -> TemplatePiece {
        let start = UInt32(patterns.bytes.count)
        bytes.withUnsafeBufferPointer { patterns.bytes.append(contentsOf: $0) }
        return TemplatePiece(bytes: Run(start: start, count: UInt32(bytes.count)))
    }

    private mutating func variable(
        _ key: ConditionKey,
        _ fallback: String?,
        _ symbols: inout Symbols
    ) -> TemplatePiece {
        var piece = TemplatePiece(slot: keys.slot(key))
        if let fallback { piece.fallback = symbols.symbol(fallback) }
        return piece
    }

    private mutating func template(_ pieces: [TemplatePiece]) -> Pattern {
        let start = UInt32(patterns.pieces.count)
        for piece in pieces { patterns.pieces.append(piece) }
        return Pattern(kind: .template, run: Run(start: start, count: UInt32(pieces.count)))
    }
}

// Conditions.
extension Programs {
    private mutating func compile(
        _ condition: Condition,
        _ symbols: inout Symbols
    ) -> ConditionProgram {
        var program = ConditionProgram(
            test: condition.operands.allSatisfy(\.variables.isEmpty) ? .value : .variables,
            quantifier: .init(condition.operator.quantifier),
            isNegated: condition.operator.base.isNegated,
            isIfExists: condition.operator.ifExists,
            slot: keys.slot(condition.key)
        )
        program.uses = store(uses: condition.keysRead, &symbols)
        switch condition.operator.base {
        case .null:
            program.test = .null
            program.first = condition.operands.contains { $0.asksForAbsence == true }
            program.second = condition.operands.contains { $0.asksForAbsence == false }
        case .stringEquals, .stringNotEquals, .stringLike, .stringNotLike:
            compileTexts(condition, into: &program, &symbols)
        case .stringEqualsIgnoreCase where program.test == .value,
            .stringNotEqualsIgnoreCase where program.test == .value:
            program.test = .lowercased
            program.operands = store(
                condition.operands.map { symbols.symbol($0.plainText.lowercased()) }
            )
        case .bool where program.test == .value:
            program.test = .boolean
            let texts = condition.operands.map { $0.plainText.lowercased() }
            program.first = texts.contains("true")
            program.second = texts.contains("false")
        case .arnEquals, .arnLike, .arnNotEquals, .arnNotLike:
            compileARNs(condition, into: &program, &symbols)
        default: break
        }
        return program
    }

    private mutating func compileTexts(
        _ condition: Condition,
        into program: inout ConditionProgram,
        _ symbols: inout Symbols
    ) {
        var compiled: [Pattern] = []
        for operand in condition.operands {
            guard case .text(let template) = operand.comparison else { continue }
            compiled.append(compile(template, &symbols))
        }
        if compiled.allSatisfy({ $0.kind == .exact }) {
            program.test = .text
            program.operands = store(compiled.map(\.symbol))
        } else {
            program.test = .pattern
            program.operands = store(compiled)
        }
    }

    private mutating func compileARNs(
        _ condition: Condition,
        into program: inout ConditionProgram,
        _ symbols: inout Symbols
    ) {
        program.test = .arn
        var compiled: [Pattern] = []
        for operand in condition.operands {
            switch operand.comparison {
            case .anyARN: program.first = true
            case .arn(let parts):
                for part in parts { compiled.append(compile(part, &symbols)) }
            default: continue
            }
        }
        program.operands = store(compiled)
    }

    private mutating func store(_ numbers: [Symbol]) -> Run {
        let start = UInt32(operands.count)
        for number in numbers.sorted() { operands.append(number) }
        return Run(start: start, count: UInt32(numbers.count))
    }
}

extension ConditionProgram.Quantifier {
    fileprivate init(_ quantifier: ConditionOperator.Quantifier?) {
        self =
            switch quantifier {
            case .forAllValues: .all
            case .forAnyValue: .any
            case nil: .none
            }
    }
}

extension ConditionOperand {
    /// The text of an operand without variables, `${*}` and its kin put in.
    fileprivate var plainText: String {
        switch comparison {
        case .text(let template), .textIgnoringCase(let template), .boolean(let template):
            template.text(in: RequestContext()) ?? ""
        case .number, .date, .address, .arn, .anyARN, .bytes, .null, .unreadable: ""
        }
    }
}

extension PrincipalProgram {
    init(_ entry: PrincipalEntry, _ symbols: inout Symbols) {
        switch entry {
        case .everyone: self.init(kind: .everyone)
        case .account(let id): self.init(kind: .account, symbol: symbols.symbol(id.description))
        case .user(let arn): self.init(kind: .user, symbol: symbols.symbol(arn.description))
        case .role(let arn): self.init(kind: .role, symbol: symbols.symbol(arn.description))
        case .assumedRole(let arn), .federatedUser(let arn):
            self.init(kind: .session, symbol: symbols.symbol(arn.description))
        case .uniqueID(let id): self.init(kind: .uniqueID, symbol: symbols.symbol(id))
        case .service(let name): self.init(kind: .service, symbol: symbols.symbol(name))
        case .federated(let provider):
            self.init(kind: .federated, symbol: symbols.symbol(provider))
        case .canonicalUser: self.init(kind: .nobody)
        }
    }
}
