import Authorization
import JSONSource
import PolicyLanguage
import ReferenceEvaluator
import Reports
import Scenarios
import Testing

/// The quick reader of request lines against the one that reads every line.
@Suite struct RequestLineReaderTests {
    private static let now = Instant(seconds: Int64(RandomOrganization.now))

    /// What is in a request, whatever made it.
    private func contents(_ request: Request) -> String {
        let context = request.context.entries.map { entry in
            "\(Array(entry.key.description.utf8)) \(entry.key.canonical): \(entry.value as Any)"
        }
        return """
            \(request.caller)
            \(request.action) \(request.resource) \(request.resourceAccount as Any)
            \(context.joined(separator: "\n"))
            \(request.instant) \(request.endpoint as Any) \(request.viaService as Any)
            \(request.without) \(request.unknownKeys) \(request.needsIdentityAllow)
            """
    }

    /// Reads a line both ways, twice; true where the quick reader did not leave it to the other.
    @discardableResult
    private func compare(
        _ line: String,
        _ reader: inout RequestLineReader,
        _ engine: Engine
    ) -> Bool {
        let bytes = Array(line.utf8)
        var isQuick = false
        for _ in 0..<2 {
            let ready = bytes.withUnsafeBytes { reader.request(in: $0) }
            isQuick = ready != nil
            if let ready {
                let request = try? RequestLine.read(bytes, engine: engine, at: Self.now)
                #expect(request.map(contents) == contents(ready.request), "\(line)")
            }
            expectCareful(line, &reader, engine)
        }
        return isQuick
    }

    /// Answers a line in numbers where they say all; true where they did.
    @discardableResult
    private func expectCareful(
        _ line: String,
        _ reader: inout RequestLineReader,
        _ engine: Engine
    ) -> Bool {
        let bytes = Array(line.utf8)
        let careful = RequestLine(bytes, engine: engine, at: Self.now)
        var writer = JSONWriter()
        var lines = AnswerLines()
        let isRequest = bytes.withUnsafeBytes {
            lines.write(answerTo: $0, number: 7, by: &reader, to: &writer)
        }
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(text == DecisionJSON.line(careful, number: 7), "\(line)")
        if case .problem = careful.answer {
            #expect(!isRequest, "\(line)")
        } else {
            #expect(isRequest, "\(line)")
        }
        var reasons: [UInt32] = []
        return bytes.withUnsafeBytes {
            if case .numbered = reader.answer(to: $0, reasons: &reasons) { true } else { false }
        }
    }

    @Test("random requests are read alike, most of them quickly")
    func randomRequests() throws {
        var quick = 0
        for seed in 0..<40 as Range<UInt64> {
            let organization = RandomOrganization(seed: seed)
            let engine = try RandomEngine.make(organization, seed: seed)
            var reader = RequestLineReader(engine: engine, at: Self.now)
            for number in 0..<40 where compare(organization.request(number), &reader, engine) {
                quick += 1
            }
        }
        #expect(quick > 800, "\(quick)")
    }

    /// What is remembered of one line must not show in another that differs in one thing.
    @Test("what was answered before makes no difference", arguments: 0..<4)
    func orderMakesNoDifference(slice: Int) throws {
        var numbered = 0
        for seed in UInt64(slice * 6)..<UInt64(slice * 6 + 6) {
            let organization = RandomOrganization(seed: seed)
            let engine = try RandomEngine.make(organization, seed: seed)
            let requests = (0..<8).map { organization.request($0) }
            let lines = requests.enumerated().flatMap { place, line in
                [line] + Self.variants(of: line, requests[(place + 1) % requests.count])
            }
            var reader = RequestLineReader(engine: engine, at: Self.now)
            for line in lines + lines.reversed() where expectCareful(line, &reader, engine) {
                numbered += 1
            }
            // One, another and the first again.
            for (line, other) in zip(requests, requests.dropFirst()) {
                for line in [line, other, line] { expectCareful(line, &reader, engine) }
            }
        }
        #expect(numbered > 500, "\(numbered)")
    }

    /// The line with one field of another, or one condition key more, less or with another value.
    private static func variants(of line: String, _ other: String) -> [String] {
        guard let mine = JSONParser.parse(Array(line.utf8), file: 0).value?.members,
            let others = JSONParser.parse(Array(other.utf8), file: 0).value?.members
        else { return [] }
        func text(_ members: [(String, JSONOutput)]) -> String {
            JSONOutput.object(members.map { .init($0.0, $0.1) }).compact
        }
        let fields = mine.map { ($0.key, JSONOutput($0.value)) }
        var variants: [String] = []
        for name in ["principal", "action", "resource", "resourceAccount", "context"] {
            let rest = fields.filter { $0.0 != name }
            variants.append(text(rest))
            if let taken = others.first(where: { $0.key == name }) {
                variants.append(text(rest + [(name, JSONOutput(taken.value))]))
            }
        }
        let keys = mine.first { $0.key == "context" }?.value.members ?? []
        let rest = fields.filter { $0.0 != "context" && $0.0 != "overrideContext" }
        let given = keys.map { ($0.key, JSONOutput($0.value)) }
        func with(_ context: [(String, JSONOutput)]) -> String {
            text(
                rest + [
                    ("overrideContext", .bool(true)),
                    ("context", .object(context.map { .init($0.0, $0.1) })),
                ]
            )
        }
        for key in [
            "aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:ResourceOrgID",
            "aws:ResourceAccount", "aws:PrincipalIsAWSService", "aws:ViaAWSService",
            "aws:MultiFactorAuthPresent", "aws:SourceVpce", "aws:SourceIp", "aws:CurrentTime",
            "aws:PrincipalTag/team", "aws:ResourceTag/team", "aws:RequestedRegion",
        ] {
            let without = given.filter { $0.0.lowercased() != key.lowercased() }
            variants.append(with(without))
            variants.append(with(without + [(key, .string("other"))]))
            variants.append(with(without + [(key, .null)]))
            variants.append(with(without + [(key, .array([.string("x"), .string("y")]))]))
        }
        return variants
    }

