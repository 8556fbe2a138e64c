import JSONSource
import PolicyLanguage

/// Looks at policies and organizations with a set of checks.
package struct Linter: Sendable {
    private let checks: [Check]

    package init(_ checks: [Check] = Check.all) {
        self.checks = checks
    }
}

extension Linter {
    /// What the checks find in one document.
    package func findings(in policy: WrittenPolicy) -> [Finding] {
        let reading = PolicyParser.parse(policy.value, as: policy.kind.grammar).diagnostics
        return checks.flatMap { check in
            remarks(of: check, on: policy, reading).map { Finding(check: check, remark: $0) }
        }
    }

    private func remarks(
        of check: Check,
        on policy: WrittenPolicy,
        _ reading: [Diagnostic]
    ) -> [Remark] {
        switch check.inspection {
        case .statement(let inspect): policy.statements.flatMap { inspect($0, policy) }
        case .policy(let inspect): inspect(policy)
        case .reading(let codes): reading.filter { codes.contains($0.code) }.map(Remark.init)
        case .organization, .silences: []
        }
    }

    /// What the checks find in an organization and in every policy of it.
    package func findings(in organization: WrittenOrganization) -> [Finding] {
        let ofPolicies = organization.policies.flatMap { findings(in: $0) }
        let ofTheWhole = checks.flatMap { check -> [Finding] in
            guard case .organization(let inspect) = check.inspection else { return [] }
            return inspect(organization).map { Finding(check: check, remark: $0) }
        }
        return ofPolicies + ofTheWhole
    }
}

extension Remark {
    fileprivate init(_ diagnostic: Diagnostic) {
        self.init(diagnostic.message, at: diagnostic.span, help: diagnostic.help)
        notes = diagnostic.notes
    }
}
