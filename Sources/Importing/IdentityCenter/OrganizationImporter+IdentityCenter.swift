import JSONSource

// IAM Identity Center (IAM Identity Center API Reference; Identity Store API Reference).
extension OrganizationImporter {
    /// The instance of the organization, its names and its assignments.
    mutating func readIdentityCenter(at span: SourceSpan) -> IdentityCenterExport? {
        let path = "identity-center/list-instances.json"
        guard !reader.names(in: "organizations").isEmpty,
            let answer = reader.required(path, at: span, "Identity Center is left out")
        else { return nil }
        let listed = reader.elements(of: answer, "Instances").compactMap { instance in
            instance.name("InstanceArn").flatMap { arn in
                arn.text.split(separator: "/").last.map {
                    IdentityCenterExport(instance: instance, id: arn.renamed(String($0)))
                }
            }
        }
        let explored = listed.filter { !reader.names(in: $0.folder).isEmpty }
        guard var center = explored.first ?? listed.first else { return nil }
        for other in listed where other.id.text != center.id.text {
            let message = "an organization file has place for one instance, this one is left out"
            reader.warn("export.left-out", message, at: other.id.span)
        }
        readPeople(&center)
        readPermissionSets(&center)
        readAssignments(&center)
        return center
    }

    private mutating func readPeople(_ center: inout IdentityCenterExport) {
        let folder = "\(center.folder)/identitystore"
        var names = UniqueNames()
        for user in reader.list("\(folder)/list-users.json", "Users") {
            guard let id = user.name("UserId") else { continue }
            center.users[id.text] = names.claim(user.name("UserName") ?? id, id: id.text)
        }
        names = UniqueNames()
        for group in reader.list("\(folder)/list-groups.json", "Groups") {
            guard let id = group.name("GroupId") else { continue }
            center.groups[id.text] = names.claim(group.name("DisplayName") ?? id, id: id.text)
        }
    }

    private mutating func readPermissionSets(_ center: inout IdentityCenterExport) {
        var names = UniqueNames()
        var arns: [String: SourceString] = [:]
        var order: [String] = []
        for arn in reader.list("\(center.folder)/list-permission-sets.json", "PermissionSets") {
            guard let text = arn.string, let id = text.split(separator: "/").last else { continue }
            arns[String(id)] = SourceString(text, at: arn.span)
            order.append(String(id))
        }
        let folders = reader.names(in: "\(center.folder)/permission-set")
        for id in order + folders.filter({ arns[$0] == nil }) {
            let folder = "\(center.folder)/permission-set/\(id)"
            let path = "\(folder)/describe-permission-set.json"
            let consequence = "the permission set is left out"
            let span = arns[id]?.span ?? center.id.span
            guard reader.required(path, at: span, consequence) != nil,
                let description = reader.object(path, "PermissionSet"),
                let name = description.name("Name")
            else { continue }
            center.permissionSets.append(
                IdentityCenterExport.PermissionSet(
                    name: names.claim(name, id: id),
                    folder: folder,
                    description: description
                )
            )
        }
    }

    /// No call lists all assignments; exports ask by account and by principal.
    private mutating func readAssignments(_ center: inout IdentityCenterExport) {
        var rows: [JSONValue] = []
        for set in center.permissionSets {
            let folder = "\(set.folder)/list-account-assignments"
            for file in reader.names(in: folder) {
                rows += reader.list("\(folder)/\(file)", "AccountAssignments")
            }
        }
        for kind in ["GROUP", "USER"] {
            let folder = "\(center.folder)/list-account-assignments-for-principal/\(kind)"
            for file in reader.names(in: folder) {
                rows += reader.list("\(folder)/\(file)", "AccountAssignments")
            }
        }
        let sets = Dictionary(
            center.permissionSets.compactMap { set in
                set.description.name("PermissionSetArn").map { ($0.text, set.name) }
            },
            uniquingKeysWith: { first, _ in first }
        )
        var seen: Set<[String]> = []
        for row in rows {
            guard let account = row.name("AccountId"), let arn = row.name("PermissionSetArn"),
                let principal = row.name("PrincipalId")
            else { continue }
            let isUser = row["PrincipalType"]?.string == "USER"
            guard seen.insert([account.text, arn.text, principal.text]).inserted else { continue }
            guard let set = sets[arn.text] else {
                reportDangling("permission set", arn)
                continue
            }
            // Assignments outlive the people and groups they were made for.
            let known = isUser ? center.users[principal.text] : center.groups[principal.text]
            guard let name = known else {
                reportDangling(isUser ? "user" : "group", principal)
                continue
            }
            center.assign(
                IdentityCenterExport.Assignment(
                    permissionSet: SourceString(set.text, at: arn.span),
                    principal: isUser ? .user : .group,
                    name: SourceString(name.text, at: principal.span),
                    account: account,
                    span: row.span
                )
            )
        }
    }

    /// Whether Identity Center makes a role itself; the end of its name is kept for that.
    mutating func isProvisioned(
        _ role: JSONValue,
        _ name: SourceString,
        in account: AccountExport
    ) -> Bool {
        let reserved = "/aws-reserved/sso.amazonaws.com/"
        guard let path = role.name("Path"), path.text.hasPrefix(reserved),
            let center = identityCenter
        else { return false }
        let parts = name.text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0] == "AWSReservedSSO", let suffix = parts.last,
            suffix.utf8.count == 16, suffix.allSatisfy({ $0.isHexDigit && !$0.isUppercase })
        else { return false }
        let provision = IdentityCenterExport.Provision(
            permissionSet: parts[1..<(parts.count - 1)].joined(separator: "_"),
            account: account.id
        )
        guard center.provisions.contains(provision), roleSuffixes[provision] == nil else {
            let message =
                "no assignment of the export leads to the role '\(name.text)', "
                + "so nobody is taken to come into it by Identity Center"
            reader.warn("export.drift", message, at: name.span)
            return false
        }
        compare(role, with: provision, name)
        roleSuffixes[provision] = name.renamed(String(suffix))
        // us-east-1 is left out of the path.
        let region = path.text.dropFirst(reserved.count).dropLast()
        if !region.isEmpty { roleRegion = roleRegion ?? path.renamed(String(region)) }
        return true
    }
}
