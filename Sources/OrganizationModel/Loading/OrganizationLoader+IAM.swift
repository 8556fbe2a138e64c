import JSONSource
import PolicyLanguage
import ServiceCatalog

extension OrganizationLoader {
    mutating func readIAM(_ value: JSONValue, of account: AccountID, into draft: inout AccountDraft)
    {
        guard let object = ObjectReader(value, "'iam' of the account", draft.name, &diagnostics)
        else { return }
        object.allow(.iam, &diagnostics)
        for (field, limit) in Quotas.entities { checkCount(field, of: object, limit) }
        let managed = object.entries("managedPolicies", &diagnostics)
        checkUniqueNames(managed, limit: Quotas.policyNameCharacters, kind: "managed policy")
        let names = managed.map(\.key)
        for member in managed {
            draft.settings.managedPolicies[member.key] = managedPolicy(member, in: account)
        }
        let scope = IAMScope(account, draft, names: names)
        let groups = readGroups(object, scope)
        draft.settings.groups = object.entries("groups", &diagnostics).map(\.key)
        let users = object.entries("users", &diagnostics)
        checkUniqueNames(users, limit: Quotas.userNameCharacters, kind: "user")
        draft.users = users.compactMap { user($0, scope, groups) }
        let roles = readRoles(object, scope, into: &draft)
        readSettings(object, roles: roles, into: &draft.settings)
    }

    /// What names of policies mean inside one account.
    struct IAMScope {
        let account: AccountID
        let accountName: String
        let policies: [String: Policy]
        /// All names, also of policies that could not be read.
        let names: [String]
        let policiesByARN: [String: Policy]
        /// Names of policies that could not be read.
        let unreadable: Set<String>

