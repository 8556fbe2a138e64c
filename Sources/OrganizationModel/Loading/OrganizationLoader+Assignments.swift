import JSONSource
import PolicyLanguage

extension OrganizationLoader {
    /// How many roles the assignments of one file may mean: one for each set and account.
    package static let provisionLimit = 500_000
    /// How many accounts all assignments of one file may mean together.
    package static let assignedLimit = 5_000_000

    /// What assignments may name.
    struct AssignmentReader {
        let users: Names
        let groups: Names
        let sets: Names
        /// For each node the accounts in it and below it.
        let accountsBelow: [[AccountID]]

        struct Names {
            let list: [String]
            let known: Set<String>

            init(_ list: [String]) {
                self.list = list
                known = Set(list)
            }
        }

        init(
            users: [IdentityCenter.User],
            groups: [String],
            sets: [String],
            accountsBelow: [[AccountID]]
        ) {
            self.users = Names(users.map(\.name))
            self.groups = Names(groups)
            self.sets = Names(sets)
            self.accountsBelow = accountsBelow
        }
    }

    /// One assignment, its units resolved.
    struct Assignment {
        let permissionSet: String
        let user: String?
        let group: String?
        let accounts: [AccountID]
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
        var all: [Assignment] = []
        var assigned = 0
        var places: [String: Set<AccountID>] = [:]
        var roles = 0
        for element in elements {
            guard let assignment = assignment(element, reader) else { continue }
            assigned += assignment.accounts.count
            let before = places[assignment.permissionSet]?.count ?? 0
            places[assignment.permissionSet, default: []].formUnion(assignment.accounts)
            roles += (places[assignment.permissionSet]?.count ?? 0) - before
            guard assigned <= Self.assignedLimit, roles <= Self.provisionLimit else {
                let excess =
                    roles > Self.provisionLimit
                    ? "\(roles) roles, more than \(Self.provisionLimit)"
                    : "\(assigned) accounts, more than \(Self.assignedLimit)"
                let message = "up to here the assignments mean \(excess)"
                refuse("limit.assignments", message, at: element.span)
                return []
            }
            all.append(assignment)
        }
        return all
    }

    private mutating func assignment(
        _ value: JSONValue,
        _ reader: AssignmentReader
    ) -> Assignment? {
        guard let object = ObjectReader(value, "the assignment", &diagnostics) else { return nil }
        object.allow(.assignment, &diagnostics)
        let set = name(
            "permissionSet",
            of: object,
            "organization.unknown-permission-set",
            "permission set",
            reader.sets
        )
        if object.present("permissionSet") == nil {
            _ = object.given("permissionSet", &diagnostics)
        }
        let person = assignedPerson(object, reader)
        let accounts = assignedAccounts(object, reader)
        let suffix = roleSuffix(object)
        return set.map {
            Assignment(
                permissionSet: $0,
                user: person.user,
                group: person.group,
                accounts: accounts,
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
        _ known: AssignmentReader.Names
    ) -> String? {
        guard let value = object.present(field),
            let text = SourceString(value, "'\(field)'", &diagnostics)
        else { return nil }
        if known.known.contains(text.text) { return text.text }
        refuseUnknown(code, kind, text, among: known.list)
        return nil
    }

    private mutating func assignedPerson(
        _ object: ObjectReader,
        _ reader: AssignmentReader
    ) -> (user: String?, group: String?) {
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
            reader.users
        )
        let group = name("group", of: object, "organization.unknown-group", "group", reader.groups)
        return (user, group)
    }

    private mutating func assignedAccounts(
        _ object: ObjectReader,
        _ reader: AssignmentReader
    ) -> [AccountID] {
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
            guard let index = nodePlaces[unit.text] else {
                let nodes = nodes
                refuseUnknown("organization.unknown-unit", "unit", unit, among: nodes.map(\.path))
                continue
            }
            found += reader.accountsBelow[index]
        }
        var seen: Set<AccountID> = []
        return found.filter { seen.insert($0).inserted }
    }

