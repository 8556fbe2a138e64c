import JSONSource
import PolicyLanguage
import ServiceCatalog

extension OrganizationLoader {
    /// Everything of `iam` besides users, groups, roles and policies.
    mutating func readSettings(
        _ iam: ObjectReader,
        roles: [String],
        into settings: inout IAMSettings
    ) {
        let profiles = iam.entries("instanceProfiles", &diagnostics)
        checkUniqueNames(profiles, limit: Quotas.policyNameCharacters, kind: "instance profile")
        for member in profiles {
            settings.instanceProfiles[member.key] = instanceProfileRole(member, roles: roles)
        }
        settings.samlProviders = iam.entries("samlProviders", &diagnostics).map { member in
            checkSAMLProvider(member)
            let owner = "the provider '\(member.key)'"
            let object = ObjectReader(member.value, owner, &diagnostics)
            object?.allow(.samlProvider, &diagnostics)
            if let object { _ = tags(object, .iam) }
            return member.key
        }
        for member in iam.entries("oidcProviders", &diagnostics) {
            checkOIDCProvider(member)
            let owner = "the provider '\(member.key)'"
            guard let object = ObjectReader(member.value, owner, &diagnostics) else { continue }
            object.allow(.oidcProvider, &diagnostics)
            let audiences = object.strings("audiences", &diagnostics) ?? []
            checkAudiences(audiences, of: object)
            _ = object.strings("thumbprints", &diagnostics)
            _ = tags(object, .iam)
            settings.oidcProviders[member.key] = audiences.map(\.text)
        }
        settings.allowsUsersToChangePassword = allowsPasswordChange(iam)
        settings.accountAlias = accountAlias(iam)
        settings.rootHasCredentials = rootHasCredentials(iam)
    }

    private mutating func instanceProfileRole(_ member: JSONMember, roles: [String]) -> String? {
        let owner = "the instance profile '\(member.key)'"
        guard let object = ObjectReader(member.value, owner, &diagnostics) else { return nil }
        object.allow(.instanceProfile, &diagnostics)
        _ = path(object)
        _ = tags(object, .iam)
        guard let value = object.present("role") else { return nil }
        guard let name = value.string else {
            let expected = "the name of one role"
            diagnostics.append(.wrongType("'role' of \(owner)", expected: expected, found: value))
            return nil
        }
        if !roles.contains(name) {
            refuseUnknown(
                "organization.unknown-role",
                "role",
                SourceString(name, at: value.span),
                among: roles
            )
        }
        return name
    }

    private mutating func allowsPasswordChange(_ iam: ObjectReader) -> Bool {
        guard let value = iam.present("passwordPolicy"),
            let object = ObjectReader(value, "'passwordPolicy'", &diagnostics)
        else { return false }
        object.allow(.passwordPolicy, &diagnostics)
        for member in ObjectFormat.passwordPolicy.members {
            let field = member.name.text
            guard case .integer(let range?) = member.value else {
                _ = object.bool(field, &diagnostics)
                continue
            }
            guard let number = object.integer(field, &diagnostics), !range.contains(number) else {
                continue
            }
            let message =
                "'\(field)' is \(range.lowerBound) to \(range.upperBound), not \(number)"
            refuse("iam.password-policy", message, at: object.value[field]?.span ?? value.span)
        }
        return object.bool("allowUsersToChangePassword", &diagnostics) ?? false
    }

    private mutating func rootHasCredentials(_ iam: ObjectReader) -> Bool {
        guard let value = iam.present("root"),
            let object = ObjectReader(value, "'root'", &diagnostics)
        else { return false }
        object.allow(.rootUser, &diagnostics)
        _ = object.bool("mfa", &diagnostics)
        let keys = accessKeys(object)
        let credentials = object.bool("credentials", &diagnostics)
        if credentials == false, !keys.isEmpty, let span = object.value["accessKeys"]?.span {
            let message = "root has no credentials by 'credentials', but access keys here"
            let problem = Diagnostic.warning("iam.root-credentials", message, at: span)
            let said = object.value["credentials"]?.span ?? value.span
            diagnostics.append(problem.noting("'credentials' is false here", at: said))
        }
        return credentials ?? false
    }

    mutating func accessKeys(_ object: ObjectReader) -> [IAMUser.AccessKey] {
        guard let found = object.present("accessKeys") else { return [] }
        guard let elements = found.elements else {
            diagnostics.append(.wrongType("'accessKeys'", expected: "a list", found: found))
            return []
        }
        if elements.count > Quotas.accessKeys {
            let message =
                "there are \(elements.count) access keys, AWS lets create \(Quotas.accessKeys)"
            diagnostics.append(.warning("quota.access-keys", message, at: found.span))
        }
        return elements.compactMap { value in
            guard let key = ObjectReader(value, "the access key", &diagnostics) else { return nil }
            key.allow(.accessKey, &diagnostics)
            checkAccessKeyID(key)
            let status = key.string("status", &diagnostics) ?? "Active"
            if !ObjectFormat.keyStates.contains(status) {
                let span = key.value["status"]?.span ?? value.span
                refuse(
                    "iam.access-key-status",
                    "'status' must be Active or Inactive, not '\(status)'",
                    at: span
                )
            }
            let created = instant("created", of: key)
            let lastUsed = instant("lastUsed", of: key)
            warnUsedBefore(created, lastUsed, "created", of: key)
            return IAMUser.AccessKey(
                id: key.value["id"]?.string ?? "",
                isActive: status == "Active",
                created: created,
                lastUsed: lastUsed
            )
        }
    }

    mutating func password(_ object: ObjectReader) -> IAMUser.Password? {
        guard let value = object.present("password"),
            let password = ObjectReader(value, "'password'", &diagnostics)
        else { return nil }
        password.allow(.password, &diagnostics)
        return IAMUser.Password(
            lastChanged: instant("lastChanged", of: password),
            lastUsed: instant("lastUsed", of: password)
        )
    }

    mutating func instant(_ field: String, of object: ObjectReader) -> Instant? {
        guard let text = object.string(field, &diagnostics) else { return nil }
        guard let instant = Instant(iso8601: text) else {
            let message = "'\(text)' is not a date and time such as 2026-01-15T09:00:00Z"
            refuse("iam.instant", message, at: object.value[field]?.span ?? object.value.span)
            return nil
        }
        return instant
    }
}
