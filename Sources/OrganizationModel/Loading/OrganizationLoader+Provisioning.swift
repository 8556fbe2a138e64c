import JSONSource
import Parallelism
import PolicyLanguage

// The roles that Identity Center adds to accounts.
extension OrganizationLoader {
    /// How many roles a thread makes before it takes the next ones.
    private static let rolesOfSlice = 256

    /// A role that assignments ask for, by the places of its account and its permission set.
    private struct WantedRole: Sendable {
        let set: Int
        let draft: Int
        /// The assignment that asks first.
        let assignment: Int
    }

    /// A role with whom it is given to.
    private struct MadeRole: Sendable {
        let role: IAMRole
        var provisioned: IdentityCenter.ProvisionedRole
    }

    /// What came of the roles of a slice: nil for one of which there is something to say.
    private struct MadeSlice: Sendable {
        let roles: [MadeRole?]
        let managedPolicies: [String: Policy]
    }

    /// Somebody else who is given a role.
    private struct AnotherGift {
        let role: Int
        let assignment: Int
    }

    /// Adds the role of each permission set to each account it is assigned in; returns them with
    /// whom they are given to.
    mutating func provision(
        _ assignments: [Assignment],
        _ sets: [PermissionSetDraft],
        instance: String,
        region: String
    ) -> [IdentityCenter.ProvisionedRole] {
        let maker = RoleMaker(
            assignments: assignments,
            sets: sets,
            suffixes: checkSuffixes(assignments),
            uniqueIDs: checkUniqueIDs(assignments),
            instance: instance,
            region: region
        )
        let (wanted, gifts) = wantedRoles(assignments, sets)
        var made = makeRoles(wanted, maker)
        for gift in gifts {
            let assignment = assignments[gift.assignment]
            made[gift.role]?.provisioned.give(to: assignment.user, assignment.group)
        }
        for (role, wanted) in zip(made, wanted) {
            if let role { drafts[wanted.draft].roles.append(role.role) }
        }
        return inOrder(made, wanted, sets)
    }

