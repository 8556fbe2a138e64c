import JSONSource

// The part of an organization file about Identity Center.
extension OrganizationImporter {
    mutating func writeIdentityCenter(_ center: IdentityCenterExport) -> JSONValue {
        var draft = ObjectDraft(at: center.instance.span)
        draft.add("instance", center.id.value)
        let region = reader.answer("manifest.json")?.name("identityCenterRegion") ?? roleRegion
        draft.add("region", region?.value)
        if let owner = center.instance.name("OwnerAccountId"), members.contains(owner.text) {
            draft.add("account", owner.value)
        }
        reportAttributes(center)
        draft.addFilled("users", users(center))
        draft.addFilled("groups", groups(center))
        var sets = ObjectDraft(at: center.instance.span)
        for set in center.permissionSets {
            sets.add(set.name.text, permissionSet(set), namedAt: set.name.span)
        }
        draft.addFilled("permissionSets", sets.value)
        let assignments = center.assignments.compactMap { assignment($0) }
        draft.addFilled("assignments", JSONValue(.array(assignments), at: center.instance.span))
        return draft.value
    }

    /// People's attributes are not in an export, so neither are the session tags made of them.
    private mutating func reportAttributes(_ center: IdentityCenterExport) {
        let name = "describe-instance-access-control-attribute-configuration.json"
        let member = "InstanceAccessControlAttributeConfiguration"
        guard let found = reader.object("\(center.folder)/\(name)", member),
            let attributes = found.present("AccessControlAttributes"),
            attributes.elements?.isEmpty == false
        else { return }
        let message =
            "attributes for access control are left out, "
            + "so people's sessions lack the tags that are made of them"
        reader.warn("export.left-out", message, at: attributes.span)
    }

    private mutating func users(_ center: IdentityCenterExport) -> JSONValue {
        var memberships: [String: [SourceString]] = [:]
        let folder = "\(center.folder)/identitystore"
        for group in reader.list("\(folder)/list-groups.json", "Groups") {
            guard let id = group.name("GroupId"), let name = center.groups[id.text] else {
                continue
            }
            let path = "\(folder)/list-group-memberships/\(id.text).json"
            let consequence = "nobody is taken to be in the group '\(name.text)'"
            guard let answer = reader.required(path, at: name.span, consequence) else { continue }
            for membership in reader.elements(of: answer, "GroupMemberships") {
                guard let user = membership["MemberId"]?.name("UserId") else { continue }
                let place = membership.name("GroupId")?.span ?? user.span
                memberships[user.text, default: []].append(SourceString(name.text, at: place))
            }
        }
        var users = ObjectDraft(at: center.instance.span)
        for user in reader.list("\(folder)/list-users.json", "Users") {
            guard let id = user.name("UserId"), let name = center.users[id.text] else { continue }
            var draft = ObjectDraft(at: user.span)
            draft.addFilled("groups", (memberships[id.text] ?? []).list(at: user.span))
            users.add(name.text, draft.value, namedAt: name.span)
        }
        return users.value
    }

    private mutating func groups(_ center: IdentityCenterExport) -> JSONValue {
        var groups = ObjectDraft(at: center.instance.span)
        let path = "\(center.folder)/identitystore/list-groups.json"
        for group in reader.list(path, "Groups") {
            guard let id = group.name("GroupId"), let name = center.groups[id.text] else {
                continue
            }
            var draft = ObjectDraft(at: group.span)
            draft.add("description", group.name("Description")?.value)
            groups.add(name.text, draft.value, namedAt: name.span)
        }
        return groups.value
    }

    private mutating func permissionSet(_ set: IdentityCenterExport.PermissionSet) -> JSONValue {
        var draft = ObjectDraft(at: set.description.span)
        let managed = reader.list(
            "\(set.folder)/list-managed-policies-in-permission-set.json",
            "AttachedManagedPolicies"
        )
        let arns = managed.compactMap { $0.name("Arn") }.filter { arn in
            if isAWSManaged(arn) { return true }
            reportDangling("managed policy", arn)
            return false
        }
        if let first = arns.first { draft.add("managedPolicies", arns.list(at: first.span)) }
        let references = reader.list(
            "\(set.folder)/list-customer-managed-policy-references-in-permission-set.json",
            "CustomerManagedPolicyReferences"
        ).compactMap { reference($0) }
        if let first = references.first {
            let list = JSONValue(.array(references), at: first.span)
            draft.add("customerManagedPolicies", list)
        }
        let inline = "\(set.folder)/get-inline-policy-for-permission-set.json"
        draft.add("inlinePolicy", reader.document(inline, "InlinePolicy"))
        draft.add("permissionsBoundary", boundary(set))
        draft.add("sessionDuration", set.description.name("SessionDuration")?.value)
        draft.add("description", set.description.name("Description")?.value)
        draft.add("relayState", set.description.name("RelayState")?.value)
        draft.addTags(reader.list("\(set.folder)/list-tags-for-resource.json", "Tags"))
        return draft.value
    }

    private func reference(_ listed: JSONValue) -> JSONValue? {
        guard let name = listed.name("Name") else { return nil }
        var reference = ObjectDraft(at: listed.span)
        reference.add("name", name.value)
        reference.add("path", listed.present("Path"))
        return reference.value
    }

    private mutating func boundary(_ set: IdentityCenterExport.PermissionSet) -> JSONValue? {
        let path = "\(set.folder)/get-permissions-boundary-for-permission-set.json"
        guard let found = reader.object(path, "PermissionsBoundary") else { return nil }
        var boundary = ObjectDraft(at: found.span)
        if let policy = found.present("CustomerManagedPolicyReference") {
            boundary.add("customerManagedPolicy", reference(policy))
        } else if let arn = found.name("ManagedPolicyArn") {
            if isAWSManaged(arn) {
                boundary.add("managedPolicy", arn.value)
            } else {
                reportDangling("managed policy", arn)
            }
        }
        return boundary.members.isEmpty ? nil : boundary.value
    }

    private mutating func assignment(
        _ assignment: IdentityCenterExport.Assignment
    ) -> JSONValue? {
        guard members.contains(assignment.account.text) else {
            reportDangling("account", assignment.account)
            return nil
        }
        var draft = ObjectDraft(at: assignment.span)
        draft.add("permissionSet", assignment.permissionSet.value)
        draft.add(assignment.principal.rawValue, assignment.name.value)
        draft.add("accounts", [assignment.account].list(at: assignment.account.span))
        draft.add("roleSuffix", roleSuffixes[assignment.provision]?.value)
        return draft.value
    }
}
