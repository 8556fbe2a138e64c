package import Linting

/// The page of a check: what it finds, why it matters, what to do, and examples.
package enum CheckPage {
    package static func text(_ check: Check) -> String {
        var parts = [
            "\(check.id) (\(check.severity.rawValue)): \(check.title)",
            "",
            check.why,
            "",
            "What to do: \(check.fix)",
            "Source: \(check.source)",
            "Silence it in place: \"$lint\": {\"\(check.id)\": \"why this is meant\"}",
        ]
        for (title, isFound) in [("Found, between « and »:", true), ("Passes:", false)] {
            parts += ["", title]
            for example in check.examples where example.isFound == isFound {
                parts.append(example.heading.map { "  \($0)" } ?? "")
                parts += example.text.split(separator: "\n", omittingEmptySubsequences: false)
                    .map { "    \($0)" }
            }
        }
        return parts.joined(separator: "\n") + "\n"
    }

    /// All checks, a line each.
    package static func list(_ checks: [Check]) -> String {
        let width = checks.map(\.id.count).max() ?? 0
        return checks.sorted { $0.id < $1.id }.map { check in
            let padding = String(repeating: " ", count: width - check.id.count + 2)
            let severity = check.severity.rawValue
            let gap = String(repeating: " ", count: 9 - severity.count)
            return "\(check.id)\(padding)\(severity)\(gap)\(check.title)\n"
        }.joined()
    }
}

extension Example {
    /// What the example is part of, where its text does not show it.
    fileprivate var heading: String? {
        switch form {
        case .statement(let kind): "a statement of \(kind.noun)"
        case .policy(let kind): kind.noun
        case .organization: "an organization"
        }
    }
}
