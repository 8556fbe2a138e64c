/// The roles that Identity Center provisions, and its people (semantics section 6).
enum IdentityCenter {
    /// Puts the role of every assignment into its account (IDC-3 to IDC-8).
    static func provision(
        _ json: JSON?,
        in accounts: inout [Account],
        managed: AWSManagedPolicies
    ) {
        guard let json else {
            return
        }
        for assignment in json["assignments"]?.elements ?? [] {
            let setName = assignment["permissionSet"]?.text ?? ""
            guard let set = json["permissionSets"]?[setName] else {
                continue
            }
            for index in accounts.indices where isTarget(accounts[index], of: assignment) {
                let name = roleName(setName, account: accounts[index], json: json)
                if let role = role(
                    set,
                    name: name,
                    account: accounts[index],
                    json: json,
                    managed: managed
                ) {
                    accounts[index].addRole(role)
                }
            }
        }
    }

    /// Whether an assignment reaches an account, by name or through a unit above it.
    static func isTarget(_ account: Account, of assignment: JSON) -> Bool {
        let names = assignment["accounts"]?.elements?.compactMap(\.text) ?? []
        if names.contains(account.name) || names.contains(account.id) {
            return true
        }
        let units = assignment["organizationalUnits"]?.elements?.compactMap(\.text) ?? []
        return units.contains { unit in
            guard let path = account.unitPath else {
                return false
            }
            // A unit is named by its path or by its id.
            return path == unit || path.hasPrefix(unit + "/")
                || account.organizationPath?.contains("/\(unit)/") ?? false
        }
    }

    /// The name of a set's role in an account; the suffix may be given.
    static func roleName(_ setName: String, account: Account, json: JSON) -> String {
        let given = (json["assignments"]?.elements ?? []).first { assignment in
            assignment["permissionSet"]?.text == setName && assignment["roleSuffix"] != nil
                && isTarget(account, of: assignment)
        }
        let instance = json["instance"]?.text ?? ""
        let derived = DerivedID.digest("\(instance)/\(setName)/\(account.id)")
        return "AWSReservedSSO_\(setName)_" + (given?["roleSuffix"]?.text ?? derived)
    }

    private static func role(
        _ set: JSON,
        name: String,
        account: Account,
        json: JSON,
        managed: AWSManagedPolicies
    ) -> Entity? {
        var policies: [NamedPolicy] = []
        for arn in set["managedPolicies"]?.elements?.compactMap(\.text) ?? [] {
            policies += [account.policy(arn, managed: managed)].compactMap(\.self)
        }
        for reference in set["customerManagedPolicies"]?.elements ?? [] {
            // IDC-8: without the policy there is no role.
            guard let policy = customerManaged(reference, account: account) else {
                return nil
            }
            policies.append(policy)
        }
        if let inline = set["inlinePolicy"], inline != .object([:]) {
            policies.append(
                NamedPolicy(name: "AwsSSOInlinePolicy", document: PolicyDocument(inline))
            )
        }
        var boundary: NamedPolicy?
        if let limit = set["permissionsBoundary"] {
            if let reference = limit["customerManagedPolicy"] {
                guard let policy = customerManaged(reference, account: account) else {
                    return nil
                }
                boundary = policy
            } else if let arn = limit["managedPolicy"]?.text ?? limit.text {
                boundary = account.policy(arn, managed: managed)
            }
        }
        // IDC-4: us-east-1 is left out of the path.
        let region = json["region"]?.text ?? "us-east-1"
        let folder = region == "us-east-1" ? "" : region + "/"
        let path = "/aws-reserved/sso.amazonaws.com/\(folder)"
        let arn = "arn:aws:iam::\(account.id):role\(path)\(name)"
        return Entity(
            arn: arn,
            name: name,
            uniqueID: DerivedID.unique("AROA", arn: arn),
            tags: [:],
            policies: policies,
            boundary: boundary,
            // IDC-6: SAML alone; no other caller gets in.
            trustPolicy: PolicyDocument(.object([:])),
            isServiceLinked: false,
            isOfIdentityCenter: true,
            maximumDuration: DurationText.seconds(set["sessionDuration"]?.text ?? "PT1H") ?? 3600
        )
    }

    private static func customerManaged(_ reference: JSON, account: Account) -> NamedPolicy? {
        let wanted = reference["name"]?.text ?? ""
        let path = reference["path"]?.text ?? "/"
        // IDC-7: the name is compared without regard to case.
        for (name, document) in account.managedPolicies.sorted(by: { $0.key < $1.key })
        where name.lowercased() == wanted.lowercased() {
            if account.managedPolicyPaths[name] == path {
                return NamedPolicy(name: name, document: document)
            }
        }
        return nil
    }

    /// The session tags of a person (IDC-11).
    static func tags(user: String, json: JSON) -> [String: String] {
        let attributes = json["users"]?[user]?["attributes"]
        var tags: [String: String] = [:]
        for (key, source) in json["attributesForAccessControl"]?.sortedMembers ?? [] {
            guard let text = source.text, text.hasPrefix("${user:"), text.hasSuffix("}") else {
                continue
            }
            let attribute = String(text.dropFirst("${user:".count).dropLast())
            if let value = attributes?[attribute]?.text {
                tags[key] = value
            }
        }
        return tags
    }

    /// Whether a person holds a permission set in an account, directly or by group (IDC-2).
    static func holds(user: String, set: String, account: Account, json: JSON) -> Bool {
        let groups = json["users"]?[user]?["groups"]?.elements?.compactMap(\.text) ?? []
        return (json["assignments"]?.elements ?? []).contains { assignment in
            assignment["permissionSet"]?.text == set && isTarget(account, of: assignment)
                && (assignment["user"]?.text == user
                    || assignment["group"]?.text.map(groups.contains) ?? false)
        }
    }
}
