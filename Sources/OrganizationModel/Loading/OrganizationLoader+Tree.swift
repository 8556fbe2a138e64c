import JSONSource
import PolicyLanguage
import ServiceCatalog

/// An account on its way from the file into the world.
struct AccountDraft {
    let name: String
    let nameSpan: SourceSpan
    /// What is written of it.
    var value: JSONValue
    let membership: Account.Membership
    var id: AccountID?
    var status = Account.Status.active
    var tags = Tags()
    var serviceControlPolicies: [Policy] = []
    var resourceControlPolicies: [Policy] = []
    var users: [IAMUser] = []
    var roles: [IAMRole] = []
    var settings = IAMSettings()
    var resources: [Resource] = []
    var blockPublicAccess = BlockPublicAccess()
    var unlistedResources = UnlistedResources()

    var isMember: Bool { if case .member = membership { true } else { false } }

    /// Takes over what was read of the account before, wherever it sits now.
    mutating func take(_ other: AccountDraft) {
        status = other.status
        tags = other.tags
        serviceControlPolicies = other.serviceControlPolicies
        resourceControlPolicies = other.resourceControlPolicies
        users = other.users
        roles = other.roles
        settings = other.settings
        resources = other.resources
        blockPublicAccess = other.blockPublicAccess
        unlistedResources = other.unlistedResources
    }

    /// Nil as long as the account has no valid id.
    func account() -> Account? {
        guard let id else { return nil }
        return Account(
            name: name,
            id: id,
            membership: membership,
            status: status,
            tags: tags,
            serviceControlPolicies: serviceControlPolicies,
            resourceControlPolicies: resourceControlPolicies,
            users: users,
            roles: roles,
            settings: settings,
            resources: resources,
            blockPublicAccess: blockPublicAccess,
            unlistedResources: unlistedResources
        )
    }
}

extension OrganizationLoader {
    /// Reads root, units and the list of member accounts; returns the policy types in force.
    mutating func readTree(
        _ file: ObjectReader,
        header: Header?
    ) -> Set<ControlPolicyType> {
        guard let value = file.value["root"],
            let root = ObjectReader(value, "the root", &diagnostics)
        else { return [] }
        let types = readPolicyTypes(root)
        enforcesSCPs = header?.hasAllFeatures != false && types.contains(.serviceControlPolicy)
        let id = root.string("id", &diagnostics)
        if let id, !OrganizationIdentifiers.isRoot(id) {
            let message =
                "'\(id)' is not the id of a root: expected r- and 4 to 32 lower-case letters or digits"
            refuse("organization.root-id", message, at: root.value["id"]?.span ?? value.span)
        }
        let rootID = id ?? DerivedIdentifier.root(organization: organizationID ?? "")
        readNode(root, path: "Root", id: rootID, parent: nil, rootID: rootID, depth: 0)
        let units = nodes.count - 1
        if units > Quotas.units {
            let message = "there are \(units) units, AWS allows \(Quotas.units)"
            refuse("quota.entities", message, at: value.span)
        }
        // Only an organization with all features has policies (SCP-6).
        return header?.hasAllFeatures == false ? [] : types
    }

    /// Policy types that AWS has and that authorize nothing (ROOT-12).
    static let otherPolicyTypes = [
        "TAG_POLICY", "BACKUP_POLICY", "AISERVICES_OPT_OUT_POLICY", "CHATBOT_POLICY",
        "DECLARATIVE_POLICY_EC2", "SECURITYHUB_POLICY", "S3_POLICY", "BEDROCK_POLICY",
        "INSPECTOR_POLICY", "UPGRADE_ROLLOUT_POLICY", "NETWORK_SECURITY_DIRECTOR_POLICY",
    ]

    private mutating func readPolicyTypes(_ root: ObjectReader) -> Set<ControlPolicyType> {
        guard let names = root.strings("policyTypes", &diagnostics) else {
            return Set(ControlPolicyType.allCases)
        }
        warnRepeated(names, in: "policyTypes")
        var enabled: Set<ControlPolicyType> = []
        for name in names {
            if let type = ControlPolicyType(rawValue: name.text) {
                enabled.insert(type)
            } else if !Self.otherPolicyTypes.contains(name.text) {
                refuseUnknown(
                    "organization.unknown-policy-type",
                    "policy type",
                    name,
                    among: ObjectFormat.policyTypes
                )
            }
        }
        return enabled
    }

    private mutating func readNode(
        _ object: ObjectReader,
        path: String,
        id: String,
        parent: Int?,
        rootID: String,
        depth: Int
    ) {
        object.allow(parent == nil ? .root : .unit, &diagnostics)
        let index = nodes.count
        for name in [path, id] where nodePlaces[name] == nil { nodePlaces[name] = index }
        nodes.append(
            OrganizationNode(
                path: path,
                id: id,
                parent: parent,
                serviceControlPolicies: attached(.serviceControlPolicy, to: object),
                resourceControlPolicies: attached(.resourceControlPolicy, to: object),
                tags: tags(object)
            )
        )
        for member in object.entries("accounts", &diagnostics) {
            draft(member, membership: .member(node: index))
        }
        for member in object.entries("organizationalUnits", &diagnostics) {
            readUnit(member, parent: index, rootID: rootID, depth: depth + 1)
        }
    }

