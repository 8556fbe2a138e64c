package import JSONSource
package import Authorization
package import PolicyLanguage

/// Reads and decides many lines of NDJSON, one engine and one moment for all.
///
/// Lines of one run name the same principals, actions and keys again and again: what they stand
/// for is looked up once, and a line is read without making a tree of it. Most lines are asked in
/// the numbers of the decider. What numbers do not say is asked as a request, and whatever is rare
/// or wrong is left to ``RequestLine``, which reads every line and knows what to say; all read a
/// line in the same way. For one thread: each has its own, with a decider of its own.
package struct RequestLineReader: ~Copyable {
    let engine: Engine
    let instant: Instant
    let resolver: RequestResolver
    var decider: Decider
    /// How many lines were answered since the decider forgot its requests.
    private var answered = 0
    var scanner = JSONScanner()
    var callers = TextTable<Caller>()
    var actions = TextTable<ActionName>()
    var resources = TextTable<String>()
    var accounts = TextTable<AccountID>()
    var keys = KeyNames()
    /// The condition keys of the line that is read.
    var given = GivenKeys()
    /// What a text is as the one value of a key.
    var values = TextTable<ContextValue>()
    var numbers: NameNumbers

    package init(engine: Engine, at instant: Instant) {
        self.engine = engine
        self.instant = instant
        decider = engine.decider()
        resolver = RequestResolver(engine, at: instant)
        numbers = NameNumbers(decider.era)
    }
}

extension RequestLineReader {
    /// So many requests are kept before they are forgotten all at once.
    private static let batch = 256

    /// The answer to a line.
    package enum Answer {
        /// In numbers, until the next line is answered.
        case numbered(NumberedLine)
        case line(RequestLine)
    }

    /// Reads and decides a line; the reasons of an answer in numbers become those of the list.
    package mutating func answer(
        to line: UnsafeRawBufferPointer,
        reasons: inout [UInt32]
    ) -> Answer {
        if answered == Self.batch {
            decider.forgetRequests()
            answered = 0
            if numbers.era !== decider.era {
                numbers = NameNumbers(decider.era)
                keys.forgetPlaces()
            }
        }
        answered += 1
        reasons.removeAll(keepingCapacity: true)
        if let fields = read(line) {
            if let numbered = numbered(fields, line, &reasons) { return .numbered(numbered) }
            if let ready = ready(fields, line) {
                let decision = decider.decision(on: ready.request, telling: .reasons)
                return .line(RequestLine(id: ready.id, answer: .decision(decision)))
            }
        }
        return .line(RequestLine(Array(line), engine: engine, at: instant, by: &decider))
    }

    /// A line that holds a request, with all names looked up.
    package struct Ready {
        package let id: JSONOutput
        package let request: Request
    }

    /// The request of a line; nil for one that is rare or wrong, or asks for a session.
    package mutating func request(in line: UnsafeRawBufferPointer) -> Ready? {
        read(line).flatMap { ready($0, line) }
    }

    /// The fields of a line, whose condition keys are given then; nil where something is rare or
    /// wrong.
    private mutating func read(_ line: UnsafeRawBufferPointer) -> RequestFields? {
        guard scanner.scan(line.bytes) else { return nil }
        let nodes = scanner.result
        guard case .object = nodes[0].kind, let fields = RequestFields(nodes, line),
            readGiven(fields, nodes, line)
        else { return nil }
        return fields
    }

    private mutating func ready(
        _ fields: RequestFields,
        _ line: UnsafeRawBufferPointer
    ) -> Ready? {
        let nodes = scanner.result
        guard let id = id(fields.id.map { nodes[$0] }, line),
            let caller = caller(nodes[fields.principal], line),
            let action = action(nodes[fields.action], line),
            let resource = resource(fields.resource.map { nodes[$0] }, line)
        else { return nil }
        var request = Request(
            caller: caller,
            action: action,
            resource: resource,
            context: context(nodes, line),
            instant: instant
        )
        if let owner = fields.resourceAccount {
            guard let account = account(nodes[owner], line) else { return nil }
            request.resourceAccount = account
        }
        return Ready(id: id, request: request)
    }

    private func id(_ node: JSONNode?, _ line: UnsafeRawBufferPointer) -> JSONOutput? {
        guard let node else { return .null }
        switch node.kind {
        case .null: return .null
        case .true: return .bool(true)
        case .false: return .bool(false)
        case .number: return .number(String(decoding: line[node.range], as: UTF8.self))
        case .string: return .string(scanner.string(of: node, in: line))
        case .array, .object: return nil
        }
    }
}
