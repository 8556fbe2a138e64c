import JSONSource
import PolicyLanguage

extension OrganizationLoader {
    /// What assignments may name.
    struct AssignmentReader {
        let users: [IdentityCenter.User]
        let groups: [String]
        let sets: [PermissionSetDraft]
    }

    /// One assignment for one account, its people resolved.
    struct Assignment {
        let permissionSet: String
        let users: [String]
        let account: AccountID
        let roleSuffix: String?
        let span: SourceSpan
    }

    /// The role of a permission set in an account.
    struct Provision: Hashable {
        let set: String
        let account: AccountID
    }

    mutating func readAssignments(
        _ center: ObjectReader,
        _ reader: AssignmentReader
    ) -> [Assignment] {
        guard let found = center.present("assignments") else { return [] }
        guard let elements = found.elements else {
            diagnostics.append(.wrongType("'assignments'", expected: "a list", found: found))
            return []
        }
        warnRepeatedAssignments(elements)
        return elements.flatMap { assignments($0, reader) }
    }

    private mutating func assignments(
        _ value: JSONValue,
        _ reader: AssignmentReader
    ) -> [Assignment] {
        guard let object = ObjectReader(value, "the assignment", &diagnostics) else { return [] }
        let fields = [
            "permissionSet", "user", "group", "accounts", "organizationalUnits", "roleSuffix",
        ]
        object.allow(fields, &diagnostics)
        let set = name(
            "permissionSet",
            of: object,
            "organization.unknown-permission-set",
            "permission set",
            reader.sets.map(\.value.name)
        )
        if object.present("permissionSet") == nil {
            _ = object.required("permissionSet", &diagnostics)
        }
        let users = assignedUsers(object, reader)
        let accounts = assignedAccounts(object)
        let suffix = roleSuffix(object)
        guard let set else { return [] }
        return accounts.map {
            Assignment(
                permissionSet: set,
                users: users,
                account: $0,
                roleSuffix: suffix,
                span: value.span
            )
        }
    }

    /// A name that must be one of those known.
    private mutating func name(
        _ field: String,
        of object: ObjectReader,
        _ code: String,
        _ kind: String,
        _ known: [String]
    ) -> String? {
        guard let value = object.present(field),
            let text = SourceString(value, "'\(field)'", &diagnostics)
        else { return nil }
        if known.contains(text.text) { return text.text }
        refuseUnknown(code, kind, text, among: known)
        return nil
    }

    private mutating func assignedUsers(
        _ object: ObjectReader,
        _ reader: AssignmentReader
    ) -> [String] {
        let hasUser = object.present("user") != nil
        if hasUser == (object.present("group") != nil) {
            let message = "an assignment names either a 'user' or a 'group'"
            refuse("identity-center.assigned-person", message, at: object.value.span)
        }
        let user = name(
            "user",
            of: object,
            "organization.unknown-user",
            "Identity Center user",
            reader.users.map(\.name)
        )
        let group = name("group", of: object, "organization.unknown-group", "group", reader.groups)
        let members = reader.users.filter { group.map($0.groups.contains) ?? false }.map(\.name)
        return (user.map { [$0] } ?? []) + members
    }

    private mutating func assignedAccounts(_ object: ObjectReader) -> [AccountID] {
        let names = object.strings("accounts", &diagnostics)
        let units = object.strings("organizationalUnits", &diagnostics)
        if names == nil, units == nil {
            let message = "an assignment needs 'accounts' or 'organizationalUnits'"
            refuse("identity-center.assigned-place", message, at: object.value.span)
        }
        if (names ?? []).isEmpty, (units ?? []).isEmpty, names != nil || units != nil {
            let message = "the assignment names no account and no unit, so it assigns nothing"
            diagnostics.append(
                .warning("identity-center.assigned-nowhere", message, at: object.value.span)
            )
        }
        var found = (names ?? []).compactMap { memberAccount($0) }
        for unit in units ?? [] {
            guard
                let index = nodes.firstIndex(where: { $0.path == unit.text || $0.id == unit.text })
            else {
                refuseUnknown("organization.unknown-unit", "unit", unit, among: nodes.map(\.path))
                continue
            }
            found += accounts(below: index)
        }
        var seen: Set<AccountID> = []
        return found.filter { seen.insert($0).inserted }
    }

    /// Every account in a unit or in a unit below it, at any depth.
    private func accounts(below node: Int) -> [AccountID] {
        drafts.compactMap { draft in
            guard case .member(var current) = draft.membership else { return nil }
            while current != node {
                guard let parent = nodes[current].parent else { return nil }
                current = parent
            }
            return draft.id
        }
    }

    private mutating func roleSuffix(_ object: ObjectReader) -> String? {
        guard let text = object.string("roleSuffix", &diagnostics) else { return nil }
        let isSuffix = text.utf8.count == 16 && text.allSatisfy { $0.isHexDigit && !$0.isUppercase }
        if !isSuffix {
            let message = "'roleSuffix' has 16 lower-case hexadecimal digits, not '\(text)'"
            refuse(
                "identity-center.suffix",
                message,
                at: object.value["roleSuffix"]?.span ?? object.value.span
            )
        }
        return text
    }
}

