import PolicyLanguage

/// A statement as numbers: what it is compared with stands in the tables of ``Programs``.
struct StatementProgram: BitwiseCopyable {
    var isDeny = false
    var hasPrincipal = false
    var exemptsPrincipals = false
    var exemptsActions = false
    var exemptsResources = false
    /// Whether there are resources it does not cover.
    var restrictsResources = false
    /// Its place in its document.
    var index: UInt32 = 0
    /// The same number for statements that apply to the same requests, as far as they cover the
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
    /// Documents by what they say, which is kept so that no other takes its place.
    private var places: [ObjectIdentifier: (body: PolicyBody, document: UInt32)] = [:]
    var keys = KeyTable()
    /// The first statement that says the same but for `Sid` and `Action`.
    private var twins: [StatementBody: UInt32] = [:]
    /// What each statement says of resources, where variables stand in it.
    private var elements: [UInt32: ResourceElement] = [:]
}

extension Programs {
    /// The document of that content; compiled when it is first met.
    mutating func document(_ document: PolicyDocument, _ symbols: inout Symbols) -> UInt32 {
        if let known = places[document.bodyID] { return known.document }
        let start = UInt32(statements.count)
        for (index, statement) in document.body.statements.enumerated() {
            var program = StatementProgram()
            program.index = UInt32(index)
            compile(statement, into: &program, &symbols)
            program.twin = UInt32(statements.count)
            if let body = StatementBody(statement) {
                program.twin = twins[body] ?? program.twin
                twins[body] = program.twin
            }
            if !program.resourceVariables.isEmpty {
                elements[UInt32(statements.count)] = statement.resources
            }
            statements.append(program)
        }
        let number = UInt32(documents.count)
        documents.append(Run(start: start, count: UInt32(statements.count) - start))
        places[document.bodyID] = (document.body, number)
        return number
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
    /// `Resource` or `NotResource` of a statement with variables in it.
    func resources(of statement: UInt32) -> ResourceElement? { elements[statement] }
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
        Entry(key: "", derived: nil, isOfCaller: false, isOfEntity: false, isOfAccount: false)
    ]

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
        slots[key.canonical] = slot
        return slot
    }
}
