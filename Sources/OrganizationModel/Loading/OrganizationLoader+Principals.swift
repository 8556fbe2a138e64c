import JSONSource
import Parallelism
package import PolicyLanguage

extension OrganizationLoader {
    /// Warns of principals that name a user or role an account of the file does not have.
    ///
    /// Such an entry matches nobody (PRIN-8, PRIN-9).
    mutating func warnAboutMissingPrincipals(in organization: Organization) {
        guard workers.count > 1 else {
            for account in organization.accounts { warn(account, in: organization) }
            return
        }
        let reader = onTrial
        let accounts = organization.accounts
        let found = workers.map(
            accounts.indices,
            slicesOf: 64,
            makeWorker: { reader },
            work: { reader, slice in
                slice.filter { place in
                    reader.warn(accounts[place], in: organization)
                    defer { reader.diagnostics = [] }
                    return !reader.diagnostics.isEmpty
                }
            }
        )
        for place in found.joined() { warn(accounts[place], in: organization) }
    }

    private mutating func warn(_ account: Account, in organization: Organization) {
        for resource in account.resources {
            if let policy = resource.policy { warn(policy, organization) }
            for grant in resource.grants {
                if let arn = grant.grantee.entityARN { warn(arn, at: grant.span, organization) }
            }
        }
        var missing: Set<String> = []
        for role in account.roles where role.trustPolicy.document.body.namesEntities {
            warn(role.trustPolicy, organization)
            warnAboutProviders(of: role, in: account, missing: &missing)
        }
    }

    /// Who federates into a role comes by a provider of the role's own account (STS-16).
    ///
    /// One that several roles trust is missed once.
    private mutating func warnAboutProviders(
        of role: IAMRole,
        in account: Account,
        missing: inout Set<String>
    ) {
        let document = role.trustPolicy.document
        for (place, statement) in document.body.statements.enumerated() {
            guard let entries = statement.principal?.entries,
                entries.contains(where: { if case .federated = $0 { true } else { false } })
            else { continue }
            let settings = account.settings
            let known =
                settings.samlProviders.map { "saml-provider/\($0)" }
                + settings.oidcProviders.keys.sorted().map { "oidc-provider/\($0)" }
            let spans = document.statement(at: place).principal?.spans ?? []
            for case (.federated(let text), let span) in zip(entries, spans) {
                guard let arn = ARN(text) else { continue }
                if arn.accountID != account.id {
                    let message =
                        "the provider '\(text)' is not in the role's account, so nobody comes by it"
                    diagnostics.append(
                        .warning("organization.foreign-provider", message, at: span)
                    )
                } else if !known.contains(arn.resource), missing.insert(text).inserted {
                    let near = NearestName.of(arn.resource, among: known)
                    let field =
                        arn.resourceType == "saml-provider" ? "samlProviders" : "oidcProviders"
                    let message =
                        "the provider '\(text)' is not listed under 'iam.\(field)' of the account "
                        + "'\(account.name)'"
                    let help = near.map {
                        "did you mean 'arn:\(arn.partition):iam::\(account.id):\($0)'?"
                    }
                    diagnostics.append(
                        .warning("organization.missing-provider", message, at: span, help: help)
                    )
                }
            }
        }
    }

    private mutating func warn(_ policy: Policy, _ organization: Organization) {
        let document = policy.document
        guard document.body.namesEntities else { return }
        for (place, statement) in document.body.statements.enumerated() {
            guard let entries = statement.principal?.entries else { continue }
            for (number, entry) in entries.enumerated() {
                guard let arn = entry.entityARN, isMissing(arn, organization) else { continue }
                let spans = document.statement(at: place).principal?.spans ?? []
                if spans.indices.contains(number) { warn(arn, at: spans[number], organization) }
            }
        }
    }

    private func isMissing(_ arn: ARN, _ organization: Organization) -> Bool {
        guard let id = arn.accountID, let place = organization.index(of: id) else { return false }
        return !organization.accounts[place].hasEntity(arn)
    }

    private mutating func warn(_ arn: ARN, at span: SourceSpan, _ organization: Organization) {
        guard let id = arn.accountID, let account = organization.account(id),
            !account.hasEntity(arn)
        else { return }
        var near: String?
        if hasReader {
            let known = account.roles.map(\.arn) + account.users.map(\.arn)
            near = NearestName.of(arn.description, among: known.lazy.map(\.description))
        }
        let message = "the principal '\(arn)' does not exist, so it matches nobody"
        let help = near.map { "did you mean '\($0)'?" }
        diagnostics.append(.warning("policy.missing-principal", message, at: span, help: help))
    }
}

extension Account {
    /// Whether a user or role has exactly that ARN, path included.
    package func hasEntity(_ arn: ARN) -> Bool {
        let name = String(arn.resourceName)
        return roleIndex[name].map { roles[$0].arn == arn } == true
            || userIndex[name].map { users[$0].arn == arn } == true
    }
}
