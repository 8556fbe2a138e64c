import JSONSource

// Permission sets held against the roles that Identity Center made of them: a change of a
// permission set reaches an account only when it is provisioned there again (IAM Identity Center
// User Guide, "Manage AWS accounts with permission sets").
extension OrganizationImporter {
    /// Tells where a role has other managed policies than its permission set.
    ///
    /// The file has the permission set, so what the role has besides is what verdicts leave out.
    mutating func compare(
        _ role: JSONValue,
        with provision: IdentityCenterExport.Provision,
        _ name: SourceString
    ) {
        guard
            let set = identityCenter?.permissionSets.first(where: {
                $0.name.text == provision.permissionSet
            })
        else { return }
        let attached = (role.present("AttachedManagedPolicies")?.elements ?? [])
            .compactMap { $0.name("PolicyArn")?.text }
        let managed = reader.list(
            "\(set.folder)/list-managed-policies-in-permission-set.json",
            "AttachedManagedPolicies"
        ).compactMap { $0.name("Arn")?.text }
        let references = reader.list(
            "\(set.folder)/list-customer-managed-policy-references-in-permission-set.json",
            "CustomerManagedPolicyReferences"
        ).compactMap { reference in
            reference.name("Name").map { (reference.name("Path")?.text ?? "/") + $0.text }
        }
        let account = provision.account
        let wanted = managed + references.map { "arn:aws:iam::\(account):policy\($0)" }
        let more = Set(attached).subtracting(wanted).sorted()
        let less = Set(wanted).subtracting(attached).sorted()
        guard !more.isEmpty || !less.isEmpty else { return }
        var parts: [String] = []
        if !more.isEmpty { parts.append("has \(more.joined(separator: ", ")) besides") }
        if !less.isEmpty { parts.append("lacks \(less.joined(separator: ", "))") }
        let message =
            "the role '\(name.text)' is not as its permission set, it "
            + "\(parts.joined(separator: " and ")); verdicts follow the permission set"
        reader.warn("export.drift", message, at: name.span)
    }

    /// Tells which assignments have no role in an account whose roles are known.
    mutating func reportUnprovisioned() {
        guard let center = identityCenter else { return }
        var told: Set<IdentityCenterExport.Provision> = []
        for assignment in center.assignments
        where knownAccounts.contains(assignment.account.text)
            && roleSuffixes[assignment.provision] == nil
            && told.insert(assignment.provision).inserted
        {
            let message =
                "the account '\(assignment.account.text)' has no role for the permission set "
                + "'\(assignment.permissionSet.text)' that is assigned there; "
                + "verdicts are given as if it had"
            reader.warn("export.drift", message, at: assignment.span)
        }
    }
}
