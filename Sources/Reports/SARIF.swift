import JSONSource

/// What every SARIF log of orgsim has in common: one run of the tool, with places in files.
///
/// Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
struct SARIF {
    let sources: SourceMap
    let toolVersion: String

    static let schema = "https://json.schemastore.org/sarif-2.1.0.json"

    /// The tool with the rules its results refer to.
    func tool(_ rules: [JSONOutput]) -> JSONOutput {
        .fields([
            "driver": .fields([
                "name": .string("orgsim"),
                "version": .string(toolVersion),
                "rules": .array(rules),
            ])
        ])
    }

    /// What kept files from being looked at.
    func invocation(_ diagnostics: [Diagnostic]) -> JSONOutput {
        let sorted = DiagnosticRenderer(sources: sources).sorted(diagnostics)
        let notifications = sorted.map { problem in
            JSONOutput.fields([
                "level": .string(problem.severity.rawValue),
                "descriptor": .fields(["id": .string(problem.code)]),
                "message": text(problem.message + (problem.help.map { "; \($0)" } ?? "")),
                "locations": .array([location(problem.span, message: nil)].compactMap { $0 }),
            ])
        }
        return .fields([
            "executionSuccessful": .bool(!diagnostics.hasErrors),
            "toolExecutionNotifications": .array(notifications),
        ])
    }

    func text(_ text: String) -> JSONOutput { .fields(["text": .string(text)]) }

    func location(_ span: SourceSpan, message: String?) -> JSONOutput? {
        guard let source = sources.text(span.file) else { return nil }
        let start = place(Int(span.start), in: source)
        let end = place(Int(span.end), in: source)
        return .fields([
            "physicalLocation": .fields([
                "artifactLocation": .fields(["uri": .string(Self.uri(source.path))]),
                "region": .fields([
                    "startLine": .integer(start.line),
                    "startColumn": .integer(start.column),
                    "endLine": .integer(end.line),
                    "endColumn": .integer(end.column),
                ]),
            ]),
            "message": message.map { text($0) },
        ])
    }

    /// SARIF counts columns in characters, the rest of orgsim in bytes.
    private func place(_ offset: Int, in source: SourceText) -> LineColumn {
        let position = source.position(at: offset)
        let before = source.lineBytes(position.line).prefix(position.column - 1)
        let characters = before.count { $0 & 0xC0 != 0x80 }
        return LineColumn(line: position.line, column: characters + 1)
    }

    /// A path as a relative URI reference (RFC 3986).
    private static func uri(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
