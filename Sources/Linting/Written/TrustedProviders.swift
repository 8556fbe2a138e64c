import JSONSource
import PolicyLanguage

/// An identity provider that a trust policy names in `Federated`.
struct TrustedProvider {
    let place: SourceString
    let kind: Kind

    enum Kind: Equatable {
        case saml
        /// The host and path that the provider's condition keys begin with, in lower case.
        case oidc(host: String)
    }

    /// Nil for what is neither the ARN of a provider nor one of the providers that AWS knows by
    /// their hosts (PRIN-12).
    init?(_ principal: WrittenStatement.Principal) {
        guard principal.kind == "Federated" else { return nil }
        place = principal.text
        let text = principal.text.text
        if Self.known.contains(text) {
            kind = .oidc(host: text)
            return
        }
        guard let arn = ARN(text), arn.service == "iam" else { return nil }
        switch arn.resourceType {
        case "saml-provider": kind = .saml
        case "oidc-provider":
            kind = .oidc(host: String(arn.resource.dropFirst("oidc-provider/".count)).lowercased())
        default: return nil
        }
    }

    private static let known: Set<String> = [
        "cognito-identity.amazonaws.com", "www.amazon.com", "graph.facebook.com",
        "accounts.google.com",
    ]
}

extension TrustedProvider {
    var host: String? {
        if case .oidc(let host) = kind { host } else { nil }
    }

    /// Whether AWS knows the provider without an IAM resource, so that no list of audiences stands
    /// between its tokens and the role.
    var isBuiltIn: Bool { Self.known.contains(place.text) }

    /// The call by which the provider's users assume a role.
    var action: String {
        switch kind {
        case .saml: "sts:AssumeRoleWithSAML"
        case .oidc: "sts:AssumeRoleWithWebIdentity"
        }
    }
}

extension WrittenStatement {
    var trustedProviders: [TrustedProvider] {
        guard let principals, !principals.isNegated else { return [] }
        return principals.entries.compactMap { TrustedProvider($0) }
    }

    /// The conditions on a claim of an OIDC provider, such as `sub`.
    func conditions(onClaim claim: String, of host: String) -> [WrittenCondition] {
        conditions(on: "\(host):\(claim)")
    }

    /// Whether a condition names values of some claim of a provider other than its audience, which
    /// all its tokens share.
    func limitsClaims(of host: String) -> Bool {
        conditions.contains { condition in
            let key = condition.canonicalKey
            guard key.hasPrefix("\(host):"), !key.hasSuffix(":aud"), let base = condition.base
            else { return false }
            return !base.isNegated && base != .null
        }
    }
}
