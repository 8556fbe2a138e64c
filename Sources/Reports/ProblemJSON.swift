package import JSONSource

/// Problems and places as JSON, alike in every report.
struct ProblemJSON {
    let sources: SourceMap

    /// A list in order of file and place; nil where there is nothing to say.
    func list(_ diagnostics: [Diagnostic]) -> JSONOutput? {
        guard !diagnostics.isEmpty else { return nil }
        return .array(DiagnosticRenderer(sources: sources).sorted(diagnostics).map(problem))
    }

    private func problem(_ diagnostic: Diagnostic) -> JSONOutput {
        .fields([
            "severity": .string(diagnostic.severity.rawValue),
            "code": .string(diagnostic.code),
            "message": .string(diagnostic.message),
            "help": diagnostic.help.map { .string($0) },
            "location": location(diagnostic.span),
            "related": related(diagnostic.notes),
        ])
    }

    /// Other places that belong to a message; nil where there are none.
    func related(_ notes: [Diagnostic.Note]) -> JSONOutput? {
        guard !notes.isEmpty else { return nil }
        return .array(
            notes.map { .fields(["message": .string($0.message), "location": location($0.span)]) }
        )
    }

    /// Nil for what stands in no file.
    func location(_ span: SourceSpan) -> JSONOutput? {
        sources.location(of: span).map {
            .fields([
                "file": .string($0.path),
                "line": .integer($0.position.line),
                "column": .integer($0.position.column),
            ])
        }
    }
}

/// Problems of a run that has nothing else to say.
package struct ProblemReport {
    private let sources: SourceMap

    package init(sources: SourceMap) {
        self.sources = sources
    }

    package func json(_ diagnostics: [Diagnostic]) -> String {
        JSONOutput.fields(["diagnostics": ProblemJSON(sources: sources).list(diagnostics)]).pretty
    }
}
