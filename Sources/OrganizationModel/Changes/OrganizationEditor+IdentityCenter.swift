import JSONSource

/// Edits of the Identity Center part of the file, which belongs to no account.
extension OrganizationEditor {
    mutating func putIntoIdentityCenter(
        _ path: [String],
        _ content: JSONValue
    ) throws(ChangeRefusal) {
        try refuseOutsideIdentityCenter(path)
        set(path, to: content)
    }

    mutating func deleteFromIdentityCenter(_ path: [String]) throws(ChangeRefusal) {
        try refuseOutsideIdentityCenter(path)
        guard value.value(at: path) != nil else {
            throw ChangeRefusal("the organization has no /\(path.joined(separator: "/"))")
        }
        set(path, to: nil)
    }

    /// Without an account there is nothing else to write to: the tree and its policies have changes
    /// of their own, and an instance stays what it is.
    private func refuseOutsideIdentityCenter(_ path: [String]) throws(ChangeRefusal) {
        let parts = ["users", "groups", "permissionSets", "attributesForAccessControl"]
        guard path.count > 1, path[0] == "identityCenter", parts.contains(path[1]) else {
            throw ChangeRefusal(
                "without 'account' only the users, groups, permission sets and attributes of "
                    + "'identityCenter' can be changed, not /\(path.joined(separator: "/"))"
            )
        }
        guard value["identityCenter"] != nil else {
            throw ChangeRefusal("the organization has no Identity Center")
        }
    }
}
