import OrganizationModel
import PolicyLanguage

/// Principals by the roles that their own policies let them assume.
///
/// Whoever is granted a role by its account, and everybody from another account, needs such a leave
/// as well (XACC-1): the others need not be asked. Conditions are not looked at here.
struct AssumeLeaves: Sendable {
    /// Places of principals; each list belongs to one pattern.
    private(set) var lists: [[Int]] = []
    /// Patterns without wildcards, by text.
    private var exact: [String: Int] = [:]
    /// Patterns with wildcards, by the account they name; under "" where they name none as such.
    private var wild: [String: [WildList]] = [:]
    private var wildByPattern: [ResourcePattern: Int] = [:]
    /// Of patterns that only a request can tell: with variables, or of `NotResource`.
    private var open: Int?

    private struct WildList: Sendable {
        let pattern: ResourcePattern
        let list: Int
    }

    /// - Complexity: linear in the patterns.
    init(_ resources: some Sequence<(place: Int, elements: [ResourceElement])>) {
        for (place, elements) in resources {
            for element in elements { add(place, element) }
        }
    }

    /// The lists of those who may have leave to assume a role.
    func lists(covering role: ARN) -> [Int] {
        var found = open.map { [$0] } ?? []
        if let list = exact[role.description] { found.append(list) }
        let requested = RequestedResource.named(role.description)
        let context = RequestContext()
        for account in [role.account, ""] {
            for entry in wild[account] ?? [] where entry.pattern.matches(requested, in: context) {
                found.append(entry.list)
            }
        }
        return found
    }
}

extension AssumeLeaves {
    private mutating func add(_ place: Int, _ element: ResourceElement) {
        let isOpen = element.isNegated || element.patterns.contains { !$0.variables.isEmpty }
        if isOpen { return append(place, to: openList()) }
        for pattern in element.patterns { append(place, to: list(of: pattern)) }
    }

    private mutating func append(_ place: Int, to list: Int) {
        // The patterns of one principal come together.
        if lists[list].last != place { lists[list].append(place) }
    }

    private mutating func openList() -> Int {
        if let open { return open }
        let list = newList()
        open = list
        return list
    }

    private mutating func list(of pattern: ResourcePattern) -> Int {
        let isWild = pattern.isIncomplete || pattern.text.contains { $0 == "*" || $0 == "?" }
        if !isWild {
            if let list = exact[pattern.text] { return list }
            let list = newList()
            exact[pattern.text] = list
            return list
        }
        if let list = wildByPattern[pattern] { return list }
        let list = newList()
        wildByPattern[pattern] = list
        let account = ARN(pattern.text)?.accountID?.description ?? ""
        wild[account, default: []].append(WildList(pattern: pattern, list: list))
        return list
    }

    private mutating func newList() -> Int {
        lists.append([])
        return lists.count - 1
    }
}

/// What identity policies say of `sts:AssumeRole`, each document looked through once.
struct AssumeStatements {
    private let action: ActionName
    private var known: [ObjectIdentifier: [ResourceElement]] = [:]

    init(_ action: ActionName) { self.action = action }

    /// The resources of the statements that allow it.
    mutating func resources(in policies: [Policy]) -> [ResourceElement] {
        var all: [ResourceElement] = []
        for place in policies.indices {
            let id = policies[place].document.bodyID
            if let found = known[id] {
                all += found
                continue
            }
            let found = resources(in: policies[place].document.body)
            known[id] = found
            all += found
        }
        return all
    }

    private func resources(in body: PolicyBody) -> [ResourceElement] {
        body.statements.filter { $0.effect == .allow && $0.actions.covers(action) }
            .map { $0.resources ?? ResourceElement(patterns: [], isNegated: true) }
    }
}
