package import Authorization
package import JSONSource
package import PolicyLanguage

/// A request as somebody types it, read like one line of NDJSON.
package struct RequestText: Sendable {
    package var principal: JSONValue
    package var action: String
    package var resource: String?
    /// Condition keys as `KEY=VALUE`, or as a JSON object; a key given again has a set of values.
    package var context: [String] = []
    package var resourceAccount: String?
    package var endpoint: String?
    package var viaService: String?
    package var without: [String] = []
    package var unknownKeys: [String] = []
    /// Stands for `principal` where no text does.
    package var caller: Caller?
    /// Condition keys that are taken as they are, also those that only AWS sets.
    package var recorded = GivenContext()

    package init(principal: String, action: String, resource: String?) {
        self.principal = .text(principal)
        self.action = action
        self.resource = resource
    }

    /// As ``read(_:at:)``, with what is known of lists of unknown keys.
    package func read(
        _ engine: Engine,
        at instant: Instant,
        knowing lists: inout UnknownKeyLists
    ) -> Parsed<Request?> {
        read(engine, at: instant, unknown: lists.keys(unknownKeys))
    }

    /// The request with every name looked up; all that is wrong with it otherwise.
    package func read(_ engine: Engine, at instant: Instant) -> Parsed<Request?> {
        read(engine, at: instant, unknown: nil)
    }

    private func read(
        _ engine: Engine,
        at instant: Instant,
        unknown: UnknownKeys?
    ) -> Parsed<Request?> {
        var reader = FieldReader()
        var circumstances = circumstances(&reader, unknown)
        circumstances.context = recorded.overlaid(with: circumstances.context)
        let resolver = RequestResolver(engine, at: instant)
        var caller = caller
        if caller == nil, let reference = reader.principal(principal) {
            caller = resolver.caller(reference, &reader.diagnostics)
        }
        let action = reader.writtenAction(.text(self.action))
        let text = SourceString(resource ?? "*", at: .nowhere)
        let resource = resolver.resource(text, &reader.diagnostics)
        guard let caller, let action, let resource, !reader.diagnostics.hasErrors else {
            return Parsed(nil, reader.diagnostics)
        }
        let request = resolver.request(
            caller,
            action,
            resource,
            circumstances,
            &reader.diagnostics
        )
        return Parsed(reader.diagnostics.hasErrors ? nil : request, reader.diagnostics)
    }

    private func circumstances(
        _ reader: inout FieldReader,
        _ unknown: UnknownKeys?
    ) -> Circumstances {
        // PERF: what a record tells, which nobody typed, needs no check.
        if context.isEmpty, without.isEmpty, !recorded.entries.isEmpty {
            var circumstances = Circumstances()
            circumstances.unknownKeys = unknown ?? UnknownKeys(unknownKeys)
            circumstances.viaService = viaService
            circumstances.resourceAccount = resourceAccount.map { SourceString($0, at: .nowhere) }
            circumstances.endpoint = endpoint.map { SourceString($0, at: .nowhere) }
            return circumstances
        }
        let members = typedCircumstances(&reader)
        guard let object = ObjectReader(.object(members), "the request", &reader.diagnostics) else {
            return Circumstances()
        }
        return reader.circumstances(object)
    }

    private func typedCircumstances(_ reader: inout FieldReader) -> [JSONMember] {
        var members: [(String, JSONValue)] = [("context", .object(reader.contextMembers(context)))]
        for (name, value) in [
            ("resourceAccount", resourceAccount), ("through", endpoint), ("viaService", viaService),
        ] {
            if let value { members.append((name, .text(value))) }
        }
        for (name, list) in [("without", without), ("unknownKeys", unknownKeys)] {
            members.append((name, JSONValue(.array(list.map { .text($0) }), at: .nowhere)))
        }
        return members.map { JSONMember(key: $0.0, keySpan: .nowhere, value: $0.1) }
    }
}

/// Unknown keys by their names: records of one kind lack the same.
package struct UnknownKeyLists {
    private var known: [[String]: UnknownKeys] = [:]
    private static let limit = 1_000

    package init() {}

    mutating func keys(_ names: [String]) -> UnknownKeys {
        if let keys = known[names] { return keys }
        if known.count >= Self.limit { known.removeAll() }
        let keys = UnknownKeys(names)
        known[names] = keys
        return keys
    }
}

extension UnknownKeys {
    fileprivate init(_ names: [String]) {
        self.init()
        for name in names { insert(name) }
    }
}

extension JSONValue {
    /// A text that stands in no file.
    package static func text(_ text: String) -> JSONValue { JSONValue(.string(text), at: .nowhere) }

    static func object(_ members: [JSONMember]) -> JSONValue {
        JSONValue(.object(members), at: .nowhere)
    }
}
