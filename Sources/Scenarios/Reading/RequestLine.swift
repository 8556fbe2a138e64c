package import Authorization
package import JSONSource
package import PolicyLanguage

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

    private static let fields = ["id", "principal", "action", "resource", "session"]

    /// Why a line is no request.
    package struct Problem: Error {
        package let id: JSONOutput
        package let message: String
        package let column: Int
    }

    /// Reads and decides a line.
    package init(_ bytes: [UInt8], engine: Engine, at instant: Instant) {
        do throws(Problem) {
            let (id, request) = try Self.identified(bytes, engine, instant)
            self.id = id
            answer = .decision(engine.decide(request))
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
        try identified(bytes, engine, instant).request
    }

    private static func identified(
        _ bytes: [UInt8],
        _ engine: Engine,
        _ instant: Instant
    ) throws(Problem) -> (id: JSONOutput, request: Request) {
        let parsed = JSONParser.parse(bytes, file: SourceSpan.nowhere.file)
        let id = parsed.value?["id"].map { JSONOutput($0) } ?? .null
        var fields = FieldReader()
        fields.diagnostics = parsed.diagnostics
        let request = parsed.value.flatMap { Self.request($0, engine, instant, &fields) }
        guard let request, !fields.diagnostics.hasErrors else {
            let problem = fields.diagnostics.min { $0.span.start < $1.span.start }
            let column = Int(problem?.span.start ?? 0) + 1
            throw Problem(id: id, message: problem?.message ?? "no request", column: column)
        }
        return (id, request)
    }

    private static func request(
        _ value: JSONValue,
        _ engine: Engine,
        _ instant: Instant,
        _ reader: inout FieldReader
    ) -> Request? {
        guard let object = ObjectReader(value, "the request", &reader.diagnostics) else {
            return nil
        }
        object.allow(fields + FieldReader.circumstanceFields, &reader.diagnostics)
        if let session = object.member("session"), !session.value.isNull {
            let message = "orgsim does not read 'session' of a request yet"
            reader.refuse("request.session", message, at: session.keySpan)
        }
        let circumstances = reader.circumstances(object, defaults: GivenContext())
        guard let principal = object.required("principal", &reader.diagnostics),
            let reference = reader.principal(principal),
            let actionValue = object.required("action", &reader.diagnostics),
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
        guard let caller = resolver.caller(reference, &reader.diagnostics),
            let resource = resolver.resource(text, &reader.diagnostics)
        else { return nil }
        return resolver.request(caller, action, resource, circumstances, &reader.diagnostics)
    }
}
