import JSONSource
import OrganizationModel
import PolicyLanguage

// What is attached where.
extension RunPage {
    /// `isFirst` says that no organization before it stands in the same file.
    func tree(of told: EndedRun.ToldOrganization, isFirst: Bool) -> HTML {
        let drawing = Drawing(told.organization)
        let outside = drawing.accounts[nil] ?? []
        return HTML(.section, .class("tree")) {
            HTML(.h2) {
                let identity = told.organization.identity
                "Organization" + (identity.map { " \($0.id)" } ?? "")
            }
            HTML(.p, .class("lead")) {
                HTML(.code) { told.file }
                if !isFirst {
                    " as it stands in "
                    HTML(.code) { told.scenario }
                }
            }
            if !told.organization.nodes.isEmpty {
                HTML(.ul) { drawing.unit(0) }
            }
            if !outside.isEmpty {
                HTML(.p, .class("lead")) { "outside the organization" }
                HTML(.ul) { drawing.leaves(outside) }
            }
        }
    }

    /// The pieces of a tree.
    private struct Drawing {
        /// More accounts of one unit are counted.
        private static let accountLimit = 200
        let organization: Organization
        /// The units and accounts right below each node; nil stands for no node.
        let units: [Int?: [Int]]
        let accounts: [Int?: [Account]]

        init(_ organization: Organization) {
            self.organization = organization
            let nodes = organization.nodes
            units = Dictionary(grouping: nodes.indices) { nodes[$0].parent }
            accounts = Dictionary(grouping: organization.accounts) { $0.node }
        }

        func unit(_ index: Int) -> HTML {
            let node = organization.nodes[index]
            return HTML(.li) {
                HTML(.strong) { node.path.split(separator: "/").last.map(String.init) ?? node.path }
                HTML(.span, .class("id")) { " \(node.id)" }
                attached(node.serviceControlPolicies, node.resourceControlPolicies)
                HTML(.ul) {
                    leaves(accounts[index] ?? [])
                    for unit in units[index] ?? [] { self.unit(unit) }
                }
            }
        }

        func leaves(_ accounts: [Account]) -> [HTML] {
            let shown = accounts.prefix(Self.accountLimit).map(leaf)
            let rest = ExplanationPage.rest(accounts.count - shown.count, "account")
            return shown + (rest.map { rest in [HTML(.li) { rest }] } ?? [])
        }

        private func leaf(_ account: Account) -> HTML {
            HTML(.li) {
                account.name
                HTML(.span, .class("id")) {
                    " \(account.id.description)"
                    if organization.isManagementAccount(account) {
                        " · management account: no control policy reaches it"
                    }
                    if account.status != .active { " · \(account.status.rawValue)" }
                }
                attached(account.serviceControlPolicies, account.resourceControlPolicies)
            }
        }

        private func attached(_ service: [Policy], _ resource: [Policy]) -> HTML? {
            guard !service.isEmpty || !resource.isEmpty else { return nil }
            return HTML(.div, .class("attached")) {
                for policy in service { lines(of: policy, "SCP") }
                for policy in resource { lines(of: policy, "RCP") }
            }
        }

        private func lines(of policy: Policy, _ kind: String) -> HTML {
            let head = "\(kind) \(policy.name ?? "")"
            let statements = policy.document.body.statements
            let summaries = statements.map(StatementSummary.text)
            if summaries == ["allows *"] {
                return HTML(.p, .class("after")) { "\(head): allows everything" }
            }
            return HTML(.details, .plain("open")) {
                HTML(.summary) { head }
                HTML(.ul) {
                    for (statement, summary) in zip(statements, summaries) {
                        HTML(.li) {
                            HTML(
                                .span,
                                .class("effect \(statement.effect == .deny ? "bad" : "good")")
                            ) { statement.label }
                            " \(summary)"
                        }
                    }
                }
            }
        }
    }
}
