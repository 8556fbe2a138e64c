import Authorization
import Explaining
import JSONSource
import PolicyLanguage

extension ExplanationText {
    /// A line a layer; levels that say the same stand together, and so do layers that are not
    /// asked, behind the others, unless everything is to be told.
    func layers(_ explanation: Explanation, _ detail: Detail) -> [[String]] {
        let idle = explanation.layers.filter { $0.mark == .notAsked }
        guard detail != .trace, idle.count > 1 else {
            return Self.groups(of: explanation.layers).map { lines($0, explanation) }
        }
        let asked = explanation.layers.filter { $0.mark != .notAsked }
        let sign = Self.sign(.notAsked)
        let list = idle.map(Self.whyNotAsked).joined(separator: "; ")
        let folded = line(
            "\(sign.text) ",
            painted: style.paint(sign.text, sign.colour) + " ",
            "not asked: \(list)",
            at: nil
        )
        return Self.groups(of: asked).map { lines($0, explanation) } + [folded]
    }

    /// Why a layer is not asked, in words that say which one it is.
    private static func whyNotAsked(_ layer: Explanation.Layer) -> String {
        let words = layer.policyType.words
        let none = " has none"
        if layer.why.hasSuffix(none) { return "\(layer.why.dropLast(none.count)) has no \(words)" }
        let names = layer.policyType.namesInSentences
        return names.contains { layer.why.contains($0) } ? layer.why : "\(words): \(layer.why)"
    }

    /// The layers, levels that say the same put together.
    static func groups(of layers: [Explanation.Layer]) -> [[Explanation.Layer]] {
        var groups: [[Explanation.Layer]] = []
        for layer in layers {
            if let last = groups.last?.last, areTheSame(last, layer) {
                groups[groups.count - 1].append(layer)
            } else {
                groups.append([layer])
            }
        }
        return groups
    }

    private static func areTheSame(_ left: Explanation.Layer, _ right: Explanation.Layer) -> Bool {
        left.policyType == right.policyType && left.mark == right.mark && left.mark == .allows
            && right.reasons.isEmpty && left.reasons.isEmpty && left.why == right.why
    }

    private func lines(_ group: [Explanation.Layer], _ explanation: Explanation) -> [String] {
        let layer = group[0]
        let mark = Self.sign(layer.mark)
        let targets = group.compactMap { Self.place(of: $0, explanation.question) }
        // A rule of a service says enough of itself.
        var head = layer.policyType == .serviceRule ? "" : layer.policyType.words
        if let first = targets.first {
            let rest = targets.dropFirst()
            head += " \(first)" + rest.map { ", \($0.drop { $0 != " " }.dropFirst())" }.joined()
        }
        let why = layer.why
        // "permissions boundary: there is no permissions boundary" says it twice.
        if targets.isEmpty, why.contains(head) { head = "" }
        let text = [head, why].filter { !$0.isEmpty }.joined(separator: ": ")
        let granted = layer.mark == .allows && !layer.reasons.isEmpty
        let only = layer.mark == .blocks && layer.statements.count == 1
        var lines = line(
            "\(mark.text) ",
            painted: style.paint(mark.text, mark.colour) + " ",
            text,
            at: granted || only ? layer.statements.first?.span : nil
        )
        if layer.mark == .blocks || layer.mark == .depends { lines += details(of: layer) }
        return lines
    }

    /// What made a layer stand in the way.
    private func details(of layer: Explanation.Layer) -> [String] {
        var lines: [String] = []
        for statement in layer.statements.prefix(4) {
            if layer.statements.count > 1 || layer.mark == .depends {
                lines += line("    ", Self.name(of: statement), at: statement.span)
            }
            let told = statement.elements.filter {
                layer.mark == .depends && statement.outcome == .open
                    ? $0.outcome == .open : $0.isSelective
            }
            for element in told {
                lines += line("    ", element.text, at: nil)
            }
        }
        if layer.statements.count > 4 {
            lines.append("    … and \(layer.statements.count - 4) more")
        }
        return lines + layer.nearMisses.prefix(2).flatMap { nearMiss($0, indent: "    ") }
    }

    /// What came close, and what it would have taken.
    func nearMiss(_ miss: NearMiss, indent: String) -> [String] {
        let failed = miss.statement.elements.filter { $0.outcome != .matches }
        let lines = line(
            indent,
            "closest: \(Self.name(of: miss.statement))",
            at: miss.statement.span
        )
        return lines + failed.prefix(3).flatMap { line(indent + "  ", $0.text, at: nil) }
    }

    static func name(of statement: ToldStatement) -> String {
        let policy = statement.policy.map { "\($0), " } ?? ""
        return "\(policy)statement \(statement.label)"
    }

    static func sign(_ mark: Explanation.Mark) -> (text: String, colour: TextStyle.Colour) {
        switch mark {
        case .allows: ("✓", .good)
        case .blocks: ("✗", .bad)
        case .notAsked, .notNeeded: ("–", .faint)
        case .depends: ("?", .bad)
        }
    }

    /// Where a layer is, unless the question says so already.
    static func place(
        of layer: Explanation.Layer,
        _ question: Explanation.Question
    ) -> String? {
        guard let target = layer.target else { return nil }
        if [question.resource, question.principalARN, question.principal].contains(target) {
            return nil
        }
        switch layer.policyType {
        case .serviceControlPolicy, .resourceControlPolicy: return "at \(target)"
        case .identityPolicy, .resourcePolicy, .trustPolicy, .permissionsBoundary, .sessionPolicy,
            .vpcEndpointPolicy, .blockPublicAccess, .serviceRule:
            return "of \(target)"
        }
    }
}
