import Authorization
package import OrganizationModel

/// What a fix does to other questions, by their place in the list asked.
package struct FixEffects: Sendable, Hashable {
    /// Denied without the fix, allowed with it.
    package let opened: [Int]
    /// Allowed without the fix, denied with it.
    package let closed: [Int]
}

extension FixSearch {
    /// Which of other questions would come out otherwise once the organization is changed; what the
    /// fix changes about the request itself is no matter for them.
    package static func effects(
        of fix: Fix,
        on questions: [Question],
        in state: OrganizationState
    ) -> FixEffects {
        guard !fix.changes.isEmpty, let changed = try? state.applying(fix.changes) else {
            return FixEffects(opened: [], closed: [])
        }
        let before = Engine(state.organization)
        let after = Engine(changed.organization)
        var opened: [Int] = []
        var closed: [Int] = []
        for (index, question) in questions.enumerated() {
            let isAllowed = question.answer(before).decision.outcome == .allowed
            let willBe = question.answer(after).decision.outcome == .allowed
            if isAllowed == willBe { continue }
            if willBe { opened.append(index) } else { closed.append(index) }
        }
        return FixEffects(opened: opened, closed: closed)
    }
}
