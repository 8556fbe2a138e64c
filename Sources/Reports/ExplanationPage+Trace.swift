import Authorization
import Explaining
import PolicyLanguage

// Every statement of every policy in scope.
extension ExplanationPage.Article {
    var trace: HTML? {
        let traced = explanation.tracedLayers
        guard !traced.isEmpty else { return nil }
        var left = rowLimit
        // Each layer with the statements there is still room for.
        let layers = traced.map { layer in
            let shown = layer.statements.prefix(left)
            left -= shown.count
            return (layer: layer, shown: shown)
        }
        let all = layers.map(\.layer.statements.count).reduce(0, +)
        return section("Every statement in scope") {
            HTML(.details, .class("trace")) {
                HTML(.summary) {
                    "\(all.counted("statement")) in \(layers.count.counted("layer"))"
                }
                HTML(.label) {
                    HTML(.input, .plain("type", "checkbox"), .class("filter"))
                    " hide those that do not apply"
                }
                for (layer, shown) in layers where !shown.isEmpty { table(layer, shown) }
                empty(traced)
                rest(all - (rowLimit - left), "statement")
            }
        }
    }

    private func table(
        _ layer: Explanation.TracedLayer,
        _ statements: ArraySlice<ToldStatement>
    ) -> HTML {
        HTML(.table) {
            HTML(.caption) { "\(layer.policyType.words) at \(layer.target)" }
            HTML(.tbody) {
                for statement in statements { row(statement) }
            }
        }
    }

    private func row(_ statement: ToldStatement) -> HTML {
        HTML(.tr, .class(statement.outcome.rawValue)) {
            HTML(.th, .plain("scope", "row")) {
                HTML(.span, .class("effect \(statement.effect.style)")) {
                    statement.effect.rawValue
                }
                " "
                ExplanationText.name(of: statement)
                if let place = place(statement.span) {
                    " "
                    place
                }
            }
            HTML(.td) { ExplanationText.words(for: statement.outcome) }
            HTML(.td) {
                let told = statement.elements.filter { $0.outcome != .matches }
                if !told.isEmpty {
                    HTML(.ul, .class("elements")) { for one in told { element(one) } }
                }
            }
        }
    }

    private func empty(_ layers: [Explanation.TracedLayer]) -> HTML? {
        let names = layers.filter(\.statements.isEmpty).map {
            "\($0.policyType.words) at \($0.target)"
        }
        guard !names.isEmpty else { return nil }
        return HTML(.p, .class("rest")) {
            "No statement: " + names.prefix(20).joined(separator: ", ")
                + (names.count > 20 ? ", … and \(names.count - 20) more" : "")
        }
    }
}
