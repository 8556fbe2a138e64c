import PolicyLanguage

/// A statement as numbers: what it is compared with stands in the tables of ``Programs``.
///
/// What does not cover the actions asked about is never compared: only effect and actions are there
/// from the beginning, the rest once ``Programs/complete(_:_:)`` has been called.
struct StatementProgram: BitwiseCopyable {
    var isComplete = false
    var isDeny = false
    var hasPrincipal = false
    var exemptsPrincipals = false
    var exemptsActions = false
    var exemptsResources = false
    /// Whether there are resources it does not cover.
    var restrictsResources = false
    /// Its document, and its place in it.
    var document: UInt32 = 0
    var index: UInt32 = 0
    /// Of a Deny the same number for statements that apply to the same requests, as far as they cover the
    /// same actions and their policies were written at the same time.
    var twin: UInt32 = 0
    var actions = Run()
    var resources = Run()
    var resourceVariables = Run()
    var principals = Run()
    var conditions = Run()
}

/// A condition as numbers.
struct ConditionProgram: BitwiseCopyable {
    enum Test: UInt8, BitwiseCopyable {
        /// Whether the key is there.
        case null
        /// The value's number among numbers.
        case text
        /// The same without regard to case.
        case lowercased
        /// The value under one of ``Pattern``s.
        case pattern
        case boolean
        /// The six parts of the value, each under its pattern.
        case arn
        /// Compared as `Condition` does, once for each value.
        case value
        /// As above, with the values of variables; each time.
        case variables
    }

    enum Quantifier: UInt8, BitwiseCopyable {
        case none
        case all
        case any
    }

    var test: Test
    var quantifier: Quantifier
    var isNegated: Bool
    var isIfExists: Bool
    /// For `null` whether it holds without the key, for `boolean` for `true`, for `arn` for all.
    var first = false
    /// For `null` whether it holds with the key, for `boolean` for `false`.
    var second = false
    var slot: UInt32
    /// Numbers of texts, or patterns; for `arn` six patterns each.
    var operands = Run()
    /// The key and the variables it is compared with.
    var uses = Run()
}

/// A place where a policy names a condition key.
struct KeyUse: BitwiseCopyable {
    var slot: UInt32
    /// As it is spelled there.
    var spelling: Symbol
}

/// A principal of a policy as numbers.
struct PrincipalProgram: BitwiseCopyable {
    enum Kind: UInt8, BitwiseCopyable {
        case everyone
        case account
        case user
        case role
        /// Of an assumed role or a federated user.
        case session
        case uniqueID
        case service
        case federated
        case nobody
    }

    var kind: Kind
    var symbol: Symbol = 0
}

/// The programs of every policy a ``Decider`` has met.
struct Programs: ~Copyable {
    var patterns = Patterns()
    var statements = Arena<StatementProgram>()
    var conditions = Arena<ConditionProgram>()
    /// The conditions they were made of, for what numbers do not say.
    var sources: [Condition] = []
    var operands = Arena<Symbol>()
    var uses = Arena<KeyUse>()
    var principals = Arena<PrincipalProgram>()
    /// The statements of each document.
    var documents = Arena<Run>()
    private var places: [ObjectIdentifier: UInt32] = [:]
    /// What the documents say, kept so that nothing else takes its place in memory.
    private var bodies: [PolicyBody] = []
    var keys = KeyTable()
    /// The patterns of actions, by the number of their text: a few hundred make up most policies.
    var actionPatterns = Memo()
    var distinctActions = Arena<Pattern>()
    /// The first statement that says the same but for `Sid` and `Action`.
    private var twins: [StatementBody: UInt32] = [:]
}

extension Programs {
    /// The document of that content; compiled when it is first met.
    mutating func document(_ document: PolicyDocument, _ symbols: inout Symbols) -> UInt32 {
        if let known = places[document.bodyID] { return known }
        let start = UInt32(statements.count)
        let number = UInt32(documents.count)
        for (index, statement) in document.body.statements.enumerated() {
            var program = StatementProgram()
            program.document = number
            program.index = UInt32(index)
            compileActions(of: statement, into: &program, &symbols)
            statements.append(program)
        }
        documents.append(Run(start: start, count: UInt32(statements.count) - start))
        bodies.append(document.body)
        places[document.bodyID] = number
        return number
    }

