package import JSONSource
package import Authorization
package import PolicyLanguage

/// Reads and decides many lines of NDJSON, one engine and one moment for all.
///
/// Lines of one run name the same principals, actions and keys again and again: what they stand
/// for is looked up once, and a line is read without making a tree of it. Whatever is rare or
/// wrong is left to ``RequestLine``, which reads every line and knows what to say; both read a
/// line in the same way. For one thread: each has its own, with a decider of its own.
package struct RequestLineReader: ~Copyable {
    let engine: Engine
    let instant: Instant
    let resolver: RequestResolver
    private var decider: Decider
    /// How many lines were answered since the decider forgot its requests.
    private var answered = 0
    private var scanner = JSONScanner()
    var callers = TextTable<Caller>()
    var actions = TextTable<ActionName>()
    var resources = TextTable<String>()
    var accounts = TextTable<AccountID>()
    var keys = TextTable<KnownKey>()
    /// What a text is as the one value of a key.
    var values = TextTable<ContextValue>()
    /// A number for each condition key, however it is spelled.
    private var numbers: [ConditionKey: Int32] = [:]

    /// A condition key that was met before.
    struct KnownKey {
        let key: ConditionKey
        /// The same for the keys that differ by case only.
        let number: Int32
        let isSetByAWS: Bool
    }

    package init(engine: Engine, at instant: Instant) {
        self.engine = engine
        self.instant = instant
        decider = engine.decider()
        resolver = RequestResolver(engine, at: instant)
    }
}

extension RequestLineReader {
    /// So many requests are kept before they are forgotten all at once.
    private static let batch = 256

    /// Reads and decides a line.
    package mutating func answer(to line: UnsafeRawBufferPointer) -> RequestLine {
        if answered == Self.batch {
            decider.forgetRequests()
            answered = 0
        }
        answered += 1
        guard let ready = request(in: line) else {
            return RequestLine(Array(line), engine: engine, at: instant, by: &decider)
        }
        let decision = decider.decision(on: ready.request, telling: .reasons)
        return RequestLine(id: ready.id, answer: .decision(decision))
    }

    package mutating func answer(to line: [UInt8]) -> RequestLine {
        line.withUnsafeBytes { answer(to: $0) }
    }

    /// A line that holds a request, with all names looked up.
    package struct Ready {
        package let id: JSONOutput
        package let request: Request
    }

