package import JSONSource
import PolicyLanguage

/// Looks at policies and organizations with a set of checks.
package struct Linter: Sendable {
    /// How many findings one run keeps; what lies beyond is not looked for.
    package static let findingLimit = 100_000

    private let checks: [Check]

    package init(_ checks: [Check] = Check.all) {
        self.checks = checks
    }
}

extension Linter {
    /// What the checks find in one document.
    package func findings(in policy: WrittenPolicy) -> [Finding] {
        guard policy.problem == nil else { return [] }
        let reading = problemsOfReading(policy)
        return checks.flatMap { check in
            remarks(of: check, on: policy, reading).map { Finding(check: check, remark: $0) }
        }
    }

    private func problemsOfReading(_ policy: WrittenPolicy) -> [Diagnostic] {
        let all = PolicyParser.parse(policy.value, as: policy.kind.grammar).diagnostics
        if all.isEmpty { return [] }
        // Where a placeholder stands, nothing else needs to be said of the word.
        let unfilled = Set(policy.value.strings.filter { $0.placeholder != nil }.map(\.span))
        return all.filter { !unfilled.contains($0.span) }
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
        case .organization, .loading, .silences: []
        }
    }

    /// What the checks find in an organization and in every policy of it.
    ///
    /// `loading` is what loading the organization had to say.
    package func findings(
        in organization: WrittenOrganization,
        loading: [Diagnostic]
    ) -> [Finding] {
        var ofPolicies: [Finding] = []
        for policy in organization.policies where !policy.holder.isForeign {
            guard ofPolicies.count < Self.findingLimit else { break }
            ofPolicies += findings(in: policy)
        }
        let ofTheWhole = checks.flatMap { check -> [Finding] in
            switch check.inspection {
            case .organization(let inspect):
                inspect(organization).map { Finding(check: check, remark: $0) }
            case .loading(let codes):
                loading.filter { codes.contains($0.code) }
                    .map { Finding(check: check, remark: Remark($0)) }
            case .statement, .policy, .reading, .silences: []
            }
        }
        return ofPolicies + ofTheWhole
    }

    /// What loading says that no check takes up, problems of policies aside, and that no finding
    /// says at the same place.
    package func rest(
        of loading: [Diagnostic],
        in organization: WrittenOrganization,
        beside findings: [Finding]
    ) -> [Diagnostic] {
        let tooLong = findings.filter { $0.check.id == Check.policyTooLong.id }.map(\.remark.span)
        var taken: Set<String> = []
        var takenOfPolicies: Set<String> = []
        for check in checks {
            switch check.inspection {
            case .loading(let codes): taken.formUnion(codes)
            case .reading(let codes): takenOfPolicies.formUnion(codes)
            case .statement, .policy, .organization, .silences: break
            }
        }
        let policies = DocumentPlaces(organization.policies.map(\.value.span))
        // A file that is laid over another says only what it changes.
        let isOverlay = organization.value["organization"] == nil
        return loading.filter { problem in
            if isOverlay, problem.code == "json.missing-field" { return false }
            if taken.contains(problem.code) || problem.code.hasPrefix("policy.") { return false }
            // Policies are read again by the linter; the same codes elsewhere are not its business.
            if takenOfPolicies.contains(problem.code), policies.cover(problem.span) { return false }
            return problem.code != "quota.policy-size"
                || !tooLong.contains(where: problem.span.covers)
        }
    }
}

extension Remark {
    fileprivate init(_ diagnostic: Diagnostic) {
        self.init(diagnostic.message, at: diagnostic.span, help: diagnostic.help)
        notes = diagnostic.notes
    }
}
