import JSONSource
import PolicyLanguage
import ServiceCatalog

// Keys, devices, aliases and identity providers: what they are called and that each exists once.
extension OrganizationLoader {
    /// Source: IAM API Reference, "AccessKey"; IAM User Guide, "IAM identifiers" (ENT-8).
    mutating func checkAccessKeyID(_ key: ObjectReader) {
        guard let id = key.string("id", &diagnostics), let span = key.value["id"]?.span else {
            return
        }
        if id.hasPrefix("ASIA") {
            let message = "'\(id)' is the id of a temporary key: those of users begin with 'AKIA'"
            refuse("iam.access-key-id", message, at: span)
        } else if !id.hasPrefix("AKIA") || !id.utf8.allSatisfy(ActionName.isNameByte) {
            let message = "'\(id)' is not the id of an access key: expected AKIA… in capitals"
            refuse("iam.access-key-id", message, at: span)
        } else {
            claim(.accessKey, id, at: span)
        }
    }

    /// Warns of something used before it was there.
    mutating func warnUsedBefore(
        _ made: Instant?,
        _ used: Instant?,
        _ field: String,
        of object: ObjectReader
    ) {
        guard let made, let used, used < made, let span = object.value["lastUsed"]?.span,
            let earlier = object.value[field]?.span
        else { return }
        let message = "'lastUsed' lies before '\(field)'"
        let problem = Diagnostic.warning("iam.used-before-created", message, at: span)
        diagnostics.append(problem.noting("'\(field)' stands here", at: earlier))
    }

    /// ARNs of virtual devices and serial numbers of others; a device belongs to one user.
    ///
    /// Source: IAM API Reference, "EnableMFADevice" (ENT-3).
    mutating func mfaDevices(_ object: ObjectReader, in account: AccountID) -> [String] {
        let devices = object.strings("mfaDevices", &diagnostics) ?? []
        if devices.count > Quotas.mfaDevices, let span = object.value["mfaDevices"]?.span {
            let message = "there are \(devices.count) MFA devices, AWS allows \(Quotas.mfaDevices)"
            refuse("quota.mfa-devices", message, at: span)
        }
        for device in devices {
            if device.text.hasPrefix("arn:"), let problem = Self.problem(device.text, account) {
                refuse("iam.mfa-device", problem, at: device.span)
            } else {
                claim(.mfaDevice, device.text, at: device.span)
            }
        }
        return devices.map(\.text)
    }

    private static func problem(_ device: String, _ account: AccountID) -> String? {
        let arn = ARN(device)
        let types = ["mfa", "sms-mfa", "u2f"]
        guard let arn, arn.service == "iam", types.contains(String(arn.resourceType)) else {
            return "'\(device)' is not an MFA device: expected arn:aws:iam::\(account):mfa/NAME"
        }
        return arn.accountID == account
            ? nil : "'\(device)' is a device of the account \(arn.account), not of \(account)"
    }

    /// An alias belongs to one account of all of AWS.
    mutating func accountAlias(_ iam: ObjectReader) -> String? {
        guard let alias = iam.string("accountAlias", &diagnostics),
            let span = iam.value["accountAlias"]?.span
        else { return nil }
        if IAMSettings.isAccountAlias(alias) {
            claim(.accountAlias, alias, at: span)
        } else {
            let message =
                "'\(alias)' is not an account alias: expected 3 to 63 lower-case letters, digits "
                + "and single hyphens"
            refuse("iam.account-alias", message, at: span)
        }
        return alias
    }

    /// Source: IAM API Reference, "CreateSAMLProvider".
    mutating func checkSAMLProvider(_ member: JSONMember) {
        let isName =
            (1...128).contains(member.key.utf8.count)
            && member.key.utf8.allSatisfy {
                ActionName.isPrefixByte($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
            }
        if isName { return }
        let message = "the name of a SAML provider has 1 to 128 letters, digits and ._-"
        refuse("iam.name", message + Self.found(member.key, limit: 128), at: member.keySpan)
    }

    /// A provider is known by its host and path.
    ///
    /// Source: IAM API Reference, "CreateOpenIDConnectProvider".
    mutating func checkOIDCProvider(_ member: JSONMember) {
        let name = member.key
        let host = name.prefix { $0 != "/" }
        let isHost =
            host.utf8.allSatisfy {
                ActionName.isPrefixByte($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":")
            }
            && !host.isEmpty && !name.hasPrefix("arn:") && !name.containsSchemeMark
        if isHost, name.utf8.count <= 255 { return }
        let message =
            "'\(name)' is not an OIDC provider: expected its URL without https://, such as "
            + "token.actions.githubusercontent.com"
        let prefix = name.firstRange(of: "://") ?? name.firstRange(of: ":oidc-provider/")
        let near = prefix.map { String(name[$0.upperBound...]) }
        refuse(
            "iam.oidc-provider",
            message,
            at: member.keySpan,
            help: near.map { "did you mean '\($0)'?" }
        )
    }

    mutating func checkAudiences(_ audiences: [SourceString], of provider: ObjectReader) {
        warnRepeated(audiences, in: "audiences")
        if audiences.count > Quotas.audiences, let span = provider.value["audiences"]?.span {
            let message =
                "there are \(audiences.count) audiences, AWS allows \(Quotas.audiences)"
            refuse("quota.audiences", message, at: span)
        }
        for audience in audiences where !(1...255).contains(audience.text.unicodeScalars.count) {
            let message = "an audience has 1 to 255 characters"
            refuse("iam.audience", message, at: audience.span)
        }
    }
}
