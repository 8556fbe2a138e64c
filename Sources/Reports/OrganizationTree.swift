import JSONSource
package import OrganizationModel
import PolicyLanguage

/// An organization as a tree: units and accounts, what is attached where, and what that allows or
/// denies.
package struct OrganizationTree {
    private let organization: Organization
    private let style: TextStyle
    /// Whether each statement of what is attached is told.
    private let tellsStatements: Bool
    /// The units and accounts right below each node; nil stands for no node.
    private let units: [Int?: [Int]]
    private let accounts: [Int?: [Account]]

    package init(_ organization: Organization, style: TextStyle, tellsStatements: Bool) {
        self.organization = organization
        self.style = style
        self.tellsStatements = tellsStatements
        let nodes = organization.nodes
        units = Dictionary(grouping: nodes.indices) { nodes[$0].parent }
        accounts = Dictionary(grouping: organization.accounts) { $0.node }
    }

    package var text: String {
        var lines: [String] = []
        if !organization.nodes.isEmpty {
            if let identity = organization.identity {
                lines.append("organization \(identity.id.printable)")
            }
            lines += branch(of: 0)
            let off = ControlPolicyType.allCases.filter {
                !organization.enabledPolicyTypes.contains($0)
            }
            lines += off.map { "\($0.words) policies are not enabled: none of them counts" }
        }
        let outside = accounts[nil] ?? []
        if !outside.isEmpty {
            lines.append("outside the organization")
            lines += children(outside.map(leaf))
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// A node with all below it, the first line its own.
    private func branch(of index: Int) -> [String] {
        let node = organization.nodes[index]
        let name = node.path.split(separator: "/").last.map(String.init) ?? node.path
        // A unit stands behind the one above it, so this comes to an end.
        let below = (accounts[index] ?? []).map(leaf) + (units[index] ?? []).map(branch)
        var words = [name.printable, style.paint(node.id.printable, .faint)]
        let count = accountsBelow(index)
        if count > 0 { words.append(style.paint(count.counted("account"), .faint)) }
        return [words.joined(separator: "  ")]
            + attached(
                node.serviceControlPolicies,
                node.resourceControlPolicies,
                isLeaf: below.isEmpty
            ) + children(below)
    }

    private func leaf(_ account: Account) -> [String] {
        var words = [account.name.printable, style.paint(account.id.description, .faint)]
        if organization.isManagementAccount(account) {
            words.append("management account: no control policy reaches it")
        }
        if account.status != .active { words.append(account.status.rawValue) }
        let head = words.joined(separator: "  ")
        // What nearly every account has, and all it has, needs no line; nobody outside has any.
        let service = account.serviceControlPolicies
        let isUsual = service == [ControlPolicyType.serviceControlPolicy.fullAccess]
        guard account.node != nil, !isUsual || !account.resourceControlPolicies.isEmpty else {
            return [head]
        }
        return [head] + attached(service, account.resourceControlPolicies, isLeaf: true)
    }

    /// How many accounts are in a node and in those below it.
    private func accountsBelow(_ index: Int) -> Int {
        (units[index] ?? []).reduce(accounts[index]?.count ?? 0) { $0 + accountsBelow($1) }
    }

    private func attached(_ service: [Policy], _ resource: [Policy], isLeaf: Bool) -> [String] {
        let bar = isLeaf ? "  " : "│ "
        let enforces = organization.enabledPolicyTypes.contains(.serviceControlPolicy)
        let none =
            service.isEmpty && enforces
            ? [style.paint("\(bar)no SCP: nothing is allowed here", .bad)] : []
        return none + service.flatMap { lines(of: $0, "SCP", bar) }
            + resource.flatMap { lines(of: $0, "RCP", bar) }
    }

    private func lines(of policy: Policy, _ kind: String, _ bar: String) -> [String] {
        let name = (policy.name ?? "").printable
        if let reason = policy.document.missingReason {
            return ["\(bar)\(kind) \(name): not known, \(reason.printable)"]
        }
        let statements = policy.document.body.statements
        let summaries = statements.map { StatementSummary.text(of: $0).printable }
        // What allows everything, and mostly stands everywhere, needs no line of its own.
        if summaries == ["allows *"] { return ["\(bar)\(kind) \(name): allows everything"] }
        let head = "\(bar)\(kind) \(name)"
        guard tellsStatements else { return ["\(head): \(statements.count.counted("statement"))"] }
        return [head]
            + zip(statements, summaries).map { statement, summary in
                let text = "\(bar)  \(statement.label.printable): \(summary)"
                return statement.effect == .deny ? style.paint(text, .bad) : text
            }
    }

    private func children(_ branches: [[String]]) -> [String] {
        branches.enumerated().flatMap { number, branch in
            let isLast = number == branches.count - 1
            return branch.enumerated().map { line, text in
                let mark = line == 0 ? (isLast ? "└─ " : "├─ ") : (isLast ? "   " : "│  ")
                return mark + text
            }
        }
    }
}

extension Account {
    /// The place of its node, inside the organization.
    var node: Int? {
        if case .member(let node) = membership { node } else { nil }
    }
}

extension ControlPolicyType {
    fileprivate var words: String {
        switch self {
        case .serviceControlPolicy: "service control"
        case .resourceControlPolicy: "resource control"
        }
    }
}