    /// The request of a line; nil for one that is rare or wrong, or asks for a session.
    package mutating func request(in line: UnsafeRawBufferPointer) -> Ready? {
        guard scanner.scan(line.bytes) else { return nil }
        let nodes = scanner.result
        guard case .object = nodes[0].kind, let fields = Fields(nodes, line) else { return nil }
        let given: GivenContext?
        if let context = fields.context {
            given = self.context(context, nodes, line, overridesAWS: fields.overridesAWS)
        } else {
            given = GivenContext()
        }
        guard let given, let id = id(fields.id.map { nodes[$0] }, line),
            let caller = caller(nodes[fields.principal], line),
            let action = action(nodes[fields.action], line),
            let resource = resource(fields.resource.map { nodes[$0] }, line)
        else { return nil }
        var request = Request(
            caller: caller,
            action: action,
            resource: resource,
            context: given,
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

// Names that are looked up once.
extension RequestLineReader {
    private mutating func caller(_ node: JSONNode, _ line: UnsafeRawBufferPointer) -> Caller? {
        guard let text = Self.name(node, line) else { return nil }
        if let known = callers.value(of: text) { return known }
        var problems: [Diagnostic] = []
        let reference = PrincipalReference(
            form: .named(String(decoding: text, as: UTF8.self)),
            span: .nowhere
        )
        guard let caller = resolver.caller(reference, &problems), problems.isEmpty else {
            return nil
        }
        callers.note(caller, for: text)
        return caller
    }

    private mutating func action(_ node: JSONNode, _ line: UnsafeRawBufferPointer) -> ActionName? {
        guard let text = Self.name(node, line) else { return nil }
        if let known = actions.value(of: text) { return known }
        guard let action = ActionName(String(decoding: text, as: UTF8.self)) else { return nil }
        actions.note(action, for: text)
        return action
    }

    private mutating func resource(_ node: JSONNode?, _ line: UnsafeRawBufferPointer) -> String? {
        guard let node else { return "*" }
        guard case .string = node.kind, node.isPlainText,
            node.textRange.count <= RequestResolver.resourceLimit
        else { return nil }
        let text = UnsafeRawBufferPointer(rebasing: line[node.textRange])
        // An ARN is taken as it is; there are more of them than are worth keeping.
        if text.starts(with: "arn:".utf8) { return String(decoding: text, as: UTF8.self) }
        if let known = resources.value(of: text) { return known }
        var problems: [Diagnostic] = []
        let written = SourceString(String(decoding: text, as: UTF8.self), at: .nowhere)
        guard let resource = resolver.resource(written, &problems), problems.isEmpty else {
            return nil
        }
        resources.note(resource, for: text)
        return resource
    }

    private mutating func account(_ node: JSONNode, _ line: UnsafeRawBufferPointer) -> AccountID? {
        guard let text = Self.name(node, line) else { return nil }
        if let known = accounts.value(of: text) { return known }
        var problems: [Diagnostic] = []
        let written = SourceString(String(decoding: text, as: UTF8.self), at: .nowhere)
        guard let account = resolver.accountID(written, &problems), problems.isEmpty else {
            return nil
        }
        accounts.note(account, for: text)
        return account
    }

    /// A string of ordinary length without escapes.
    private static func name(
        _ node: JSONNode,
        _ line: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer? {
        guard case .string = node.kind, node.isPlainText,
            node.textRange.count <= TextTable<Caller>.lengthLimit
        else { return nil }
        return UnsafeRawBufferPointer(rebasing: line[node.textRange])
    }
}

// Condition keys and their values.
extension RequestLineReader {
    /// So many keys are compared with each other.
    private static let fewKeys = 32

    private mutating func context(
        _ owner: Int,
        _ nodes: UnsafeBufferPointer<JSONNode>,
        _ line: UnsafeRawBufferPointer,
        overridesAWS: Bool
    ) -> GivenContext? {
        guard case .object = nodes[owner].kind else { return nil }
        var entries: [GivenContext.Entry] = []
        entries.reserveCapacity(min(Self.fewKeys, Int(nodes[owner].next) - owner - 1))
        var numbers = [32 of Int32](repeating: 0)
        var index = owner + 1
        while index < Int(nodes[owner].next) {
            let node = nodes[index]
            guard entries.count < Self.fewKeys, let known = key(node, line),
                overridesAWS || !known.isSetByAWS,
                let value = value(index, nodes, line)
            else { return nil }
            for place in 0..<entries.count where numbers[place] == known.number { return nil }
            numbers[entries.count] = known.number
            entries.append(GivenContext.Entry(key: known.key, value: value.value))
            index = Int(node.next)
        }
        return GivenContext(distinct: entries)
    }

    private mutating func key(_ node: JSONNode, _ line: UnsafeRawBufferPointer) -> KnownKey? {
        guard node.isPlainKey, node.keyRange.count <= TextTable<KnownKey>.lengthLimit else {
            return nil
        }
        let text = UnsafeRawBufferPointer(rebasing: line[node.keyRange])
        if let known = keys.value(of: text) { return known }
        guard text.contains(UInt8(ascii: ":")) else { return nil }
        let key = ConditionKey(String(decoding: text, as: UTF8.self))
        // Numbers need not be forgotten together with the keys, but cannot grow without end.
        if numbers.count > 1 << 16 {
            numbers = [:]
            keys.forget()
        }
        let number = numbers[key] ?? Int32(numbers.count)
        numbers[key] = number
        let known = KnownKey(
            key: key,
            number: number,
            isSetByAWS: GivenContext.isSetByAWS(key)
        )
        keys.note(known, for: text)
        return known
    }

    /// What a key is given as; nil for `null`.
    private struct GivenValue {
        let value: ContextValue?
    }

    private mutating func value(
        _ index: Int,
        _ nodes: UnsafeBufferPointer<JSONNode>,
        _ line: UnsafeRawBufferPointer
    ) -> GivenValue? {
        let node = nodes[index]
        if case .null = node.kind { return GivenValue(value: nil) }
        guard Int(node.end) - Int(node.start) <= ContextLimits.bytes else { return nil }
        if let value = single(node, line) { return GivenValue(value: value) }
        guard node.kind == .array, Int(node.next) - index - 1 <= ContextLimits.values else {
            return nil
        }
        var texts: [String] = []
        var element = index + 1
        while element < Int(node.next) {
            guard let text = scalar(nodes[element], line) else { return nil }
            texts.append(text)
            element += 1
        }
        return GivenValue(value: .set(texts))
    }

    /// Texts up to this length are worth keeping as values; longer ones hardly come again.
    private static let valueLength = 64

    private mutating func single(
        _ node: JSONNode,
        _ line: UnsafeRawBufferPointer
    ) -> ContextValue? {
        guard case .string = node.kind, node.isPlainText, node.textRange.count <= Self.valueLength
        else { return scalar(node, line).map { .single($0) } }
        let text = UnsafeRawBufferPointer(rebasing: line[node.textRange])
        if let known = values.value(of: text) { return known }
        let value = ContextValue.single(String(decoding: text, as: UTF8.self))
        values.note(value, for: text)
        return value
    }

    private func scalar(_ node: JSONNode, _ line: UnsafeRawBufferPointer) -> String? {
        switch node.kind {
        case .string: scanner.string(of: node, in: line)
        case .number: String(decoding: line[node.range], as: UTF8.self)
        case .true: "true"
        case .false: "false"
        case .null, .array, .object: nil
        }
    }
}

/// Where the fields of a line stand that have nothing rare.
private struct Fields {
    var id: Int?
    var principal = 0
    var action = 0
    var resource: Int?
    var context: Int?
    var overridesAWS = false
    var resourceAccount: Int?

    /// Nil where a field is missing, is one of the rare ones, or unknown.
    init?(_ nodes: UnsafeBufferPointer<JSONNode>, _ line: UnsafeRawBufferPointer) {
        var index = 1
        while index < nodes.count {
            let node = nodes[index]
            guard node.isPlainKey else { return nil }
            let key = UnsafeRawBufferPointer(rebasing: line[node.keyRange])
            func isKey(_ name: StaticString) -> Bool {
                for place in 0..<key.count where key[place] != name.utf8Start[place] {
                    return false
                }
                return true
            }
            switch key.count {
            case 2 where isKey("id"): id = index
            case 9 where isKey("principal"): principal = index
            case 6 where isKey("action"): action = index
            case 8 where isKey("resource"): resource = index
            case 7 where isKey("context"): context = index
            case 15 where isKey("resourceAccount"): resourceAccount = index
            case 15 where isKey("overrideContext"):
                guard node.kind == .true || node.kind == .false else { return nil }
                overridesAWS = node.kind == .true
            default: return nil
            }
            index = Int(node.next)
        }
        // The first node is the line itself.
        guard principal > 0, action > 0 else { return nil }
    }
}
