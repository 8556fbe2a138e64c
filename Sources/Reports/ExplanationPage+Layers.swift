import Authorization
import Explaining
import JSONSource
import PolicyLanguage

// What each layer says, in AWS's order.
extension ExplanationPage.Article {
    private static let layerLimit = 200
    /// How many statements of a layer are shown; the trace has the others.
    private static let statementLimit = 8

    var layerGroups: [[Explanation.Layer]] { ExplanationText.groups(of: explanation.layers) }

    func layerID(_ index: Int) -> String { "\(id)-layer-\(index + 1)" }

    var layers: HTML? {
        let groups = layerGroups
        guard !groups.isEmpty else { return nil }
        return section("What each layer says") {
            HTML(.ol, .class("layers")) {
                for (index, group) in groups.prefix(Self.layerLimit).enumerated() {
                    layer(group, id: layerID(index))
                }
            }
            rest(groups.count - Self.layerLimit, "layer")
        }
    }

    /// `service control policy at Root, Root/Workloads`, as far as the question does not say it.
    func head(of group: [Explanation.Layer]) -> String {
        let places = group.compactMap { ExplanationText.place(of: $0, explanation.question) }
        let words = group[0].policyType.words
        guard let first = places.first else { return words }
        // The preposition is the same for all.
        let others = places.dropFirst().map { ", \($0.drop { $0 != " " }.dropFirst())" }
        return "\(words) \(first)" + others.joined()
    }

    private func layer(_ group: [Explanation.Layer], id: String) -> HTML {
        let first = group[0]
        let why = first.why
        let head = head(of: group)
        return HTML(.li, .id(id), .class("layer \(first.mark.style)")) {
            HTML(.span, .class("mark"), .plain("role", "img"), .label(first.mark.words)) {
                ExplanationText.sign(first.mark).text
            }
            HTML(.div) {
                HTML(.p) {
                    // "There is no permissions boundary" says what it is about.
                    if !why.contains(head) {
                        HTML(.strong) { head }
                        if !why.isEmpty { ": " }
                    }
                    why
                }
                details(of: first)
            }
        }
    }

    private func details(of layer: Explanation.Layer) -> [HTML] {
        let decides = layer.mark == .blocks || layer.mark == .depends
        guard decides || layer.mark == .allows && !layer.reasons.isEmpty else { return [] }
        let shown = layer.statements.prefix(Self.statementLimit)
        var pieces = shown.map { card($0, of: layer) }
        pieces += [rest(layer.statements.count - shown.count, "statement")].compactMap { $0 }
        if decides, !layer.nearMisses.isEmpty {
            pieces.append(
                HTML(.div, .class("near")) {
                    HTML(.p, .class("lead")) {
                        "What came closest to allowing it, and what did not fit:"
                    }
                    for miss in layer.nearMisses.prefix(Self.statementLimit) {
                        card(miss.statement, of: layer)
                    }
                }
            )
        }
        return pieces
    }

    /// One statement: what it is, where it stands, what it compared.
    private func card(_ statement: ToldStatement, of layer: Explanation.Layer) -> HTML {
        let isMiss = statement.outcome == .fails
        return HTML(.div, .class("card")) {
            HTML(.p, .class("name")) {
                HTML(.span, .class("effect \(statement.effect.style)")) {
                    statement.effect.rawValue
                }
                " "
                HTML(.strong) { ExplanationText.name(of: statement) }
                if let place = place(statement.span) {
                    " "
                    place
                }
            }
            HTML(.p, .class("where")) {
                let place = holder(of: layer)
                if let place { place }
                if let arn = statement.policyARN, arn != statement.policy {
                    if place != nil { " · " }
                    HTML(.code) { arn }
                }
            }
            let told = statement.elements.filter { isMiss || $0.isSelective }
            if !told.isEmpty {
                HTML(.ul, .class("elements")) { for one in told { element(one) } }
            }
            excerpt(of: statement)
        }
    }

    /// What the policies of a layer are attached to.
    private func holder(of layer: Explanation.Layer) -> String? {
        let question = explanation.question
        guard let target = layer.target else { return nil }
        switch layer.policyType {
        case .identityPolicy, .permissionsBoundary, .sessionPolicy:
            let isCaller = [question.principalARN, question.principal].contains(target)
            return isCaller ? "attached to the caller" : "attached to \(target)"
        case .resourcePolicy, .trustPolicy, .blockPublicAccess:
            return target == question.resource ? "of the resource" : "of \(target)"
        case .vpcEndpointPolicy: return "of \(target)"
        case .serviceControlPolicy, .resourceControlPolicy: return "attached at \(target)"
        case .serviceRule: return nil
        }
    }

    func element(_ element: ToldStatement.Element) -> HTML {
        HTML(.li, .class(element.outcome.rawValue)) {
            HTML(.span, .class("outcome")) { element.outcome.words }
            " "
            HTML(.span) { element.text }
        }
    }

    /// The statement as it stands in its file.
    private func excerpt(of statement: ToldStatement) -> HTML? {
        let isMiss = statement.outcome == .fails
        let wanted: ToldStatement.Outcome = isMiss ? .fails : .matches
        let keys = statement.elements.filter {
            $0.kind == .condition && ($0.outcome == wanted || $0.outcome == .open)
        }
        let span = statement.span
        guard let excerpt = SourceExcerpt(of: span, keys: keys.map(\.span), in: sources) else {
            return nil
        }
        return HTML(.details, isMiss ? nil : .plain("open")) {
            HTML(.summary) { "as written" }
            HTML(.pre, .class("source")) {
                for line in excerpt.lines {
                    if let line {
                        HTML(.span, .class(line.isKey ? "line key" : "line")) {
                            HTML(.span, .class("number")) { "\(line.number)" }
                            HTML(.span) {
                                line.before.expandingTabs
                                if !line.value.isEmpty {
                                    HTML(.mark) { line.value.expandingTabs }
                                }
                                line.after.expandingTabs
                            }
                        }
                    } else {
                        HTML(.span, .class("line")) {
                            HTML(.span, .class("number")) { "…" }
                            HTML(.span) { "\(excerpt.omitted.counted("more line"))" }
                        }
                    }
                    HTML.newline
                }
            }
        }
    }
}

extension String {
    /// Tabs would be shown as escapes, like other control characters.
    fileprivate var expandingTabs: String { replacing("\t", with: "    ") }
}

extension Explanation.Mark {
    /// What the sign says to somebody who hears the page.
    fileprivate var words: String {
        switch self {
        case .allows: "allows"
        case .blocks: "stands in the way"
        case .notAsked: "not asked"
        case .notNeeded: "not needed"
        case .depends: "depends on unknown keys"
        }
    }

    fileprivate var style: String {
        switch self {
        case .allows: "good"
        case .blocks: "bad"
        case .notAsked, .notNeeded: "faint"
        case .depends: "open"
        }
    }
}

extension ToldStatement.Outcome {
    /// What became of one element.
    fileprivate var words: String {
        switch self {
        case .matches: "matches"
        case .fails: "differs"
        case .open: "unknown"
        }
    }
}

extension Statement.Effect {
    var style: String {
        switch self {
        case .allow: "good"
        case .deny: "bad"
        }
    }
}