    /// For each node every account in it or in a unit below it, at any depth.
    func accountsBelowNodes() -> [[AccountID]] {
        var below = [[AccountID]](repeating: [], count: nodes.count)
        for place in drafts.indices {
            guard let id = drafts[place].id, case .member(let node) = drafts[place].membership
            else { continue }
            var current: Int? = node
            while let place = current {
                below[place].append(id)
                current = nodes[place].parent
            }
        }
        return below
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
    /// Adds the role of each permission set to each account it is assigned in; returns them with
    /// whom they are given to.
    mutating func provision(
        _ assignments: [Assignment],
        _ sets: [PermissionSetDraft],
        instance: String,
        region: String
    ) -> [IdentityCenter.ProvisionedRole] {
        var roles: [IdentityCenter.ProvisionedRole] = []
        let most = assignments.reduce(0) { $0 + $1.accounts.count }
        roles.reserveCapacity(min(most, Self.provisionLimit))
        var places: [Provision: Int] = [:]
        places.reserveCapacity(min(most, Self.provisionLimit))
        var failed: Set<Provision> = []
        let drafts = Dictionary(
            self.drafts.indices.compactMap { place in self.drafts[place].id.map { ($0, place) } },
            uniquingKeysWith: { first, _ in first }
        )
        let sets = Dictionary(
            sets.map { ($0.value.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let given = checkSuffixes(assignments)
        for assignment in assignments {
            guard let set = sets[assignment.permissionSet] else { continue }
            for account in assignment.accounts {
                let key = Provision(set: assignment.permissionSet, account: account)
                if let place = places[key] {
                    roles[place].give(to: assignment.user, assignment.group)
                    continue
                }
                guard let index = drafts[account], !failed.contains(key) else { continue }
                let suffix = given[key] ?? derivedSuffix(key, instance: instance)
                let name = "AWSReservedSSO_\(key.set)_\(suffix)"
                guard let role = reservedRole(set, name: name, region: region, at: index) else {
                    failed.insert(key)
                    continue
                }
                self.drafts[index].roles.append(role)
                var provisioned = IdentityCenter.ProvisionedRole(
                    permissionSet: key.set,
                    account: account,
                    name: name
                )
                provisioned.give(to: assignment.user, assignment.group)
                places[key] = roles.count
                roles.append(provisioned)
            }
        }
        // Places are cheaper to move about than roles.
        let order = roles.indices.sorted {
            (roles[$0].account, roles[$0].permissionSet)
                < (roles[$1].account, roles[$1].permissionSet)
        }
        return order.map { roles[$0] }
    }

    private func derivedSuffix(_ key: Provision, instance: String) -> String {
        DerivedIdentifier.roleSuffix(
            instance: instance,
            permissionSet: key.set,
            account: key.account.description,
            generation: history.generation(of: .init(permissionSet: key.set, account: key.account))
        )
    }

    private mutating func reservedRole(
        _ set: PermissionSetDraft,
        name: String,
        region: String,
        at place: Int
    ) -> IAMRole? {
        guard let account = drafts[place].id else { return nil }
        var policies = set.policies
        for (number, reference) in set.customerManagedPolicies.enumerated() {
            guard let policy = resolve(reference, of: set, at: place) else { return nil }
            policies.insert(policy, at: set.policiesOfAWS + number)
        }
        var boundary: Policy?
        switch set.boundary {
        case .awsManaged(let arn): boundary = awsManagedPolicy(arn)
        case .customerManaged(let reference):
            guard let policy = resolve(reference, of: set, at: place) else { return nil }
            boundary = policy
        case nil: break
        }
        // The Region is left out for an instance in us-east-1 (IDC-4).
        let path = "/aws-reserved/sso.amazonaws.com/" + (region == "us-east-1" ? "" : region + "/")
        let arn = ARN(iam: account, "role", path: path, name: name)
        return IAMRole(
            .init(
                name: name,
                arn: arn,
                birth: history.birth(arn),
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
        )
    }

    /// A customer managed policy by name, without regard to case, and path (IDC-7, IDC-8).
    private mutating func resolve(
        _ reference: CustomerPolicyReference,
        of set: PermissionSetDraft,
        at place: Int
    ) -> Policy? {
        let found = customerPolicy(reference.key, at: place)
        if found == nil {
            let message =
                "the account '\(drafts[place].name)' has no managed policy "
                + "'\(reference.path)\(reference.name.text)', so the permission set "
                + "'\(set.value.name)' is not provisioned there"
            diagnostics.append(
                .warning("identity-center.not-provisioned", message, at: reference.name.span)
            )
        }
        return found
    }

    private mutating func customerPolicy(_ key: String, at place: Int) -> Policy? {
        guard let account = drafts[place].id else { return nil }
        if let known = customerPolicies[account] { return known[key] }
        var found: [String: Policy] = [:]
        for policy in drafts[place].settings.managedPolicies.values {
            guard let name = policy.name, let arn = policy.arn.flatMap({ ARN($0) }) else {
                continue
            }
            let path = arn.resource.dropFirst("policy".count).dropLast(name.count)
            found[path + name.lowercased()] = policy
        }
        customerPolicies[account] = found
        return found[key]
    }

    /// The trust policy AWS gives these roles (IDC-6).
    private func reservedTrust(_ account: AccountID, suffix: Substring) -> PolicyDocument {
        let provider = "arn:aws:iam::\(account):saml-provider/AWSSSO_\(suffix)_DO_NOT_DELETE"
        let statement = Statement(
            sid: nil,
            index: 0,
            effect: .allow,
            principal: PrincipalElement(entries: [.federated(provider)], isNegated: false),
            actions: ReservedTrust.actions,
            resources: nil,
            conditions: ReservedTrust.conditions,
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

/// What the trust policies of all Identity Center roles share.
private enum ReservedTrust {
    static let actions = ActionElement(
        patterns: ["sts:AssumeRoleWithSAML", "sts:TagSession"].compactMap { ActionPattern($0) },
        isNegated: false
    )
    static let conditions = [
        Condition(
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
    ]
}
