import JSONSource
import PolicyLanguage

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
        noteMissingAssignments(&center)
        return center
    }

    private mutating func readPeople(_ center: inout IdentityCenterExport) {
        let folder = "\(center.folder)/identitystore"
        var names = UniqueNames()
        let users = "\(folder)/list-users.json"
        let gap = reader.gap(list: users, "Users", at: center.id.span, nil) {
            $0.name("UserId") != nil
        }
        if let gap { noteMissingAssignments(MissingPolicy.reason(gap) ?? "", &center) }
        for user in reader.list(users, "Users") {
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
            else {
                center.note(missing: "\(path) does not tell the permission set")
                continue
            }
            let (policies, unknownBoundary) = readPolicies(in: folder, at: name.span)
            center.permissionSets.append(
                IdentityCenterExport.PermissionSet(
                    name: names.claim(name, id: id),
                    folder: folder,
                    description: description,
                    unknownBoundary: unknownBoundary,
                    policies: policies
                )
            )
        }
    }

    /// What a permission set has; the boundary apart where no call told it.
    private mutating func readPolicies(
        in folder: String,
        at span: SourceSpan
    ) -> (policies: IdentityCenterExport.Policies, unknownBoundary: JSONValue?) {
        var policies = IdentityCenterExport.Policies()
        let consequence = "verdicts may hang on what such permission sets have"
        let managed = "\(folder)/list-managed-policies-in-permission-set.json"
        if let gap = reader.gap(managed, at: span, consequence) { policies.gaps.append(gap) }
        for listed in reader.list(managed, "AttachedManagedPolicies") {
            if let arn = listed.name("Arn"), isAWSManaged(arn) {
                policies.managed.append(arn)
            } else if listed.members?.isEmpty == false {
                let message =
                    "this is not the ARN of an AWS managed policy, so verdicts may hang on it"
                reader.warn("export.dangling", message, at: listed.span)
                let reason = "a managed policy of the permission set is not known"
                policies.gaps.append(MissingPolicy.value(reason, at: listed.span))
            }
        }
        let references =
            "\(folder)/list-customer-managed-policy-references-in-permission-set.json"
        if let gap = reader.gap(references, at: span, consequence) { policies.gaps.append(gap) }
        policies.references = reader.list(references, "CustomerManagedPolicyReferences")
            .filter { $0.name("Name") != nil }
        let inline = "\(folder)/get-inline-policy-for-permission-set.json"
        if let gap = reader.gap(inline, at: span, consequence) {
            policies.gaps.append(gap)
        } else if let answer = reader.answer(inline) {
            policies.inline = answer.present("InlinePolicy").flatMap { reader.document($0) }
        }
        let boundary = "\(folder)/get-permissions-boundary-for-permission-set.json"
        if let gap = reader.gap(boundary, at: span, nil) { return (policies, gap) }
        policies.boundary = reader.object(boundary, "PermissionsBoundary")
        return (policies, nil)
    }

    /// Whether one of the two ways of asking for assignments leaves nothing out; otherwise why not.
    private mutating func noteMissingAssignments(_ center: inout IdentityCenterExport) {
        let span = center.id.span
        let people = "\(center.folder)/identitystore"
        var byPrincipal: [JSONValue?] = [
            reader.gap(list: "\(people)/list-users.json", "Users", at: span, nil),
            reader.gap(list: "\(people)/list-groups.json", "Groups", at: span, nil) {
                $0.name("GroupId") != nil
            },
        ]
        for (kind, ids) in [("USER", center.users), ("GROUP", center.groups)] {
            for id in ids.keys.sorted() {
                let file = "list-account-assignments-for-principal/\(kind)/\(id).json"
                let path = "\(center.folder)/\(file)"
                byPrincipal.append(reader.gap(list: path, "AccountAssignments", at: span, nil))
            }
        }
        guard let first = byPrincipal.lazy.compactMap({ $0 }).first else { return }
        var byAccount = [
            reader.gap(
                list: "\(center.folder)/list-permission-sets.json",
                "PermissionSets",
                at: span,
                nil
            ) { $0.string != nil }
        ]
        for set in center.permissionSets {
            let list = "\(set.folder)/list-accounts-for-provisioned-permission-set.json"
            byAccount.append(
                reader.gap(list: list, "AccountIds", at: span, nil) { $0.string != nil }
            )
            for account in reader.list(list, "AccountIds").compactMap(\.string) {
                let path = "\(set.folder)/list-account-assignments/\(account).json"
                byAccount.append(reader.gap(list: path, "AccountAssignments", at: span, nil))
            }
        }
        guard byAccount.contains(where: { $0 != nil }) else { return }
        noteMissingAssignments(MissingPolicy.reason(first) ?? "", &center)
    }

    private mutating func noteMissingAssignments(
        _ reason: String,
        _ center: inout IdentityCenterExport
    ) {
        center.note(missing: reason)
        let message = "people may have more permission sets than are known: \(reason)"
        reader.warn("export.missing", message, at: center.id.span)
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
            else {
                noteMissingAssignments("an assignment does not say whose it is and where", &center)
                continue
            }
            let isUser = row["PrincipalType"]?.string == "USER"
            guard seen.insert([account.text, arn.text, principal.text]).inserted else { continue }
            guard let set = sets[arn.text] else {
                reportDangling("permission set", arn)
                center.note(missing: "the export does not hold the permission set \(arn.text)")
                continue
            }
            // Assignments outlive the people and groups they were made for, which looks the same as
            // an export that lacks them.
            let known = isUser ? center.users[principal.text] : center.groups[principal.text]
            if known == nil { reportUnknown(principal, isUser ? "user" : "group", &center) }
            let name = known ?? center.unknown(principal, isUser: isUser)
            center.assign(
                IdentityCenterExport.Assignment(
                    permissionSet: SourceString(set.text, at: arn.span),
                    principal: isUser && known != nil ? .user : .group,
                    name: SourceString(name.text, at: principal.span),
                    account: account,
                    span: row.span
                )
            )
        }
    }

    private mutating func reportUnknown(
        _ id: SourceString,
        _ kind: String,
        _ center: inout IdentityCenterExport
    ) {
        center.note(missing: "the export does not hold the \(kind) \(id.text)")
        let message =
            "the export does not hold the \(kind) '\(id.text)', "
            + "so who comes in by this assignment is not known"
        reader.warn("export.dangling", message, at: id.span)
    }

    /// Whether Identity Center makes a role itself; the end of its name is kept for that.
    mutating func isProvisioned(
        _ role: JSONValue,
        _ name: SourceString,
        in account: AccountExport,
        _ names: IAMNames
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
        compareDuration(names.sessionDurations[name.text], with: provision, name)
        let boundary = role.member(["PermissionsBoundary"])?.name("PermissionsBoundaryArn")
        roleBoundaries[provision.permissionSet, default: [:]][
            boundary.map { generalized($0.text) } ?? ""
        ] = boundary ?? name
        roleSuffixes[provision] = name.renamed(String(suffix))
        roleIDs[provision] = Self.uniqueID(role.name("RoleId"), "AROA")
        // us-east-1 is left out of the path.
        let region = path.text.dropFirst(reserved.count).dropLast()
        if !region.isEmpty { roleRegion = roleRegion ?? path.renamed(String(region)) }
        return true
    }
}