// Provisioning.
extension OrganizationLoader {
    /// Adds the role of each permission set to each account it is assigned in; returns the names.
    mutating func provision(
        _ assignments: [Assignment],
        _ sets: [PermissionSetDraft],
        instance: String,
        region: String
    ) -> [Provision: String] {
        var roles: [Provision: String] = [:]
        var failed: Set<Provision> = []
        let drafts = Dictionary(
            self.drafts.enumerated().compactMap { place, draft in draft.id.map { ($0, place) } },
            uniquingKeysWith: { first, _ in first }
        )
        let sets = Dictionary(
            sets.map { ($0.value.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let given = checkSuffixes(assignments)
        for assignment in assignments {
            let key = Provision(set: assignment.permissionSet, account: assignment.account)
            guard roles[key] == nil, !failed.contains(key), let set = sets[key.set],
                let index = drafts[key.account]
            else { continue }
            let suffix =
                given[key]
                ?? DerivedIdentifier.roleSuffix(
                    instance: instance,
                    permissionSet: key.set,
                    account: key.account.description,
                    generation: history.generation(
                        of: .init(permissionSet: key.set, account: key.account)
                    )
                )
            let name = "AWSReservedSSO_\(key.set)_\(suffix)"
            guard let role = reservedRole(set, name: name, region: region, in: self.drafts[index])
            else {
                failed.insert(key)
                continue
            }
            self.drafts[index].roles.append(role)
            roles[key] = name
        }
        return roles
    }

    private mutating func reservedRole(
        _ set: PermissionSetDraft,
        name: String,
        region: String,
        in draft: AccountDraft
    ) -> IAMRole? {
        guard let account = draft.id else { return nil }
        var policies = set.managedPolicies.compactMap { awsManagedPolicy($0) }
        for reference in set.customerManagedPolicies {
            guard let policy = resolve(reference, of: set, in: draft) else { return nil }
            policies.append(policy)
        }
        if let inline = set.inlinePolicy { policies.append(inline) }
        var boundary: Policy?
        switch set.boundary {
        case .awsManaged(let arn): boundary = awsManagedPolicy(arn)
        case .customerManaged(let reference):
            guard let policy = resolve(reference, of: set, in: draft) else { return nil }
            boundary = policy
        case nil: break
        }
        // The Region is left out for an instance in us-east-1 (IDC-4).
        let place = region == "us-east-1" ? "" : region + "/"
        let arn = ARN(
            partition: "aws",
            service: "iam",
            account: account.description,
            resource: "role/aws-reserved/sso.amazonaws.com/\(place)\(name)"
        )
        return IAMRole(
            name: name,
            arn: arn,
            uniqueID: history.uniqueID("AROA", of: arn),
            createdAt: history.birth(arn).createdAt,
            trustPolicy: Policy(
                name: nil,
                document: reservedTrust(account, suffix: name.suffix(16))
            ),
            identityPolicies: policies,
            permissionsBoundary: boundary,
            maxSessionDuration: 43_200,
            tags: Tags(),
            isServiceLinked: false,
            lastUsed: nil
        )
    }

    /// A customer managed policy by name, without regard to case, and path (IDC-7, IDC-8).
    private mutating func resolve(
        _ reference: CustomerPolicyReference,
        of set: PermissionSetDraft,
        in draft: AccountDraft
    ) -> Policy? {
        let found = draft.settings.managedPolicies.values.first { policy in
            policy.name?.lowercased() == reference.name.text.lowercased()
                && policy.arn?.hasSuffix(":policy\(reference.path)\(policy.name ?? "")") == true
        }
        if found == nil {
            let message =
                "the account '\(draft.name)' has no managed policy "
                + "'\(reference.path)\(reference.name.text)', so the permission set "
                + "'\(set.value.name)' is not provisioned there"
            diagnostics.append(
                .warning("identity-center.not-provisioned", message, at: reference.name.span)
            )
        }
        return found
    }

    /// The trust policy AWS gives these roles (IDC-6).
    private func reservedTrust(_ account: AccountID, suffix: Substring) -> PolicyDocument {
        let provider = "arn:aws:iam::\(account):saml-provider/AWSSSO_\(suffix)_DO_NOT_DELETE"
        let condition = Condition(
            ConditionOperator(.stringEquals),
            "SAML:aud",
            [
                ConditionOperand(
                    "https://signin.aws.amazon.com/saml",
                    for: .stringEquals,
                    variables: .literal
                )
            ],
            at: .nowhere
        )
        let actions = ["sts:AssumeRoleWithSAML", "sts:TagSession"].compactMap { ActionPattern($0) }
        let statement = Statement(
            sid: nil,
            index: 0,
            effect: .allow,
            principal: PrincipalElement(entries: [.federated(provider)], isNegated: false),
            actions: ActionElement(patterns: actions, isNegated: false),
            resources: nil,
            conditions: [condition],
            span: .nowhere
        )
        return PolicyDocument(
            version: .v2012,
            id: nil,
            statements: [statement],
            at: .nowhere,
            size: 0
        )
    }
}
