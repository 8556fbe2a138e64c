package import Explaining
package import JSONSource
import Authorization
import PolicyLanguage

/// An explanation for people: the verdict, what every layer says, what it rests on.
package struct ExplanationText {
    let sources: SourceMap
    let style: TextStyle

    package enum Detail: Sendable {
        case normal
        /// Every statement of every policy in scope as well.
        case trace
        /// The verdict alone.
        case quiet
    }

    /// Lines that belong together; others may put theirs between them or behind.
    package struct Section: Sendable {
        package let lines: [String]

        package init(lines: [String]) {
            self.lines = lines
        }
    }

    package init(sources: SourceMap, style: TextStyle) {
        self.sources = sources
        self.style = style
    }

    /// The sections as text; `message` is AWS's own sentence for the denial, `further` are
    /// sections behind the others, such as what would change the verdict.
    package func render(
        _ explanation: Explanation,
        _ detail: Detail = .normal,
        message: String? = nil,
        messageNotes: [String] = [],
        further: [Section] = []
    ) -> String {
        if detail == .quiet { return explanation.decision.outcome.rawValue + "\n" }
        let told = sections(explanation, detail, message: message, messageNotes: messageNotes)
        let sections = told + further
        return sections.flatMap(\.lines).map { $0 + "\n" }.joined()
    }

    /// The sections in order, those that have nothing to say left out.
    package func sections(
        _ explanation: Explanation,
        _ detail: Detail = .normal,
        message: String? = nil,
        messageNotes: [String] = []
    ) -> [Section] {
        var sections = [
            [verdict(explanation)], layers(explanation, detail),
            message.map { [Wrapping.line("AWS says: ", $0, hanging: 2)] } ?? [],
            detail == .trace ? messageNotes.map { Wrapping.line("  ", $0, hanging: 4) } : [],
            [ways(explanation.decision)], [rests(explanation)], [hops(explanation)],
        ]
        if detail == .trace { sections.append([trace(explanation)]) }
        return sections.map { Section(lines: $0.flatMap { $0 }) }.filter { !$0.lines.isEmpty }
    }
}

extension ExplanationText {
    private func verdict(_ explanation: Explanation) -> [String] {
        let question = explanation.question
        let words = explanation.decision.outcome.words
        let colour: TextStyle.Colour = explanation.decision.outcome == .allowed ? .good : .bad
        let who = question.principal.map { "\($0) → " } ?? ""
        let what = question.resource.map { " on \($0)" } ?? ""
        return Wrapping.line(
            "\(words) · ",
            painted: "\(style.paint(words, colour)) · ",
            "\(who)\(question.action)\(what)",
            hanging: 2
        )
    }

    /// The conditions under which an undetermined request is allowed.
    func ways(_ decision: Decision, indent: String = "") -> [String] {
        guard decision.outcome == .undetermined else { return [] }
        return decision.dependsOn.enumerated().flatMap { index, way in
            Wrapping.line(
                indent + (index == 0 ? "allowed if " : "or if "),
                ConditionBlocks.text(way),
                hanging: indent.utf8.count + 2
            )
        }
    }

    /// How many keys are told; the page and JSON have them all.
    private static let keyLimit = 6

    /// Keys that were compared, keys nobody gave, and what is not modelled.
    private func rests(_ explanation: Explanation) -> [String] {
        var lines: [String] = []
        // What somebody chose tells more than what follows from the request.
        let keys =
            explanation.keys.filter { $0.origin != .derived }
            + explanation.keys.filter { $0.origin == .derived }
        if !keys.isEmpty {
            var parts = keys.prefix(Self.keyLimit).map(Self.key)
            if keys.count > parts.count { parts.append("… and \(keys.count - parts.count) more") }
            lines += Wrapping.line("keys: ", parts.joined(separator: "; "), hanging: 2)
        }
        let absent = explanation.decision.absentKeys
        if !absent.isEmpty {
            let list = absent.joined(separator: ", ")
            lines += Wrapping.line("not given, and a real call could carry it: ", list, hanging: 2)
        }
        for note in explanation.decision.notes
        where !explanation.layers.contains(where: {
            $0.why == note
        }) {
            lines += Wrapping.line("note: ", note, hanging: 2)
        }
        return lines
    }

    private static func key(_ read: ReadKey) -> String {
        let value = read.value.map { " = \(ValueText.value($0))" } ?? ""
        return switch read.origin {
        case .given: "\(read.key)\(value), given"
        case .derived: "\(read.key)\(value)"
        case .absent: "\(read.key) absent"
        case .unknown: "\(read.key) unknown"
        }
    }

    /// `  file:line:column`, where there is one.
    func place(_ span: SourceSpan) -> String? {
        sources.location(of: span).map { $0.description.cut.printable }
    }

    /// A line and the place behind it, on a line of its own where it does not fit.
    func line(
        _ prefix: String,
        painted: String? = nil,
        _ text: String,
        at span: SourceSpan?
    ) -> [String] {
        let indent = prefix.unicodeScalars.count
        var lines = Wrapping.line(prefix, painted: painted, text, hanging: indent)
        guard let place = span.flatMap(place) else { return lines }
        let last = lines[lines.count - 1]
        // What colours a line takes no room.
        let visible = lines.count == 1 ? prefix + text.printable : last
        let used = visible.unicodeScalars.count
        if used + 2 + place.unicodeScalars.count <= Wrapping.width {
            lines[lines.count - 1] += "  " + style.paint(place, .faint)
        } else {
            lines.append(String(repeating: " ", count: indent) + style.paint(place, .faint))
        }
        return lines
    }
}
