import PolicyLanguage

/// What a statement allows that it does not with a mutant.
///
/// Where a Deny of the same policy reaches all of it, the verdict is the same, and so are the types
/// of policy that stand in the way: nothing that a check could say differs. Grants of resources are
/// not looked at: without them other policies come into play (EVAL-13).
struct LostGrant {
    private let lost: Statement

    /// Nil where the two differ in more than actions or resources.
    init?(_ before: Statement, _ after: Statement, _ grammar: PolicyGrammar) {
        guard grammar.kind == .identity || grammar.kind == .serviceControl,
            before.effect == .allow
        else { return nil }
        var (actions, resources) = (before.actions, before.resources)
        // A statement that is dropped has become a Deny of nothing.
        if after.effect == .allow {
            guard before.conditions == after.conditions, before.principal == after.principal else {
                return nil
            }
            switch (before.actions == after.actions, before.resources == after.resources) {
            case (false, true): actions = Self.difference(before.actions, after.actions)
            case (true, false):
                guard let left = Self.difference(before.resources, after.resources) else {
                    return nil
                }
                resources = left
            case (true, true), (false, false): return nil
            }
        }
        lost = Statement(
            sid: nil,
            index: before.index,
            effect: .deny,
            principal: before.principal,
            actions: actions,
            resources: resources,
            conditions: before.conditions,
            span: before.span
        )
    }

    func isDenied(by statement: Statement, _ cover: StatementCover) -> Bool {
        cover.covers(statement, lost)
    }

    /// The actions that only the one covers; all of it where it says what it does not cover.
    private static func difference(
        _ before: ActionElement,
        _ after: ActionElement
    ) -> ActionElement {
        guard !before.isNegated, !after.isNegated else { return before }
        let kept = Set(after.patterns.map(\.text))
        return ActionElement(
            patterns: before.patterns.filter { !kept.contains($0.text) },
            isNegated: false
        )
    }

    private static func difference(
        _ before: ResourceElement?,
        _ after: ResourceElement?
    ) -> ResourceElement? {
        guard let before, let after, !before.isNegated, !after.isNegated else { return nil }
        let kept = Set(after.patterns.map(\.text))
        return ResourceElement(
            patterns: before.patterns.filter { !kept.contains($0.text) },
            isNegated: false
        )
    }
}
