import OrganizationModel
import PolicyLanguage

/// A trust policy by what it says, wherever it stands: roles with equal ones let in the same.
struct TrustKey: Hashable {
    private let writtenAt: Int
    private let statements: [StatementKey]

    private struct StatementKey: Hashable {
        let effect: Statement.Effect
        let principals: [PrincipalEntry]
        let isNegated: Bool
        let actions: ActionElement
        let conditions: [ConditionKeys]
    }

    private struct ConditionKeys: Hashable {
        let `operator`: ConditionOperator
        let key: ConditionKey
        let operands: [ConditionOperand]
    }

    init(_ policy: Policy) {
        writtenAt = policy.writtenAt
        statements = policy.document.statements.map { statement in
            StatementKey(
                effect: statement.effect,
                principals: statement.principal?.entries ?? [],
                isNegated: statement.principal?.isNegated ?? false,
                actions: statement.actions,
                conditions: statement.conditions.map {
                    ConditionKeys(operator: $0.operator, key: $0.key, operands: $0.operands)
                }
            )
        }
    }
}

/// Whom a trust policy names.
struct TrustReach: Sendable {
    private(set) var isEveryone = false
    private(set) var accounts: [AccountID] = []
    /// Places of the principals that it names one by one.
    private(set) var named: [Int] = []
    /// Whether no condition looks at the role: who is shut out of one is shut out of all.
    let isSameForAllRoles: Bool

    init(_ policy: Policy, among people: PrincipalList) {
        let statements = policy.document.statements
        let keys = statements.flatMap(\.conditions).flatMap(\.keysRead)
        isSameForAllRoles = !keys.contains {
            $0.canonical.contains("resource") || $0.canonical == "aws:requestedregion"
        }
        for statement in statements where statement.effect == .allow {
            for entry in statement.principal?.entries ?? [] {
                switch entry {
                case .everyone: isEveryone = true
                case .account(let id): accounts.append(id)
                case .user(let arn), .role(let arn), .assumedRole(let arn), .federatedUser(let arn):
                    named += people.places(of: arn)
                case .uniqueID(let id): named += people.places(ofUniqueID: id)
                case .service, .federated, .canonicalUser: continue
                }
            }
        }
    }
}
