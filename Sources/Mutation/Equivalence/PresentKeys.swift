import PolicyLanguage

/// Condition keys that every request carries which a policy can reach.
///
/// Only those that are filled in for each request, whatever a step tells. Source: IAM User Guide,
/// "AWS global condition context keys", 2026-09 (semantics 3.1).
enum PresentKeys {
    private static let everywhere: Set<ConditionKey> = [
        "aws:ViaAWSService", "aws:CurrentTime", "aws:EpochTime", "aws:SecureTransport",
    ]
    /// Of callers that are users, roles or root: those whom SCPs and identity policies reach.
    private static let ofPrincipals: Set<ConditionKey> = [
        "aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalType", "aws:userid",
        "aws:PrincipalIsAWSService",
    ]

    static func contains(
        _ key: ConditionKey,
        in kind: PolicyGrammar.Kind,
        of statement: Statement
    ) -> Bool {
        if everywhere.contains(key) { return true }
        switch kind {
        case .identity, .session, .serviceControl: return ofPrincipals.contains(key)
        case .trust, .resource, .vpcEndpoint, .resourceControl:
            return ofPrincipals.contains(key) && isOfPrincipals(statement)
        }
    }

    /// Whether it names accounts, users and roles alone.
    private static func isOfPrincipals(_ statement: Statement) -> Bool {
        guard let principal = statement.principal, !principal.isNegated else { return false }
        return principal.entries.allSatisfy { entry in
            switch entry {
            case .account, .user, .role, .assumedRole, .federatedUser, .uniqueID: true
            case .everyone, .service, .federated, .canonicalUser: false
            }
        }
    }
}
