package import Authorization
package import JSONSource
package import PolicyLanguage
import SecurityTokens

/// One line of NDJSON: a request to decide.
package struct RequestLine {
    /// The request's `id`, null where none could be read.
    package let id: JSONOutput
    package let answer: Answer

    package enum Answer {
        case decision(Decision)
        /// The first mistake of the line, with its 1-based column in bytes.
        case problem(message: String, column: Int)
    }

    /// Why a line is no request.
    package struct Problem: Error {
        package let id: JSONOutput
        package let message: String
        package let column: Int
    }

    package init(id: JSONOutput, answer: Answer) {
        self.id = id
        self.answer = answer
    }

    /// Reads and decides a line; for many lines there is ``RequestLineReader``.
    package init(_ bytes: [UInt8], engine: Engine, at instant: Instant) {
        self = engine.withDecider { RequestLine(bytes, engine: engine, at: instant, by: &$0) }
    }

    init(_ bytes: [UInt8], engine: Engine, at instant: Instant, by decider: inout Decider) {
        do throws(Problem) {
            let (id, prepared) = try Self.identified(bytes, engine, instant)
            self.id = id
            switch prepared {
            case .request(let request):
                answer = .decision(decider.decision(on: request, telling: .reasons))
            case .decided(let decision): answer = .decision(decision)
            }
        } catch {
            id = error.id
            answer = .problem(message: error.message, column: error.column)
        }
    }

    /// The request of a line, not decided.
    package static func read(
        _ bytes: [UInt8],
        engine: Engine,
        at instant: Instant
    ) throws(Problem) -> Request {
        let (id, prepared) = try identified(bytes, engine, instant)
        guard case .request(let request) = prepared else {
            throw Problem(id: id, message: "the session of the request is not allowed", column: 1)
        }
        return request
    }

    /// A line with all names looked up.
    private enum Prepared {
        case request(Request)
        /// The session was not obtained; its verdict is the answer (formats, section 5).
        case decided(Decision)
    }

    private static func identified(
        _ bytes: [UInt8],
        _ engine: Engine,
        _ instant: Instant
    ) throws(Problem) -> (id: JSONOutput, prepared: Prepared) {
        let parsed = JSONParser.parse(bytes, file: SourceSpan.nowhere.file)
        let id = parsed.value?["id"].map { JSONOutput($0) } ?? .null
        var fields = FieldReader()
        fields.diagnostics = parsed.diagnostics
        let prepared = parsed.value.flatMap { Self.prepare($0, engine, instant, &fields) }
        guard let prepared, !fields.diagnostics.hasErrors else {
            // The first one found: a misspelt field before the field that is missing for it.
            let problem = fields.diagnostics.first { $0.severity == .error }
            let column = Int(problem?.span.start ?? 0) + 1
            throw Problem(id: id, message: problem?.message ?? "no request", column: column)
        }
        return (id, prepared)
    }

    private static func prepare(
        _ value: JSONValue,
        _ engine: Engine,
        _ instant: Instant,
        _ reader: inout FieldReader
    ) -> Prepared? {
        guard let object = ObjectReader(value, "the request", &reader.diagnostics) else {
            return nil
        }
        object.allow(.request, &reader.diagnostics)
        let circumstances = reader.circumstances(object)
        let session = object.present("session").flatMap { Self.session($0, &reader) }
        // Federation and sign-in are called by nobody of the organization.
        var reference = PrincipalReference(form: .named("anonymous"), span: value.span)
        if session?.call.verb.hasCaller != false || object.present("principal") != nil {
            guard let principal = object.required("principal", &reader.diagnostics),
                let given = reader.principal(principal)
            else { return nil }
            reference = given
        }
        guard let actionValue = object.required("action", &reader.diagnostics),
            let action = reader.action(actionValue)
        else { return nil }
        var text = SourceString("*", at: value.span)
        if let resource = object.present("resource") {
            guard let given = SourceString(resource, "'resource'", &reader.diagnostics) else {
                return nil
            }
            text = given
        }
        let resolver = RequestResolver(engine, at: instant)
        guard var caller = resolver.caller(reference, &reader.diagnostics),
            let resource = resolver.resource(text, &reader.diagnostics)
        else { return nil }
        if let session {
            let circumstances = session.circumstances
            let outcome = resolver.obtain(
                session.call,
                by: caller,
                circumstances,
                &reader.diagnostics
            )
            guard let outcome else { return nil }
            guard let obtained = outcome.caller else { return .decided(outcome.decision) }
            caller = obtained
        }
        return resolver.request(caller, action, resource, circumstances, &reader.diagnostics)
            .map { .request($0) }
    }

    /// The session verb of a request with its own circumstances.
    private static func session(
        _ value: JSONValue,
        _ reader: inout FieldReader
    ) -> (call: SessionCall, circumstances: Circumstances)? {
        guard let object = ObjectReader(value, "'session'", &reader.diagnostics) else { return nil }
        let verbs = SessionCall.Verb.allCases.map(\.rawValue)
        object.allow(.requestSession, &reader.diagnostics)
        let found = object.members.filter { verbs.contains($0.key) }
        guard found.count == 1, let verb = SessionCall.Verb(rawValue: found[0].key) else {
            let message = "'session' holds one of \(verbs.joined(separator: ", "))"
            reader.refuse("request.session", message, at: value.span)
            return nil
        }
        var circumstances = Circumstances()
        let call = reader.sessionCall(verb, found[0].value, &circumstances)
        return call.map { ($0, circumstances) }
    }
}