    @Test("a line with anything rare or wrong in it is answered as by the careful reader")
    func oddLines() throws {
        let organization = RandomOrganization(seed: 1)
        let engine = try RandomEngine.make(organization, seed: 1)
        var reader = RequestLineReader(engine: engine, at: Self.now)
        let good = organization.request(0)
        #expect(good.hasPrefix("{") && good.hasSuffix("}"))
        let rest = good.dropFirst()
        let whole: [String] = [
            "", "{}", "[]", "null", "{", "\(good) ", " \t\(good)\r", "\(good)x", "\(good)\(good)",
        ]
        let beginnings: [String] = [
            #"{"id": {"a": [1]},"#, #"{"id": "\u0041\n","#, #"{"id": -1.50E+3,"#, #"{"id": true,"#,
            #"{"id": null,"#, "{\"id\": \"é\u{7F}\",", #"{"i\u0064": 1,"#, #"{"nonsense": 1,"#,
            #"{"viaService": "athena.amazonaws.com","#, #"{"unknownKeys": ["*"],"#,
            #"{"without": ["serviceControlPolicy"],"#, #"{"resourceAccount": 1,"#,
            #"{"session": {"getSessionToken": {}},"#,
        ]
        let lines = whole + beginnings.map { $0 + String(rest) }
        for line in lines { compare(line, &reader, engine) }
        let fields = [
            #""context": null"#, #""context": {}"#, #""context": []"#, #""context": {"a": "b"}"#,
            #""context": {"aws:SourceIp": "10.0.0.1", "AWS:SOURCEIP": "10.0.0.2"}"#,
            #""context": {"aws:SourceIp": "10.0.0.1", "aws:SourceIp": "10.0.0.2"}"#,
            #""context": {"aws:SourceIp": null, "aws:MultiFactorAuthAge": 12.50, "x:Flag": true}"#,
            #""context": {"aws:TagKeys": ["a", 1, false, "\u00e9", "é"], "x:None": []}"#,
            #""context": {"aws:TagKeys": ["a", null]}"#, #""context": {"aws:TagKeys": [["a"]]}"#,
            #""context": {"aws:TagKeys": {"a": 1}}"#, #""context": {"aws:username": "x"}"#,
            #""overrideContext": true, "context": {"aws:username": "x", "aws:PrincipalTag/K": ""}"#,
            #""overrideContext": "true""#, #""overrideContext": false"#,
            #""overrideContext": null"#,
            #""context": {"aws:\u0053ourceIp": "10.0.0.1"}"#,
            #""context": {"é:k": "v", "É:k": "w"}"#,
            #""context": {"aws:RequestTag/K": "1", "aws:RequestTag/K": "2"}"#,
            #""context": {"aws:RequestTag/\#(String(repeating: "k", count: 300))": "1"}"#,
            #""context": {"aws:UserAgent": "\#(String(repeating: "v", count: 65_536))"}"#,
            #""context": {"aws:UserAgent": "\#(String(repeating: "v", count: 65_537))"}"#,
            #""resourceAccount": "000000000001""#, #""resourceAccount": "nobody""#,
            #""resourceAccount": "12345""#,
        ]
        let parts = ["anonymous", "service:lambda.amazonaws.com", "nobody:role/X", "\u{E9}", ""]
        for field in fields {
            compare(
                #"{"principal": "anonymous", "action": "s3:GetObject", \#(field)}"#,
                &reader,
                engine
            )
        }
        for part in parts {
            compare(#"{"principal": "\#(part)", "action": "s3:GetObject"}"#, &reader, engine)
            compare(#"{"principal": "anonymous", "action": "\#(part)"}"#, &reader, engine)
            let request = #"{"principal": "anonymous", "action": "s3:GetObject", "resource": "#
            for resource in [
                part, "*", "arn:aws:s3:::b/k", "arn:é", String(repeating: "a", count: 5_000),
            ] {
                compare(request + "\"\(resource)\"}", &reader, engine)
            }
        }
        for count in [16, 17, 31, 32, 33, 200, 201] {
            let keys = (0..<count).map { "\"x:Key\($0)\": \"\($0)\"" }.joined(separator: ",")
            let line = #"{"principal":"anonymous","action":"s3:GetObject","context":{\#(keys)}}"#
            compare(line, &reader, engine)
        }
        for count in [1_000, 1_001] {
            let values = [String](repeating: "1", count: count).joined(separator: ",")
            let context = #""context":{"x:Values":[\#(values)]}"#
            compare(
                #"{"principal":"anonymous","action":"s3:GetObject",\#(context)}"#,
                &reader,
                engine
            )
        }
    }

    @Test("more names than are kept change no answer")
    func manyNames() throws {
        let organization = RandomOrganization(seed: 2)
        let engine = try RandomEngine.make(organization, seed: 2)
        var reader = RequestLineReader(engine: engine, at: Self.now)
        for number in 0..<40_000 {
            let name = "s3:Get\(number)"
            let line =
                #"{"id":\#(number),"principal":"anonymous","action":"\#(name)","#
                + #""context":{"x:Key\#(number)":"v","X:kEY\#(number + 1)":"w"}}"#
            let ready = Array(line.utf8).withUnsafeBytes { reader.request(in: $0) }
            let request = try #require(ready?.request)
            #expect(request.action.description == name)
            #expect(
                request.context.entries.map(\.key.description)
                    == ["x:Key\(number)", "X:kEY\(number + 1)"]
            )
        }
    }
}