        init(_ account: AccountID, _ draft: AccountDraft, names: [String]) {
            self.account = account
            accountName = draft.name
            policies = draft.settings.managedPolicies
            self.names = names
            unreadable = Set(names).subtracting(policies.keys)
            policiesByARN = Dictionary(
                policies.values.compactMap { policy in policy.arn.map { ($0, policy) } },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }

    private mutating func managedPolicy(_ member: JSONMember, in account: AccountID) -> Policy? {
        var value = member.value
        var path = "/"
        if member.value["document"] != nil {
            guard let object = ObjectReader(value, "the policy '\(member.key)'", &diagnostics),
                let inner = object.required("document", &diagnostics)
            else { return nil }
            object.allow(.managedPolicy, &diagnostics)
            path = self.path(object)
            _ = tags(object, .iam)
            value = inner
        }
        let title = "the policy '\(member.key)' of \(account)"
        guard let document = document(value, as: .identity, of: title) else { return nil }
        if document.size > Quotas.managedPolicyCharacters {
            let what = "'\(member.key)'"
            checkSize(document.size, Quotas.managedPolicyCharacters, what, at: value.span)
        }
        let name = member.key
        let arn = ARN(iam: account, "policy", path: path, name: name)
        return Policy(name: name, arn: arn.description, document: document)
    }

    private mutating func checkSize(_ size: Int, _ limit: Int, _ what: String, at span: SourceSpan)
    {
        guard size > limit else { return }
        refuse(
            "quota.policy-size",
            "\(what) has \(size) characters, AWS takes at most \(limit)",
            at: span
        )
    }

    /// Inline and managed policies of a user, group or role.
    private mutating func permissions(
        _ object: ObjectReader,
        _ scope: IAMScope,
        _ limits: Quotas.Permissions
    ) -> [Policy] {
        var found: [Policy] = []
        var size = 0
        for member in object.entries("inlinePolicies", &diagnostics) {
            let name = member.key
            checkName(
                name,
                limit: Quotas.policyNameCharacters,
                kind: "an inline policy",
                at: member.keySpan
            )
            let owner = "\(object.owner) of \(scope.accountName)"
            guard
                let document = document(
                    member.value,
                    as: .identity,
                    of: "the policy '\(name)' of \(owner)"
                )
            else { continue }
            size += document.size
            found.append(Policy(name: name, document: document))
        }
        if size > limits.inlineCharacters, let span = object.value["inlinePolicies"]?.span {
            let what = "the inline policies of \(object.owner) together"
            checkSize(size, limits.inlineCharacters, what, at: span)
        }
        let names = object.strings("managedPolicies", &diagnostics) ?? []
        warnRepeated(names, in: "managedPolicies")
        if names.count > limits.managed, let span = object.value["managedPolicies"]?.span {
            let message =
                "\(names.count) managed policies are attached, AWS allows \(limits.managed)"
            refuse("quota.attachments", message, at: span)
        }
        for name in names {
            if let policy = policy(named: name, scope) { found.append(policy) }
        }
        return found
    }

    /// A managed policy by its name in the account or by ARN.
    mutating func policy(named name: SourceString, _ scope: IAMScope) -> Policy? {
        if name.text.hasPrefix("arn:") {
            if AWSManagedPolicies.isARN(name.text) { return awsManagedPolicy(name) }
            if let policy = scope.policiesByARN[name.text] { return policy }
            refuseUnknownARN(name, scope)
            return nil
        }
        if let policy = scope.policies[name.text] { return policy }
        if scope.unreadable.contains(name.text) { return nil }
        // Without its ARN the name of an AWS managed policy means one of the account.
        let arn = "arn:aws:iam::aws:policy/\(name.text)"
        let isOfAWS = BuiltInPolicies.policy(arn) != nil
        let hint = isOfAWS ? ", did you mean '\(arn)'?" : nil
        refuseUnknown(
            "organization.unknown-policy",
            "managed policy",
            name,
            among: scope.names,
            hint: hint
        )
        return nil
    }

    /// An ARN that means no policy of the account nor, by its form, of AWS.
    private mutating func refuseUnknownARN(_ arn: SourceString, _ scope: IAMScope) {
        // A policy that could not be read was reported where it stands.
        let name = String(ARN(arn.text)?.resourceName ?? "")
        if let owner = ARN(arn.text)?.accountID, owner != scope.account {
            let message =
                "'\(arn.text)' is a policy of the account \(owner), and a policy is attached in "
                + "its own account only"
            refuse("iam.foreign-policy", message, at: arn.span)
        } else if !scope.names.contains(name) || scope.policies[name] != nil {
            let known = scope.policies.values.compactMap(\.arn).sorted()
            refuseUnknown("organization.unknown-policy", "managed policy", arn, among: known)
        }
    }

    private mutating func boundary(_ object: ObjectReader, _ scope: IAMScope) -> Policy? {
        guard let value = object.present("permissionsBoundary") else { return nil }
        guard let name = value.string else {
            let expected = "the name or the ARN of a managed policy"
            diagnostics.append(
                .wrongType("'permissionsBoundary'", expected: expected, found: value)
            )
            return nil
        }
        return policy(named: SourceString(name, at: value.span), scope)
    }

    private mutating func readGroups(_ iam: ObjectReader, _ scope: IAMScope) -> [String: [Policy]] {
        let members = iam.entries("groups", &diagnostics)
        checkUniqueNames(members, limit: Quotas.policyNameCharacters, kind: "group")
        var groups: [String: [Policy]] = [:]
        for member in members {
            guard let object = ObjectReader(member.value, "the group '\(member.key)'", &diagnostics)
            else { continue }
            object.allow(.group, &diagnostics)
            _ = path(object)
            groups[member.key] = permissions(object, scope, Quotas.group)
        }
        return groups
    }

    private mutating func user(
        _ member: JSONMember,
        _ scope: IAMScope,
        _ groups: [String: [Policy]]
    ) -> IAMUser? {
        guard let object = ObjectReader(member.value, "the user", member.key, &diagnostics) else {
            return nil
        }
        object.allow(.user, &diagnostics)
        var policies = permissions(object, scope, Quotas.user)
        let names = object.strings("groups", &diagnostics) ?? []
        warnRepeated(names, in: "groups")
        if names.count > Quotas.groupsPerUser, let span = object.value["groups"]?.span {
            let message = "a user is in at most \(Quotas.groupsPerUser) groups, not \(names.count)"
            refuse("quota.groups", message, at: span)
        }
        for name in names {
            if let inherited = groups[name.text] {
                policies += inherited
            } else {
                refuseUnknown(
                    "organization.unknown-group",
                    "group",
                    name,
                    among: groups.keys.sorted()
                )
            }
        }
        let arn = ARN(iam: scope.account, "user", path: path(object), name: member.key)
        return IAMUser(
            name: member.key,
            arn: arn,
            birth: history.birth(arn).named(uniqueID(object, "AIDA")),
            groups: names.map(\.text),
            identityPolicies: policies,
            permissionsBoundary: boundary(object, scope),
            tags: tags(object, .iamPrincipal),
            accessKeys: accessKeys(object),
            mfaDevices: mfaDevices(object, in: scope.account),
            password: password(object)
        )
    }

    /// Reads the roles; returns the names of all of them.
    private mutating func readRoles(
        _ iam: ObjectReader,
        _ scope: IAMScope,
        into draft: inout AccountDraft
    ) -> [String] {
        let members = iam.entries("roles", &diagnostics)
        checkUniqueNames(members, limit: Quotas.roleNameCharacters, kind: "role")
        draft.roles.reserveCapacity(members.count)
        return members.map { member in
            let name = member.key
            if let role = plainRole(member.value, name, scope) ?? role(member, name, scope) {
                draft.roles.append(role)
            }
            return name
        }
    }

    private mutating func role(
        _ member: JSONMember,
        _ name: String,
        _ scope: IAMScope
    ) -> IAMRole? {
        guard let object = ObjectReader(member.value, "the role", name, &diagnostics) else {
            return nil
        }
        object.allow(.role, &diagnostics)
        let policies = permissions(object, scope, Quotas.role)
        let boundary = boundary(object, scope)
        let duration = sessionDuration(object)
        let path = path(object)
        let tags = tags(object, .iamPrincipal)
        let isServiceLinked = isServiceLinked(object, member, path: path)
        let lastUsed = instant("lastUsed", of: object)
        let id = uniqueID(object, "AROA")
        guard let value = object.required("trustPolicy", &diagnostics),
            let trust = document(
                value,
                as: .trust,
                of: "the trust policy of '\(name)' of \(scope.accountName)"
            )
        else { return nil }
        checkSize(trust.size, Quotas.trustPolicyCharacters, "the trust policy", at: value.span)
        let arn = ARN(iam: scope.account, "role", path: path, name: name)
        return IAMRole(
            .init(
                name: name,
                arn: arn,
                birth: history.birth(arn).named(id),
                trustPolicy: trustPolicy(trust, of: name, scope),
                identityPolicies: policies,
                permissionsBoundary: boundary,
                maxSessionDuration: duration,
                tags: tags,
                isServiceLinked: isServiceLinked,
                lastUsed: lastUsed
            )
        )
    }

    /// The unique id that AWS gave a user or role.
    mutating func uniqueID(_ object: ObjectReader, _ prefix: String) -> String? {
        guard let value = object.present("uniqueId"),
            let text = SourceString(value, "'uniqueId'", &diagnostics)
        else { return nil }
        guard DerivedIdentifier.isEntity(text.text.utf8, prefix: prefix) else {
            let message =
                "'\(text.text)' is not a unique id: expected \(prefix) and capital letters or digits"
            refuse("organization.unique-id", message, at: text.span)
            return nil
        }
        return text.text
    }

    /// The trust policy of a role, with its place in the history.
    func trustPolicy(_ document: PolicyDocument, of role: String, _ scope: IAMScope) -> Policy {
        Policy(
            name: nil,
            document: document,
            writtenAt: history.writtenAt(
                ["iam", "roles", role, "trustPolicy"],
                in: scope.accountName
            )
        )
    }

    /// A service-linked role stands under its service's path, and neither a boundary nor anybody's
    /// policies are attached to it (RBP-6).
    private mutating func isServiceLinked(
        _ object: ObjectReader,
        _ member: JSONMember,
        path: String
    ) -> Bool {
        let said = object.bool("serviceLinked", &diagnostics)
        let isInPlace = path.hasPrefix("/aws-service-role/")
        if said == false, isInPlace, let span = object.value["serviceLinked"]?.span {
            let message = "a role under '/aws-service-role/' is service-linked"
            refuse("iam.service-linked", message, at: span)
        }
        if said == true, !isInPlace {
            let message =
                "AWS keeps service-linked roles under '/aws-service-role/SERVICE/', not under "
                + "'\(path)'"
            let span = object.value["path"]?.span ?? member.keySpan
            diagnostics.append(.warning("iam.service-linked-path", message, at: span))
        }
        let isLinked = isInPlace || said == true
        if isLinked, let boundary = object.present("permissionsBoundary") {
            let message = "a service-linked role takes no permissions boundary"
            refuse("iam.service-linked", message, at: boundary.span)
        }
        return isLinked
    }

    private mutating func sessionDuration(_ object: ObjectReader) -> Int {
        guard let seconds = object.integer("maxSessionDuration", &diagnostics) else { return 3_600 }
        let range = Quotas.roleSessionSeconds
        if !range.contains(seconds) {
            let message =
                "'maxSessionDuration' is \(range.lowerBound) to \(range.upperBound) seconds, "
                + "not \(seconds)"
            let span = object.value["maxSessionDuration"]?.span ?? object.value.span
            refuse("iam.session-duration", message, at: span)
        }
        return seconds
    }
}
