import JSONSource
import PolicyLanguage

// Services that act across the organization, and the accounts that administer them.
extension OrganizationLoader {
    mutating func readTrustedAccess(_ file: ObjectReader) -> [SourceString] {
        let services = file.strings("trustedAccess", &diagnostics) ?? []
        for service in services { warnServicePrincipal(service) }
        warnRepeated(services, in: "trustedAccess")
        return services
    }

    /// Source: Organizations API Reference, "RegisterDelegatedAdministrator".
    mutating func readDelegatedAdministrators(
        _ file: ObjectReader,
        management: AccountID?
    ) -> [String: [AccountID]] {
        guard let value = file.present("delegatedAdministrators"),
            let object = ObjectReader(value, "'delegatedAdministrators'", &diagnostics)
        else { return [:] }
        var found: [String: [AccountID]] = [:]
        for member in object.members {
            warnServicePrincipal(SourceString(member.key, at: member.keySpan))
            // Read by itself: looked up by its name, each would be searched for among all.
            let entry = ObjectReader(
                JSONValue(.object([member]), at: value.span),
                object.owner,
                &diagnostics
            )
            let names = entry?.strings(member.key, &diagnostics) ?? []
            warnRepeated(names, in: member.key)
            found[member.key] = names.compactMap { name in
                let account = memberAccount(name)
                if let account, account == management {
                    let message = "the management account cannot be a delegated administrator"
                    refuse("organization.management-delegated", message, at: name.span)
                }
                return account
            }
        }
        return found
    }

    /// AWS does not close a management account while it has an organization (ROOT-9).
    mutating func warnSuspendedManagement(_ header: Header?) {
        guard let name = header?.managementAccount?.text,
            let draft = drafts.first(where: {
                $0.isMember && ($0.name == name || $0.id?.description == name)
            }),
            let status = draft.value["status"], let text = status.string, text != "ACTIVE",
            Account.Status(rawValue: text) != nil
        else { return }
        let message = "the management account is '\(text)', so nobody in it can act"
        diagnostics.append(
            .warning("organization.management-suspended", message, at: status.span)
        )
    }
}