    /// Compiles what of a statement is compared once it covers an action.
    mutating func complete(_ number: UInt32, _ symbols: inout Symbols) {
        var program = statements[number]
        guard !program.isComplete else { return }
        let statement = bodies[Int(program.document)].statements[Int(program.index)]
        compile(statement, into: &program, &symbols)
        program.twin = number
        // Only a Deny is left out where another says the same.
        if program.isDeny, let body = StatementBody(statement) {
            program.twin = twins[body] ?? number
            twins[body] = program.twin
        }
        program.isComplete = true
        statements[number] = program
    }
}

/// What of a statement decides whether it applies to a request whose action it covers.
struct StatementBody: Hashable {
    private let effect: Statement.Effect
    private let principals: [PrincipalEntry]?
    private let exemptsPrincipals: Bool?
    private let resources: ResourceElement?
    private let conditions: [Part]

    private struct Part: Hashable {
        let `operator`: ConditionOperator
        let key: ConditionKey
        let operands: [ConditionOperand]
    }

    /// Nil for a statement with letters beyond ASCII, of which Swift takes some for the same.
    init?(_ statement: Statement) {
        let texts =
            (statement.principal?.texts ?? []) + (statement.resources?.patterns.map(\.text) ?? [])
            + statement.conditions.flatMap { $0.operands.map(\.text) }
        guard texts.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } }) else { return nil }
        effect = statement.effect
        principals = statement.principal?.entries
        exemptsPrincipals = statement.principal?.isNegated
        resources = statement.resources
        conditions = statement.conditions.map {
            Part(operator: $0.operator, key: $0.key, operands: $0.operands)
        }
    }
}

extension Programs {
    /// `Resource` or `NotResource` of a statement.
    func resources(of number: UInt32) -> ResourceElement? {
        let program = statements[number]
        return bodies[Int(program.document)].statements[Int(program.index)].resources
    }
}

/// The condition keys that policies read, each with its place in the slots of a request.
struct KeyTable {
    /// A key that policies read.
    struct Entry {
        let key: ConditionKey
        let derived: DerivedKey?
        /// Whether its value follows from the caller alone unless it is given.
        let isOfCaller: Bool
        /// Whether it can differ between two roles of one account.
        let isOfEntity: Bool
        /// Whether it can differ between two accounts of one organization.
        let isOfAccount: Bool
    }

    private var slots: [String: UInt32] = [:]
    /// The first place stands for no key.
    private(set) var entries = [
        Entry(
            key: "",
            derived: nil,
            isOfCaller: false,
            isOfEntity: false,
            isOfAccount: false
        )
    ]
    /// What the value of each follows from in a ``NumberedRequest`` that does not give it.
    private(set) var scopes: [KeyScope] = [.request]

    /// The place of a key that some policy reads.
    func known(_ key: ConditionKey) -> UInt32? { slots[key.canonical] }
    /// Whether it can differ between two roles of the organization.
    private(set) var varies = [false]
    /// The slot of `aws:PrincipalArn`; 0 while nobody reads it.
    private var principalARN: UInt32 = 0

    func isPrincipalARN(_ slot: UInt32) -> Bool { slot == principalARN && slot != 0 }

    mutating func slot(_ key: ConditionKey) -> UInt32 {
        if let slot = slots[key.canonical] { return slot }
        let slot = UInt32(entries.count)
        let derived = DerivedKey(canonical: key.canonical)
        let isTag = key.canonical.hasPrefix("aws:principaltag/")
        entries.append(
            Entry(
                key: key,
                derived: derived,
                isOfCaller: derived?.isOfCaller ?? isTag,
                isOfEntity: derived?.isOfEntity ?? isTag,
                isOfAccount: derived?.isOfAccount ?? false
            )
        )
        scopes.append(derived?.scope ?? KeyScope(underived: key))
        varies.append(entries[Int(slot)].isOfEntity || entries[Int(slot)].isOfAccount)
        if derived == .principalARN { principalARN = slot }
        slots[key.canonical] = slot
        return slot
    }
}