    /// Each role that is asked for, in the order of asking, and who else is given it.
    private func wantedRoles(
        _ assignments: [Assignment],
        _ sets: [PermissionSetDraft]
    ) -> (roles: [WantedRole], gifts: [AnotherGift]) {
        let drafts = Dictionary(
            self.drafts.indices.compactMap { place in self.drafts[place].id.map { ($0, place) } },
            uniquingKeysWith: { first, _ in first }
        )
        let setPlaces = Dictionary(
            sets.enumerated().map { ($1.value.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var roles: [WantedRole] = []
        var gifts: [AnotherGift] = []
        // By the numbers of account and set: these are asked for far more often than there are any.
        var places: [Int: Int] = [:]
        let most = assignments.reduce(0) { $0 + $1.accounts.count }
        places.reserveCapacity(min(most, Self.provisionLimit))
        for (number, assignment) in assignments.enumerated() {
            guard let set = setPlaces[assignment.permissionSet] else { continue }
            for account in assignment.accounts {
                guard let draft = drafts[account] else { continue }
                let key = draft * sets.count + set
                if let place = places[key] {
                    gifts.append(AnotherGift(role: place, assignment: number))
                    continue
                }
                places[key] = roles.count
                roles.append(WantedRole(set: set, draft: draft, assignment: number))
            }
        }
        return (roles, gifts)
    }

    /// The roles in the order in which they are wanted; nil for one that cannot be made.
    private mutating func makeRoles(_ wanted: [WantedRole], _ maker: RoleMaker) -> [MadeRole?] {
        // What the roles of an account have in common is looked up once.
        var order = Array(wanted.indices)
        order.sort { (wanted[$0].draft, $0) < (wanted[$1].draft, $1) }
        var reader = self
        reader.isTrial = true
        reader.diagnostics = []
        reader.readings = nil
        let (sharedOrder, sharedReader) = (order, reader)
        let slices = workers.map(
            order.indices,
            slicesOf: Self.rolesOfSlice,
            makeWorker: { sharedReader },
            work: { reader, slice in
                MadeSlice(
                    roles: sharedOrder[slice].map { place in
                        reader.diagnostics = []
                        let role = reader.make(wanted[place], maker)
                        return reader.diagnostics.isEmpty ? role : nil
                    },
                    managedPolicies: reader.suppliedManagedPolicies
                )
            }
        )
        var made = [MadeRole?](repeating: nil, count: wanted.count)
        var next = 0
        for slice in slices {
            suppliedManagedPolicies.merge(slice.managedPolicies) { first, _ in first }
            for role in slice.roles {
                made[order[next]] = role
                next += 1
            }
        }
        // What there is to say is said in the order of asking.
        for place in wanted.indices where made[place] == nil {
            made[place] = make(wanted[place], maker)
        }
        return made
    }

    /// The roles that were made, by account and name of the set.
    private func inOrder(
        _ made: [MadeRole?],
        _ wanted: [WantedRole],
        _ sets: [PermissionSetDraft]
    ) -> [IdentityCenter.ProvisionedRole] {
        let accounts = Self.ranks(of: drafts.map { $0.id?.description ?? "" })
        let names = Self.ranks(of: sets.map(\.value.name))
        var places = made.indices.filter { made[$0] != nil }
        func rank(_ place: Int) -> Int {
            accounts[wanted[place].draft] * sets.count + names[wanted[place].set]
        }
        places.sort { rank($0) < rank($1) }
        return places.compactMap { made[$0]?.provisioned }
    }

    /// The places of texts when they are in order.
    private static func ranks(of texts: [String]) -> [Int] {
        var ranks = [Int](repeating: 0, count: texts.count)
        let order = texts.indices.sorted { (texts[$0], $0) < (texts[$1], $1) }
        for (rank, place) in order.enumerated() { ranks[place] = rank }
        return ranks
    }
}

// One role.
extension OrganizationLoader {
    /// What all roles are made of.
    private struct RoleMaker: Sendable {
        let assignments: [Assignment]
        let sets: [PermissionSetDraft]
        let suffixes: [Provision: String]
        let uniqueIDs: [Provision: String]
        let instance: String
        /// The Region is left out for an instance in us-east-1 (IDC-4).
        let path: String

        init(
            assignments: [Assignment],
            sets: [PermissionSetDraft],
            suffixes: [Provision: String],
            uniqueIDs: [Provision: String],
            instance: String,
            region: String
        ) {
            self.assignments = assignments
            self.sets = sets
            self.suffixes = suffixes
            self.uniqueIDs = uniqueIDs
            self.instance = instance
            path = "/aws-reserved/sso.amazonaws.com/" + (region == "us-east-1" ? "" : region + "/")
        }
    }

    private mutating func make(_ wanted: WantedRole, _ maker: RoleMaker) -> MadeRole? {
        guard let account = drafts[wanted.draft].id else { return nil }
        let set = maker.sets[wanted.set]
        let key = Provision(set: set.value.name, account: account)
        let suffix = maker.suffixes[key] ?? derivedSuffix(key, instance: maker.instance)
        let name = "AWSReservedSSO_" + key.set + "_" + suffix
        guard
            let role = reservedRole(
                set,
                name: name,
                path: maker.path,
                uniqueID: maker.uniqueIDs[key],
                of: account,
                at: wanted.draft
            )
        else { return nil }
        var provisioned = IdentityCenter.ProvisionedRole(
            permissionSet: key.set,
            account: account,
            name: name
        )
        let assignment = maker.assignments[wanted.assignment]
        provisioned.give(to: assignment.user, assignment.group)
        return MadeRole(role: role, provisioned: provisioned)
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
        path: String,
        uniqueID: String?,
        of account: AccountID,
        at place: Int
    ) -> IAMRole? {
        var policies = set.policies
        for (number, reference) in set.customerManagedPolicies.enumerated() {
            guard let policy = resolve(reference, of: set, at: place) else { return nil }
            policies.insert(policy, at: set.policiesOfAWS + number)
        }
        var boundary: Policy?
        switch set.boundary {
        case .missing(let policy): boundary = policy
        case .awsManaged(let arn): boundary = awsManagedPolicy(arn)
        case .customerManaged(let reference):
            guard let policy = resolve(reference, of: set, at: place) else { return nil }
            boundary = policy
        case nil: break
        }
        let arn = ARN(iam: account, "role", path: path, name: name)
        return IAMRole(
            .init(
                name: name,
                arn: arn,
                birth: history.birth(arn).named(uniqueID),
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
        let name = "AWSSSO_" + suffix + "_DO_NOT_DELETE"
        let provider = ARN(iam: account, "saml-provider", path: "/", name: name).description
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
