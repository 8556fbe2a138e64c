package import JSONSource
package import Linting

/// Findings as SARIF, for code scanning and editors.
///
/// Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
package struct SARIFReport {
    private let sources: SourceMap
    private let toolVersion: String

    package init(sources: SourceMap, toolVersion: String) {
        self.sources = sources
        self.toolVersion = toolVersion
    }

    package func render(_ result: LintResult) -> String {
        let used = Set(result.findings.map(\.check.id))
        let rules = Check.all.filter { used.contains($0.id) }
        let run = JSONOutput.fields([
            "tool": .fields([
                "driver": .fields([
                    "name": .string("orgsim"),
                    "version": .string(toolVersion),
                    "rules": .array(rules.map(rule)),
                ])
            ]),
            "columnKind": .string("unicodeCodePoints"),
            "invocations": .array([invocation(result.diagnostics)]),
            "results": .array(
                result.findings.map { finding in
                    self.result(finding, rules.firstIndex { $0.id == finding.check.id })
                }
            ),
        ])
        return JSONOutput.fields([
            "$schema": .string("https://json.schemastore.org/sarif-2.1.0.json"),
            "version": .string("2.1.0"),
            "runs": .array([run]),
        ]).pretty
    }

    /// What kept files from being looked at.
    private func invocation(_ diagnostics: [Diagnostic]) -> JSONOutput {
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

    private func rule(_ check: Check) -> JSONOutput {
        .fields([
            "id": .string(check.id),
            "shortDescription": text(check.title),
            "fullDescription": text(check.why),
            "help": text("\(check.why)\n\n\(check.fix)\n\nSource: \(check.source)"),
            "defaultConfiguration": .fields(["level": .string(check.severity.rawValue)]),
        ])
    }

    private func result(_ finding: Finding, _ rule: Int?) -> JSONOutput {
        let help = finding.remark.help.map { "; \($0)" } ?? ""
        return .fields([
            "ruleId": .string(finding.check.id),
            "ruleIndex": rule.map { .integer($0) },
            "level": .string(finding.check.severity.rawValue),
            "message": text(finding.remark.message + help),
            "locations": .array([location(finding.remark.span, message: nil)].compactMap { $0 }),
            "relatedLocations": finding.remark.notes.isEmpty
                ? nil
                : .array(
                    finding.remark.notes.compactMap { location($0.span, message: $0.message) }
                ),
            "suppressions": finding.silencedBecause.map {
                .array([
                    .fields(["kind": .string("inSource"), "justification": .string($0)])
                ])
            },
        ])
    }

    private func text(_ text: String) -> JSONOutput { .fields(["text": .string(text)]) }

    private func location(_ span: SourceSpan, message: String?) -> JSONOutput? {
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
