import JSONSource
import OrganizationModel

// What else IAM holds of an account, one call each (IAM API Reference).
extension OrganizationImporter {
    mutating func addSettings(
        of account: AccountExport,
        details: JSONValue?,
        _ names: IAMNames,
        to iam: inout ObjectDraft
    ) {
        let span = iam.span
        iam.addFilled("instanceProfiles", instanceProfiles(account, details, names, at: span))
        iam.addFilled("samlProviders", samlProviders(account, at: span))
        iam.addFilled("oidcProviders", oidcProviders(account, at: span))
        iam.add("passwordPolicy", passwordPolicy(account))
        let aliases = reader.list("\(account.folder)/list-account-aliases.json", "AccountAliases")
        iam.add("accountAlias", aliases.first { IAMSettings.isAccountAlias($0.string ?? "") })
        iam.add("root", rootUser(account))
    }

    /// Instance profiles as they are listed on their own and, with details, beside their roles.
    mutating func instanceProfiles(_ account: AccountExport, details: JSONValue?) -> [JSONValue] {
        let path = "\(account.folder)/list-instance-profiles.json"
        let roles = details?.present("RoleDetailList")?.elements ?? []
        return reader.list(path, "InstanceProfiles")
            + roles.flatMap { $0["InstanceProfileList"]?.elements ?? [] }
    }

    private mutating func instanceProfiles(
        _ account: AccountExport,
        _ details: JSONValue?,
        _ names: IAMNames,
        at span: SourceSpan
    ) -> JSONValue {
        var profiles = ObjectDraft(at: span)
        var seen: Set<String> = []
        for profile in instanceProfiles(account, details: details) {
            guard let name = profile.name("InstanceProfileName"),
                seen.insert(name.text).inserted
            else { continue }
            var draft = ObjectDraft(at: profile.span)
            if let role = profile["Roles"]?.elements?.first?.name("RoleName") {
                if names.roles.contains(role.text) {
                    draft.add("role", role.value)
                } else {
                    reportDangling("role", role)
                }
            }
            draft.add("path", profile.present("Path"))
            draft.add("tags", reader.knownTags(profile["Tags"]))
            profiles.add(name.text, draft.value, namedAt: name.span)
        }
        return profiles.value
    }

    private mutating func samlProviders(
        _ account: AccountExport,
        at span: SourceSpan
    ) -> JSONValue {
        var providers = ObjectDraft(at: span)
        let path = "\(account.folder)/list-saml-providers.json"
        for provider in reader.list(path, "SAMLProviderList") {
            guard let arn = provider.name("Arn"), let name = arn.text.split(separator: "/").last
            else { continue }
            var draft = ObjectDraft(at: provider.span)
            draft.addInstant("validUntil", provider.present("ValidUntil"))
            providers.add(String(name), draft.value, namedAt: arn.span)
        }
        return providers.value
    }

    private mutating func oidcProviders(
        _ account: AccountExport,
        at span: SourceSpan
    ) -> JSONValue {
        var providers = ObjectDraft(at: span)
        var seen: Set<String> = []
        for file in reader.names(in: "\(account.folder)/oidc") {
            guard let provider = reader.answer("\(account.folder)/oidc/\(file)"),
                let url = provider.name("Url")
            else { continue }
            // The ARN and the condition keys name the provider without the scheme.
            let scheme = "https://"
            let name = url.text.hasPrefix(scheme) ? url.text.dropFirst(scheme.count) : url.text[...]
            guard seen.insert(String(name)).inserted else { continue }
            var draft = ObjectDraft(at: provider.span)
            draft.add("audiences", provider.present("ClientIDList"))
            draft.add("thumbprints", provider.present("ThumbprintList"))
            draft.add("tags", reader.knownTags(provider["Tags"]))
            providers.add(String(name), draft.value, namedAt: url.span)
        }
        let list = "\(account.folder)/list-open-id-connect-providers.json"
        for arn in reader.list(list, "OpenIDConnectProviderList").compactMap({ $0.name("Arn") }) {
            guard let name = arn.text.split(separator: "/", maxSplits: 1).last.map(String.init),
                seen.insert(name).inserted
            else { continue }
            let file = name.map { "/:".contains($0) ? "_" : String($0) }.joined()
            let path = "\(account.folder)/oidc/\(file).json"
            reader.reportMissing(path, at: arn.span, "the provider's audiences are unknown")
            providers.add(name, ObjectDraft(at: arn.span).value, namedAt: arn.span)
        }
        return providers.value
    }

    /// The fields of a password policy, which AWS spells with a capital.
    private static let passwordFields = [
        "MinimumPasswordLength", "RequireSymbols", "RequireNumbers", "RequireUppercaseCharacters",
        "RequireLowercaseCharacters", "AllowUsersToChangePassword", "MaxPasswordAge",
        "PasswordReusePrevention", "HardExpiry", "ExpirePasswords",
    ]

    private mutating func passwordPolicy(_ account: AccountExport) -> JSONValue? {
        let path = "\(account.folder)/get-account-password-policy.json"
        guard let policy = reader.object(path, "PasswordPolicy") else { return nil }
        var draft = ObjectDraft(at: policy.span)
        for field in Self.passwordFields {
            guard let value = policy.present(field) else { continue }
            // Without a rule about reuse some tools print a 0, which AWS does not take.
            if case .number("0") = value.content { continue }
            draft.add(field.prefix(1).lowercased() + field.dropFirst(), value)
        }
        return draft.value
    }

    /// What the account summary tells of the root user.
    private mutating func rootUser(_ account: AccountExport) -> JSONValue? {
        let path = "\(account.folder)/get-account-summary.json"
        guard let summary = reader.object(path, "SummaryMap") else { return nil }
        func flag(_ key: String) -> (isSet: Bool, span: SourceSpan)? {
            guard let value = summary.present(key), case .number(let text) = value.content else {
                return nil
            }
            return (text != "0", value.span)
        }
        var root = ObjectDraft(at: summary.span)
        let credentials = ["AccountPasswordPresent", "AccountAccessKeysPresent"].compactMap(flag)
        if let known = credentials.first(where: \.isSet) ?? credentials.first {
            root.add("credentials", JSONValue(.bool(known.isSet), at: known.span))
        }
        if let mfa = flag("AccountMFAEnabled") {
            root.add("mfa", JSONValue(.bool(mfa.isSet), at: mfa.span))
        }
        return root.members.isEmpty ? nil : root.value
    }
}
