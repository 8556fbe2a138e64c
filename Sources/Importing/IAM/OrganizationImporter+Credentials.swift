import JSONSource

// Access keys, MFA devices and passwords (IAM API Reference: ListAccessKeys,
// GetAccessKeyLastUsed, ListMFADevices; IAM User Guide, "Get credential reports").
extension OrganizationImporter {
    mutating func addCredentials(
        of user: SourceString,
        in account: AccountExport,
        _ report: CredentialReport?,
        to draft: inout ObjectDraft
    ) {
        let folder = "\(account.folder)/user/\(user.text)"
        if let answer = reader.answer("\(folder)/list-access-keys.json") {
            let keys = reader.elements(of: answer, "AccessKeyMetadata").compactMap {
                accessKey($0, folder)
            }
            draft.addFilled("accessKeys", JSONValue(.array(keys), at: answer.span))
        }
        if let answer = reader.answer("\(folder)/list-mfa-devices.json") {
            let devices = reader.elements(of: answer, "MFADevices")
                .compactMap { $0.name("SerialNumber") }
            draft.addFilled("mfaDevices", devices.list(at: answer.span))
        }
        draft.add("password", password(of: user, report))
    }

    private mutating func accessKey(_ listed: JSONValue, _ folder: String) -> JSONValue? {
        guard let id = listed.name("AccessKeyId") else { return nil }
        var key = ObjectDraft(at: listed.span)
        key.add("id", id.value)
        if let status = listed.name("Status") {
            // A key that has expired works no more than one that was switched off.
            key.add(
                "status",
                status.text == "Active" ? status.value : status.renamed("Inactive").value
            )
        }
        key.addInstant("created", listed.present("CreateDate"))
        let path = "\(folder)/get-access-key-last-used.\(id.text).json"
        let use = reader.object(path, "AccessKeyLastUsed")
        key.addInstant("lastUsed", use?.present("LastUsedDate"))
        return key.value
    }

    /// A user's password, which only the credential report tells of.
    private func password(of user: SourceString, _ report: CredentialReport?) -> JSONValue? {
        guard let report, report.value("password_enabled", of: user.text) == "true" else {
            return nil
        }
        var password = ObjectDraft(at: report.span)
        let fields = ["lastChanged": "password_last_changed", "lastUsed": "password_last_used"]
        for (field, column) in fields.sorted(by: { $0.key < $1.key }) {
            let value = report.value(column, of: user.text)
            password.addInstant(field, value.map { JSONValue(.string($0), at: report.span) })
        }
        return password.value
    }
}
