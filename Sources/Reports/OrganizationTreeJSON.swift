package import JSONSource
package import OrganizationModel
import PolicyLanguage

/// An organization as a tree, for machines: units and accounts with what is attached to each.
package struct OrganizationTreeJSON {
    private let organization: Organization
    private let units: [Int?: [Int]]
    private let accounts: [Int?: [Account]]

    package init(_ organization: Organization) {
        self.organization = organization
        let nodes = organization.nodes
        units = Dictionary(grouping: nodes.indices) { nodes[$0].parent }
        accounts = Dictionary(grouping: organization.accounts) { $0.node }
    }

    package var output: JSONOutput {
        let types = ControlPolicyType.allCases.filter(organization.enabledPolicyTypes.contains)
        return .fields([
            "organization": organization.identity.map { .string($0.id) },
            "policyTypes": .strings(types.map(\.rawValue)),
            "root": organization.nodes.isEmpty ? nil : node(0),
            "externalAccounts": list(accounts[nil] ?? []) { .object(self.account($0)) },
        ])
    }

    private func list<Part>(_ parts: [Part], _ told: (Part) -> JSONOutput) -> JSONOutput? {
        parts.isEmpty ? nil : .array(parts.map(told))
    }

    /// A unit stands behind the one above it, so this comes to an end.
    private func node(_ index: Int) -> JSONOutput {
        let node = organization.nodes[index]
        return .fields([
            "path": .string(node.path), "id": .string(node.id),
            "serviceControlPolicies": policies(node.serviceControlPolicies),
            "resourceControlPolicies": policies(node.resourceControlPolicies),
            "accounts": list(accounts[index] ?? []) { .object(self.member($0)) },
            "organizationalUnits": list(units[index] ?? [], self.node),
        ])
    }

    private func account(_ account: Account) -> [JSONOutput.Member] {
        [
            .init("name", .string(account.name)), .init("id", .string(account.id.description)),
            .init("status", .string(account.status.rawValue)),
        ]
    }

    private func member(_ account: Account) -> [JSONOutput.Member] {
        let isManaging = organization.isManagementAccount(account)
        return self.account(account)
            + (isManaging ? [.init("isManagementAccount", .bool(true))] : []) + [
                .init("serviceControlPolicies", policies(account.serviceControlPolicies)),
                .init("resourceControlPolicies", policies(account.resourceControlPolicies)),
            ]
    }

    private func policies(_ policies: [Policy]) -> JSONOutput {
        .array(
            policies.map { policy in
                if let reason = policy.document.missingReason {
                    return .fields([
                        "policy": .string(policy.name ?? ""), "missing": .string(reason),
                    ])
                }
                let statements = policy.document.body.statements.map { statement in
                    JSONOutput.fields([
                        "statement": .string(statement.label),
                        "effect": .string(statement.effect.rawValue),
                        "summary": .string(StatementSummary.text(of: statement)),
                    ])
                }
                return .fields([
                    "policy": .string(policy.name ?? ""), "statements": .array(statements),
                ])
            }
        )
    }
}
