/// The organization file, taken apart once: accounts by name and by id, and where policies hang.
struct Organization {
    /// A root, unit or account with the names of the policies attached there.
    struct Level {
        let target: String
        let serviceControlPolicies: [String]
        let resourceControlPolicies: [String]
    }

    let id: String?
    let managementAccount: String?
    let usesServiceControlPolicies: Bool
    let usesResourceControlPolicies: Bool
    /// ROOT-6: whether privileged root sessions are enabled.
    let allowsRootSessions: Bool
    /// The delegated administrators of iam.amazonaws.com (ROOT-7).
    let rootAdministrators: [String]
    private(set) var serviceControlPolicies: [String: PolicyDocument] = [:]
    private(set) var resourceControlPolicies: [String: PolicyDocument] = [:]
    private(set) var accounts: [Account] = []

    init(_ json: JSON) {
        let root = json["root"]
        let organization = json["organization"]
        let management = organization?["managementAccount"]?.text
        managementAccount = management
        let managementID = root.flatMap { Self.accountID(of: management, below: $0) }
        let id =
            organization?["id"]?.text
            ?? managementID.map { "o-" + String(DerivedID.digest($0).prefix(10)) }
        self.id = root == nil ? nil : id
        // SCP-6, RCP-9: a type that is not enabled does not count; billing alone has none.
        let isBillingOnly = organization?["featureSet"]?.text == "CONSOLIDATED_BILLING"
        let types = root?["policyTypes"]?.elements?.compactMap(\.text)
        func isEnabled(_ type: String) -> Bool {
            !isBillingOnly && types?.contains(type) ?? true
        }
        usesServiceControlPolicies = isEnabled("SERVICE_CONTROL_POLICY")
        usesResourceControlPolicies = isEnabled("RESOURCE_CONTROL_POLICY")
        allowsRootSessions = json["centralizedRootAccess"]?["rootSessions"]?.isTrue ?? false
        rootAdministrators =
            json["delegatedAdministrators"]?["iam.amazonaws.com"]?.elements?.compactMap(\.text)
            ?? []
        for (name, policy) in json["serviceControlPolicies"]?.sortedMembers ?? [] {
            serviceControlPolicies[name] = PolicyDocument(policy)
        }
        serviceControlPolicies["FullAWSAccess"] = PolicyDocument(AWSManagedPolicies.allowEverything)
        for (name, policy) in json["resourceControlPolicies"]?.sortedMembers ?? [] {
            resourceControlPolicies[name] = PolicyDocument(policy)
        }
        let managed = AWSManagedPolicies(json["awsManagedPolicies"])
        if let root, let id {
            let rootID = root["id"]?.text ?? "r-" + String(DerivedID.digest(id).prefix(4))
            addUnit(
                root,
                path: "Root",
                organizationPath: "\(id)/\(rootID)/",
                rootID: rootID,
                above: [],
                managed: managed
            )
        }
        for (name, account) in json["externalAccounts"]?.sortedMembers ?? [] {
            accounts.append(
                Account(
                    account,
                    name: name,
                    organizationID: account["organizationId"]?.text,
                    managed: managed
                )
            )
        }
        IdentityCenter.provision(json["identityCenter"], in: &accounts, managed: managed)
    }

    private static func accountID(of name: String?, below unit: JSON) -> String? {
        guard let name else {
            return nil
        }
        if let account = unit["accounts"]?[name] {
            return account["id"]?.text
        }
        for (_, child) in unit["organizationalUnits"]?.sortedMembers ?? [] {
            if let id = accountID(of: name, below: child) {
                return id
            }
        }
        return nil
    }

    private mutating func addUnit(
        _ unit: JSON,
        path: String,
        organizationPath: String,
        rootID: String,
        above: [Level],
        managed: AWSManagedPolicies
    ) {
        let levels = above + [Self.level(unit, target: path)]
        for (name, account) in unit["accounts"]?.sortedMembers ?? [] {
            var member = Account(account, name: name, organizationID: id, managed: managed)
            member.isMember = true
            member.isManagement = name == managementAccount
            member.organizationPath = organizationPath
            member.unitPath = path
            member.levels = levels + [Self.level(account, target: name)]
            accounts.append(member)
        }
        for (name, child) in unit["organizationalUnits"]?.sortedMembers ?? [] {
            let childPath = "\(path)/\(name)"
            let childID =
                child["id"]?.text
                ?? "ou-\(rootID.dropFirst(2))-\(DerivedID.digest(childPath).prefix(8))"
            addUnit(
                child,
                path: childPath,
                organizationPath: organizationPath + childID + "/",
                rootID: rootID,
                above: levels,
                managed: managed
            )
        }
    }

    private static func level(_ entity: JSON, target: String) -> Level {
        // formats.md section 1: left out means what a new entity has.
        let attached = entity["serviceControlPolicies"]?.elements?.compactMap(\.text)
        let resource = entity["resourceControlPolicies"]?.elements?.compactMap(\.text)
        return Level(
            target: target,
            serviceControlPolicies: attached ?? ["FullAWSAccess"],
            resourceControlPolicies: resource ?? []
        )
    }

    /// The account with a name or an id.
    func account(_ nameOrID: String) -> Account? {
        accounts.first { $0.name == nameOrID } ?? accounts.first { $0.id == nameOrID }
    }
}

/// Identifiers that follow from names (formats.md section 1).
enum DerivedID {
    /// FNV-1a, 64 bits, as 16 lower-case hex digits.
    static func digest(_ text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The unique id of a user (`AIDA`) or role (`AROA`).
    static func unique(_ prefix: String, arn: String) -> String {
        prefix + digest(arn).uppercased() + "0"
    }
}