    private mutating func readUnit(_ member: JSONMember, parent: Int, rootID: String, depth: Int) {
        if depth > Quotas.unitDepth {
            let message = "units nest at most \(Quotas.unitDepth) deep below the root"
            refuse("quota.unit-depth", message, at: member.keySpan)
            return
        }
        let path = nodes[parent].path + "/" + member.key
        guard let unit = ObjectReader(member.value, "the unit '\(path)'", &diagnostics) else {
            return
        }
        if member.key.isEmpty || member.key.contains("/") || member.key.unicodeScalars.count > 128 {
            let message = "a unit's name has 1 to 128 characters and no '/'"
            refuse(
                "organization.unit-name",
                message + Self.found(member.key, limit: 128),
                at: member.keySpan
            )
        }
        let id = unit.string("id", &diagnostics)
        if let id {
            let span = unit.value["id"]?.span ?? member.keySpan
            checkUnitID(id, rootID: rootID, at: span)
        }
        readNode(
            unit,
            path: path,
            id: id ?? DerivedIdentifier.unit(root: rootID, path: path),
            parent: parent,
            rootID: rootID,
            depth: depth
        )
    }

    private mutating func checkUnitID(_ id: String, rootID: String, at span: SourceSpan) {
        guard OrganizationIdentifiers.isUnit(id) else {
            let message =
                "'\(id)' is not the id of a unit: expected ou-\(rootID.dropFirst(2))- and 8 to 32 "
                + "lower-case letters or digits"
            refuse("organization.unit-id", message, at: span)
            return
        }
        claim(.unit, id, at: span)
        // A root id that was derived contradicts nobody.
        let isDerived = rootID == DerivedIdentifier.root(organization: organizationID ?? "")
        if !isDerived, !id.hasPrefix("ou-\(rootID.dropFirst(2))-") {
            let message =
                "'\(id)' is the id of a unit below another root: expected ou-\(rootID.dropFirst(2))-…"
            refuse("organization.unit-of-other-root", message, at: span)
        }
    }

    mutating func readExternalAccounts(_ file: ObjectReader) {
        for member in file.entries("externalAccounts", &diagnostics) {
            let organization = member.value["organizationId"]?.string
            draft(member, membership: .outside(organizationID: organization))
        }
    }

    private mutating func draft(_ member: JSONMember, membership: Account.Membership) {
        drafts.append(
            AccountDraft(
                name: member.key,
                nameSpan: member.keySpan,
                value: member.value,
                membership: membership
            )
        )
    }

    /// Reads the ids and reports names and ids that stand twice.
    mutating func checkUniqueAccounts() {
        var names: [String: SourceSpan] = [:]
        var ids: [AccountID: SourceSpan] = [:]
        for index in drafts.indices {
            let draft = drafts[index]
            if draft.isMember, memberPlaces[draft.name] == nil { memberPlaces[draft.name] = index }
            if let earlier = names[draft.name] {
                let message = "the account name '\(draft.name)' is taken"
                let problem = Diagnostic.error(
                    "organization.duplicate-account-name",
                    message,
                    at: draft.nameSpan
                )
                diagnostics.append(problem.noting("the first account of that name", at: earlier))
            } else {
                names[draft.name] = draft.nameSpan
            }
            guard let id = readAccountID(draft) else { continue }
            drafts[index].id = id.account
            if draft.isMember, memberPlaces[id.account.description] == nil {
                memberPlaces[id.account.description] = index
            }
            checkName(of: draft, id.account)
            if let earlier = ids[id.account] {
                let message = "the account id \(id.account) is taken"
                let problem = Diagnostic.error(
                    "organization.duplicate-account-id",
                    message,
                    at: id.span
                )
                diagnostics.append(problem.noting("the first account with that id", at: earlier))
            } else {
                ids[id.account] = id.span
            }
        }
    }

    /// A name that reads like an id would mean the account of that id.
    private mutating func checkName(of draft: AccountDraft, _ id: AccountID) {
        if draft.name.isEmpty {
            refuse(
                "organization.account-name",
                "the name of an account is empty",
                at: draft.nameSpan
            )
        } else if let other = AccountID(draft.name), other != id {
            let message =
                "the account \(id) is named '\(other)', which is the id of another account"
            refuse("organization.account-name", message, at: draft.nameSpan)
        }
    }

    private mutating func readAccountID(
        _ draft: AccountDraft
    ) -> (account: AccountID, span: SourceSpan)? {
        guard let object = ObjectReader(draft.value, "the account", draft.name, &diagnostics),
            let value = object.required("id", &diagnostics)
        else { return nil }
        let given = value.string.map { SourceString($0, at: value.span) }
        guard let text = given ?? SourceString(value, "'id' of \(object.owner)", &diagnostics)
        else { return nil }
        guard let id = AccountID(text.text) else {
            let message = "'\(text.text)' is not an account id: expected 12 digits in a string"
            refuse("organization.account-id", message, at: text.span)
            return nil
        }
        return (id, text.span)
    }
}
