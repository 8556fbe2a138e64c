/// Something to tell the author of a file, at a place in it.
package struct Diagnostic: Sendable, Hashable {
    package enum Severity: String, Sendable {
        case error
        case warning
        case note
    }

    /// A second place that belongs to the message, such as the first of two duplicates.
    package struct Note: Sendable, Hashable {
        package let message: String
        package let span: SourceSpan

        package init(message: String, span: SourceSpan) {
            self.message = message.cut
            self.span = span
        }
    }

    package let severity: Severity
    /// Stable across versions, for tools: `json.syntax`, `policy.unknown-element`, ….
    package let code: String
    /// One sentence without a period.
    package let message: String
    package let span: SourceSpan
    package var help: String?
    package var notes: [Note] = []
    /// The field that an unknown one was taken for.
    var misspelledField: String?

    package init(
        _ severity: Severity,
        _ code: String,
        _ message: String,
        at span: SourceSpan,
        help: String? = nil,
        notes: [Note] = []
    ) {
        self.severity = severity
        self.code = code
        self.message = message.cut
        self.span = span
        self.help = help
        self.notes = notes
    }

    package static func error(
        _ code: String,
        _ message: String,
        at span: SourceSpan,
        help: String? = nil
    ) -> Diagnostic {
        Diagnostic(.error, code, message, at: span, help: help)
    }

    package static func warning(
        _ code: String,
        _ message: String,
        at span: SourceSpan,
        help: String? = nil
    ) -> Diagnostic {
        Diagnostic(.warning, code, message, at: span, help: help)
    }
}

extension Diagnostic {
    package func noting(_ message: String, at span: SourceSpan) -> Diagnostic {
        var copy = self
        copy.notes.append(Note(message: message, span: span))
        return copy
    }
}

extension [Diagnostic] {
    package var hasErrors: Bool { contains { $0.severity == .error } }
}

// The messages of this room.
extension Diagnostic {
    package static func duplicateKey(
        _ key: String,
        at span: SourceSpan,
        first: SourceSpan
    ) -> Diagnostic {
        error("json.duplicate-key", "duplicate key '\(key)'", at: span)
            .noting("the first '\(key)' stands here", at: first)
    }

    package static func missingField(
        _ field: String,
        in owner: String,
        at span: SourceSpan
    ) -> Diagnostic {
        error("json.missing-field", "\(owner) needs the field '\(field)'", at: span)
    }

    package static func unknownField(
        _ field: String,
        in owner: String,
        at span: SourceSpan,
        known: [String],
        nearest near: String?
    ) -> Diagnostic {
        let list = known.map { "'\($0)'" }.joined(separator: ", ")
        var problem = error(
            "json.unknown-field",
            "unknown field '\(field)' in \(owner)"
                + (near.map { ", did you mean '\($0)'?" } ?? ""),
            at: span,
            help: "known fields are \(list)"
        )
        problem.misspelledField = near
        return problem
    }

    package static func wrongType(
        _ what: String,
        expected: String,
        found value: JSONValue
    ) -> Diagnostic {
        error(
            "json.wrong-type",
            "\(what) must be \(expected), not \(value.kindName)",
            at: value.span
        )
    }
}
