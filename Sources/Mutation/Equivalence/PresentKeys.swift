import PolicyLanguage

/// Condition keys that every request carries which a policy can reach.
///
/// Source: IAM User Guide, "AWS global condition context keys", 2026-09 (semantics 3.1); OpenID
/// Connect Core 1.0, "ID Token": a token without `sub` and `aud` is none.
enum PresentKeys {
    private static let everywhere: Set<ConditionKey> = [
        "aws:PrincipalAccount", "aws:PrincipalType", "aws:userid", "aws:ViaAWSService",
        "aws:CurrentTime", "aws:EpochTime", "aws:SecureTransport", "aws:RequestedRegion",
    ]
    /// Of callers that are users, roles or root: those whom SCPs and identity policies reach.
    private static let ofPrincipals: Set<ConditionKey> = [
        "aws:PrincipalArn", "aws:PrincipalIsAWSService",
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
            if ofPrincipals.contains(key) { return isOfPrincipals(statement) }
            return kind == .trust && isOfToken(key, statement)
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

    /// `PROVIDER:sub` and `PROVIDER:aud` where nobody but the provider's callers is named.
    private static func isOfToken(_ key: ConditionKey, _ statement: Statement) -> Bool {
        guard let principal = statement.principal, !principal.isNegated else { return false }
        let name = key.canonical
        return principal.entries.allSatisfy { entry in
            guard case .federated(let provider) = entry,
                let arn = ARN(provider), arn.resourceType == "oidc-provider"
            else { return false }
            let host = arn.resource.dropFirst("oidc-provider/".count).lowercased()
            return name == "\(host):sub" || name == "\(host):aud"
        }
    }
}
