import PolicyLanguage
import ServiceCatalog

/// Whether statements of one kind of policy reach what others do.
struct StatementCover {
    private let kind: PolicyGrammar.Kind
    /// The bucket whose policy it is; nil for any other policy.
    private let bucket: String?

    init(_ grammar: PolicyGrammar, of resource: String?) {
        kind = grammar.kind
        bucket = resource.flatMap { $0.hasPrefix("arn:aws:s3:::") ? $0 : nil }
    }

    /// Every action that AWS lists.
    private static let listed: [ActionName] = ServiceCatalog.services.flatMap { service in
        service.actions.compactMap { ActionName($0.qualifiedName) }
    }

    /// Whether both reach the same whatever the request, as far as AWS lists actions.
    func areSame(_ one: Statement, _ other: Statement) -> Bool {
        covers(one, other) && covers(other, one)
    }

    /// Whether a statement applies wherever the other does, and weighs no less there.
    func covers(_ wide: Statement, _ narrow: Statement) -> Bool {
        guard wide.effect == narrow.effect, coversPrincipals(wide.principal, narrow.principal),
            coversResources(wide.resources, narrow.resources, narrow.actions)
        else { return false }
        let conditions = plain(narrow)
        let isWeaker = plain(wide).allSatisfy { condition in
            conditions.contains { condition.isWeaker(than: $0) }
        }
        return isWeaker && coversActions(wide.actions, narrow.actions)
    }

    private func plain(_ statement: Statement) -> [PlainCondition] {
        statement.conditions.map { condition in
            let isPresent = PresentKeys.contains(condition.key, in: kind, of: statement)
            return PlainCondition(condition, isPresent: isPresent)
        }
    }

    /// Whether a statement covers no action that such a policy reaches.
    func reachesNothing(_ statement: Statement) -> Bool {
        !names(in: statement.actions).contains { isReached($0) }
    }

    private func coversActions(_ wide: ActionElement, _ narrow: ActionElement) -> Bool {
        if wide == narrow { return true }
        if !wide.isNegated, wide.patterns.contains(where: \.isEverything) { return true }
        return names(in: narrow).allSatisfy { wide.covers($0) || !isReached($0) }
    }

    /// The actions that an element covers: those that are listed, and those it names that are not.
    private func names(in element: ActionElement) -> [ActionName] {
        if element.isNegated { return Self.listed.filter { element.covers($0) } }
        return element.patterns.flatMap { pattern -> [ActionName] in
            if pattern.text == StatementSite.noAction { return [] }
            if let name = ActionName(pattern.text) { return [name] }
            if pattern.isEverything { return Self.listed }
            return ServiceCatalog.actions(matching: pattern).compactMap {
                ActionName($0.qualifiedName)
            }
        }
    }

    private func isReached(_ action: ActionName) -> Bool {
        switch kind {
        case .serviceControl: return !ServiceCatalog.isBeyondSCPs(action.service)
        case .resourceControl: return ServiceCatalog.isReachedByRCPs(action.service)
        case .trust: return action.service == "sts"
        case .identity, .session, .resource, .vpcEndpoint: return true
        }
    }

    private func coversPrincipals(_ wide: PrincipalElement?, _ narrow: PrincipalElement?) -> Bool {
        guard let wide, let narrow else { return wide == nil && narrow == nil }
        guard wide.isNegated == narrow.isNegated else { return false }
        let (one, other) = (Set(wide.entries), Set(narrow.entries))
        return wide.isNegated ? one == other : one.isSuperset(of: other)
    }

    private func coversResources(
        _ wide: ResourceElement?,
        _ narrow: ResourceElement?,
        _ actions: ActionElement
    ) -> Bool {
        guard let wide, let narrow else { return wide == nil && narrow == nil }
        if !wide.isNegated {
            if wide.patterns.contains(where: \.isEverything) { return true }
            if coversBucket(wide.patterns.map(\.text), actions) { return true }
        }
        guard wide.isNegated == narrow.isNegated else { return false }
        func covers(_ one: ResourcePattern, _ other: ResourcePattern) -> Bool {
            one.text == other.text || one.isEverything
                || PatternCover.covers(one.text, other.text, colons: 5)
        }
        if wide.isNegated {
            return wide.patterns.allSatisfy { own in
                narrow.patterns.contains { covers($0, own) }
            }
        }
        return narrow.patterns.allSatisfy { pattern in
            wide.patterns.contains { covers($0, pattern) }
        }
    }

    /// Whether patterns of a bucket's policy fit everything that the policy is asked about: the
    /// bucket, unless no action works on one, and what is in it.
    private func coversBucket(_ patterns: [String], _ actions: ActionElement) -> Bool {
        guard let bucket, patterns.contains("\(bucket)/*") else { return false }
        if patterns.contains(bucket) { return true }
        return Self.listed.allSatisfy { name in
            guard name.service == "s3", actions.covers(name) else { return true }
            return ServiceCatalog.action(name)?.resourceTypeNames.contains("bucket") == false
        }
    }
}
