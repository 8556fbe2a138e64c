import JSONSource
import PolicyLanguage

// The part of an organization file about Identity Center.
extension OrganizationImporter {
    mutating func writeIdentityCenter(_ known: IdentityCenterExport) -> JSONValue {
        var center = known
        var draft = ObjectDraft(at: center.instance.span)
        draft.add("instance", center.id.value)
        let region = reader.answer("manifest.json")?.name("identityCenterRegion") ?? roleRegion
        draft.add("region", region?.value)
        if let owner = center.instance.name("OwnerAccountId"), members.contains(owner.text) {
            draft.add("account", owner.value)
        }
        draft.addFilled("users", users(&center))
        draft.addFilled("groups", groups(center))
        var sets = ObjectDraft(at: center.instance.span)
        for set in center.permissionSets {
            sets.add(set.name.text, permissionSet(set), namedAt: set.name.span)
        }
        draft.addFilled("permissionSets", sets.value)
        let assignments = center.assignments.compactMap { assignment($0) }
        draft.addFilled("assignments", JSONValue(.array(assignments), at: center.instance.span))
        draft.add("attributesForAccessControl", attributes(center))
        if let reason = center.missing.first {
            draft.add("missingAssignments", center.id.renamed(reason).value)
        }
        return draft.value
    }

    /// People's attributes are not in an export, so the session tags made of them are not known.
    private mutating func attributes(_ center: IdentityCenterExport) -> JSONValue? {
        let name = "describe-instance-access-control-attribute-configuration.json"
        let member = "InstanceAccessControlAttributeConfiguration"
        let path = "\(center.folder)/\(name)"
        guard let found = reader.object(path, member),
            let attributes = found.present("AccessControlAttributes"),
            attributes.elements?.isEmpty == false
        else { return nil }
        let message =
            "what people's attributes for access control are is not in an export, so verdicts "
            + "may hang on the session tags that are made of them"
        reader.warn("export.missing", message, at: attributes.span)
        var draft = ObjectDraft(at: attributes.span)
        for attribute in attributes.elements ?? [] {
            guard let key = attribute.name("Key") else { continue }
            let reason = "the attribute that the session tag \(key.text) comes from"
            draft.add(key.text, MissingPolicy.value(reason, at: attribute.span), namedAt: key.span)
        }
        return draft.value
    }

    private mutating func users(_ center: inout IdentityCenterExport) -> JSONValue {
        var memberships: [String: [SourceString]] = [:]
        let folder = "\(center.folder)/identitystore"
        for group in reader.list("\(folder)/list-groups.json", "Groups") {
            guard let id = group.name("GroupId"), let name = center.groups[id.text] else {
                continue
            }
            let path = "\(folder)/list-group-memberships/\(id.text).json"
            let consequence = "people may be in more groups"
            let gap = reader.gap(list: path, "GroupMemberships", at: name.span, consequence) {
                $0.member(["MemberId"])?.name("UserId") != nil
            }
            if let gap {
                center.note(missing: MissingPolicy.reason(gap) ?? "")
            }
            guard let answer = reader.answer(path) else { continue }
            for membership in reader.elements(of: answer, "GroupMemberships") {
                guard let user = membership["MemberId"]?.name("UserId") else { continue }
                if center.users[user.text] == nil {
                    // Where none are known that has been said.
                    if !center.users.isEmpty { reportDangling("user", user) }
                    center.note(missing: "the export does not hold the user \(user.text)")
                }
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
        for (_, name) in center.unknown.sorted(by: { $0.key < $1.key }) {
            var draft = ObjectDraft(at: name.span)
            let description = "stands for somebody whom the export does not hold"
            draft.add("description", name.renamed(description).value)
            groups.add(name.text, draft.value, namedAt: name.span)
        }
        return groups.value
    }

    private mutating func permissionSet(_ set: IdentityCenterExport.PermissionSet) -> JSONValue {
        var draft = ObjectDraft(at: set.description.span)
        let policies = drifted(set) ?? set.policies
        if let first = policies.managed.first {
            draft.add("managedPolicies", policies.managed.list(at: first.span))
        }
        let references = policies.references.compactMap { reference($0) }
        if let first = references.first {
            let list = JSONValue(.array(references), at: first.span)
            draft.add("customerManagedPolicies", list)
        }
        // One that may say anything speaks for whatever else the set may have.
        draft.add("inlinePolicy", policies.gaps.first ?? policies.inline)
        draft.add("permissionsBoundary", boundary(set))
        draft.add("sessionDuration", set.description.name("SessionDuration")?.value)
        draft.add("description", set.description.name("Description")?.value)
        draft.add("relayState", set.description.name("RelayState")?.value)
        draft.add("tags", reader.knownTags("\(set.folder)/list-tags-for-resource.json"))
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
        if let role = boundaryDrifts[set.name.text] {
            if knowsBoundary(of: set) {
                return boundary(MissingPolicy.value("", at: role.span), ofRolesOf: set)
            }
            let reason = "the role \(role.text) has another boundary than its permission set"
            return MissingPolicy.value(reason, at: role.span)
        }
        if let unknown = set.unknownBoundary { return boundary(unknown, ofRolesOf: set) }
        guard let found = set.policies.boundary, found.members?.isEmpty == false else { return nil }
        var boundary = ObjectDraft(at: found.span)
        if let policy = found.present("CustomerManagedPolicyReference") {
            boundary.add("customerManagedPolicy", reference(policy))
        } else if let arn = found.name("ManagedPolicyArn") {
            if isAWSManaged(arn) { boundary.add("managedPolicy", arn.value) }
        }
        if !boundary.members.isEmpty { return boundary.value }
        let message = "which policy this boundary is cannot be told, so verdicts may hang on it"
        reader.warn("export.dangling", message, at: found.span)
        return MissingPolicy.value(
            "the boundary of the permission set is not known",
            at: found.span
        )
    }

    /// The boundary that the roles of a permission set show where no call told it; what stands for
    /// it where they show none at all or several.
    private mutating func boundary(
        _ unknown: JSONValue,
        ofRolesOf set: IdentityCenterExport.PermissionSet
    ) -> JSONValue? {
        let shown = roleBoundaries[set.name.text] ?? [:]
        guard let (arn, place) = shown.first, shown.count == 1 else {
            let message =
                "nothing tells the permissions boundary of the permission set '\(set.name.text)', "
                + "so verdicts on its roles may hang on it"
            reader.warn("export.missing", message, at: set.name.span)
            return unknown
        }
        guard !arn.isEmpty else { return nil }
        var boundary = ObjectDraft(at: place.span)
        if isAWSManaged(place) {
            boundary.add("managedPolicy", place.value)
            return boundary.value
        }
        boundary.add("customerManagedPolicy", Self.reference(to: place, "name", "path"))
        return boundary.value
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
        draft.add("uniqueId", roleIDs[assignment.provision])
        return draft.value
    }
}
