import Authorization
import JSONSource
import PolicyLanguage

extension EventDraft {
    /// Who called, by the type of `userIdentity`.
    ///
    /// Source: CloudTrail User Guide, "CloudTrail userIdentity element", 2026-11.
    mutating func principal(
        _ identity: ObjectReader,
        _ outcome: RecordedEvent.Outcome
    ) -> RecordedEvent.Principal {
        let type = identity.string("type", &diagnostics)
        let arn = identity.string("arn", &diagnostics)
        let invoker = identity.string("invokedBy", &diagnostics)
        callerAccount = identity.string("accountId", &diagnostics)
        if let found = arn.flatMap({ ARN($0) }) { partition = found.partition }
        switch type {
        case "AWSService":
            isServiceCall = true
            return service(invoker, identity)
        case nil where invoker != nil:
            isServiceCall = true
            return service(invoker, identity)
        case "AWSAccount": return account(identity, outcome)
        case "WebIdentityUser", "SAMLUser": return federation(identity)
        case "IdentityCenterUser":
            return .unknown("an Identity Center user called with his token, not as a role or user")
        default:
            if let arn { return .named(arn) }
            let issuer = identity.value["sessionContext"]?["sessionIssuer"]?["arn"]?.string
            if let issuer { return .named(issuer) }
            return .unknown("the record names no ARN of the caller")
        }
    }

    private func service(
        _ name: String?,
        _ identity: ObjectReader
    ) -> RecordedEvent.Principal {
        guard let name, name.hasSuffix(".amazonaws.com") else {
            return .unknown("the record does not name the service that called")
        }
        let scope = identity.value["inScopeOf"]
        return .service(
            name,
            sourceAccount: scope?["sourceAccount"]?.string,
            sourceARN: scope?["sourceArn"]?.string
        )
    }

    /// A caller of another account, or nobody: only a denial may name him.
    private mutating func account(
        _ identity: ObjectReader,
        _ outcome: RecordedEvent.Outcome
    ) -> RecordedEvent.Principal {
        let id = identity.string("principalId", &diagnostics)
        if callerAccount == "ANONYMOUS_PRINCIPAL" || callerAccount == "anonymous" {
            callerAccount = nil
            return .named("anonymous")
        }
        if case .denied(let denial) = outcome, let message = denial.message {
            return .named(message.principal)
        }
        guard let account = callerAccount.flatMap({ AccountID($0) }), let id, !id.isEmpty else {
            return .unknown("the record does not say who of which account called")
        }
        return .stranger(account: account, uniqueID: id)
    }

    /// The holder of a token (`principalId` is provider, audience and subject, each behind a
    /// colon) or of an assertion.
    private mutating func federation(_ identity: ObjectReader) -> RecordedEvent.Principal {
        let subject = identity.string("userName", &diagnostics)
        if let provider = parameter("principalArn")?.string, ARN(provider) != nil {
            hostOfToken = "saml"
            return .federation(provider: provider, audience: nil, subject: subject)
        }
        guard let provider = identity.string("identityProvider", &diagnostics) else {
            return .unknown("the record does not name the identity provider")
        }
        var rest = Substring(identity.string("principalId", &diagnostics) ?? "")
        var audience: String?
        if rest.hasPrefix(provider + ":") {
            rest = rest.dropFirst(provider.count + 1)
            if let subject, rest.hasSuffix(":" + subject) {
                audience = String(rest.dropLast(subject.count + 1))
            }
        }
        if let host = provider.hostOfProvider {
            if let audience { context.set(ConditionKey("\(host):aud"), to: .single(audience)) }
            if let subject { context.set(ConditionKey("\(host):sub"), to: .single(subject)) }
            set("aws:FederatedProvider", provider)
            hostOfToken = host
        }
        return .federation(provider: provider, audience: audience, subject: subject)
    }
}

extension String {
    /// What the condition keys of an OIDC provider begin with (KEY-8).
    fileprivate var hostOfProvider: String? {
        guard let arn = ARN(self) else { return contains(".") ? self : nil }
        let prefix = "oidc-provider/"
        return arn.resource.hasPrefix(prefix) ? String(arn.resource.dropFirst(prefix.count)) : nil
    }
}
