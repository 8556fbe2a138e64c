import JSONSource
import PolicyLanguage

// Permission sets held against the roles that Identity Center made of them: a change of a
// permission set reaches an account only when it is provisioned there again (IAM Identity Center
// User Guide, "Manage AWS accounts with permission sets").
extension OrganizationImporter {
    /// Tells where a role has other policies, another boundary or shorter sessions than its
    /// permission set.
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
            }), set.policies.gaps.isEmpty
        else { return }
        let bounds = boundaryDrift(role, set, in: provision.account)
        if !bounds.isEmpty { boundaryDrifts[set.name.text] = name }
        let drift =
            managedDrift(role, set.policies, in: provision.account)
            + inlineDrift(role, set.policies) + bounds
        let shape = RoleShape(
            managed: Set(
                (role.present("AttachedManagedPolicies")?.elements ?? [])
                    .compactMap { $0.name("PolicyArn").map { generalized($0.text) } }
            ),
            inline: (role.present("RolePolicyList")?.elements ?? []).map(\.inOneOrder).sorted()
        )
        roleShapes[set.name.text, default: [:]][shape] = role
        if gap(inPoliciesOf: role, inline: "RolePolicyList") != nil {
            unreadRoles[set.name.text] = name
            drifts[set.name.text] = drifts[set.name.text] ?? name
        }
        guard !drift.isEmpty else { return }
        let message =
            "the role '\(name.text)' is not as its permission set, it "
            + "\(drift.joined(separator: " and ")); AWS decides by the role"
        reader.warn("export.drift", message, at: name.span)
        drifts[set.name.text] = drifts[set.name.text] ?? name
    }

    private func managedDrift(
        _ role: JSONValue,
        _ policies: IdentityCenterExport.Policies,
        in account: String
    ) -> [String] {
        let attached = (role.present("AttachedManagedPolicies")?.elements ?? [])
            .compactMap { $0.name("PolicyArn")?.text }
        let wanted =
            policies.managed.map(\.text) + policies.references.compactMap { arn($0, in: account) }
        // IAM keeps names apart from case alone nowhere.
        func missing(_ some: [String], in others: [String]) -> [String] {
            let known = Set(others.map { $0.lowercased() })
            return Set(some.filter { !known.contains($0.lowercased()) }).sorted()
        }
        let more = missing(attached, in: wanted)
        let less = missing(wanted, in: attached)
        return (more.isEmpty ? [] : ["has \(more.joined(separator: ", ")) besides"])
            + (less.isEmpty ? [] : ["lacks \(less.joined(separator: ", "))"])
    }

    /// The ARN that a reference means in an account.
    private func arn(_ reference: JSONValue, in account: String) -> String? {
        reference.name("Name").map {
            "arn:\(partition):iam::\(account):policy\(reference.name("Path")?.text ?? "/")\($0.text)"
        }
    }

    private mutating func inlineDrift(
        _ role: JSONValue,
        _ policies: IdentityCenterExport.Policies
    ) -> [String] {
        let inline = role.present("RolePolicyList")?.elements ?? []
        let others = inline.compactMap { $0.name("PolicyName")?.text }
            .filter { $0 != "AwsSSOInlinePolicy" }
        let own = inline.first { $0["PolicyName"]?.string == "AwsSSOInlinePolicy" }
        let document = own.flatMap { reader.document($0["PolicyDocument"]) }
        var drift =
            others.isEmpty ? [] : ["has the inline policy \(others.joined(separator: ", "))"]
        switch (document, policies.inline) {
        case (nil, nil): break
        case (nil, .some): drift.append("lacks the inline policy")
        case (.some, nil): drift.append("has an inline policy")
        case (.some(let one), .some(let other)):
            if one.inOneOrder != other.inOneOrder { drift.append("has another inline policy") }
        }
        return drift
    }

    private func boundaryDrift(
        _ role: JSONValue,
        _ set: IdentityCenterExport.PermissionSet,
        in account: String
    ) -> [String] {
        guard set.unknownBoundary == nil else { return [] }
        let found = role.member(["PermissionsBoundary"])?.name("PermissionsBoundaryArn")?.text
        let reference = set.policies.boundary?.present("CustomerManagedPolicyReference")
        let wanted =
            reference.flatMap { arn($0, in: account) }
            ?? set.policies.boundary?.name("ManagedPolicyArn")?.text
        if found?.lowercased() == wanted?.lowercased() { return [] }
        return ["has the permissions boundary \(found ?? "none") in place of \(wanted ?? "none")"]
    }

    /// An ARN without the account, as it is the same in every account.
    func generalized(_ arn: String) -> String {
        arn.split(separator: ":", omittingEmptySubsequences: false).last.map(String.init) ?? arn
    }

    /// Tells where the sessions of a role cannot be as long as its permission set has them.
    mutating func compareDuration(
        _ seconds: JSONValue?,
        with provision: IdentityCenterExport.Provision,
        _ name: SourceString
    ) {
        guard let seconds, case .number(let text) = seconds.content, let longest = Int64(text),
            let set = identityCenter?.permissionSets.first(where: {
                $0.name.text == provision.permissionSet
            }), let duration = set.description.name("SessionDuration"),
            let wanted = ISODuration(duration.text)?.seconds, longest < wanted
        else { return }
        let message =
            "the role '\(name.text)' is not as its permission set, its sessions last at most "
            + "\(longest) seconds and not \(duration.text); verdicts follow the permission set"
        reader.warn("export.drift", message, at: seconds.span)
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

/// What a role of a permission set has, accounts left out.
struct RoleShape: Hashable {
    let managed: Set<String>
    let inline: [String]
}

// What is written in the place of a permission set that its roles are not like.
extension OrganizationImporter {
    /// Whether the roles of a permission set are known in every account it is assigned in.
    private func knowsAllRoles(of set: IdentityCenterExport.PermissionSet) -> Bool {
        (identityCenter?.provisions ?? []).filter { $0.permissionSet == set.name.text }
            .allSatisfy { roleSuffixes[$0] != nil }
    }

    /// What the roles of a permission set have, where it is the same in every account.
    ///
    /// Else what may say anything; nil where they have what the set says.
    mutating func drifted(
        _ set: IdentityCenterExport.PermissionSet
    ) -> IdentityCenterExport.Policies? {
        guard let name = drifts[set.name.text] else { return nil }
        var policies = set.policies
        let shapes = roleShapes[set.name.text] ?? [:]
        guard let role = shapes.values.first, shapes.count == 1, knowsAllRoles(of: set) else {
            let reason = "the role \(name.text) is not as its permission set"
            policies.gaps.append(MissingPolicy.value(reason, at: name.span))
            return policies
        }
        if let unread = unreadRoles[set.name.text] {
            let reason = "which policies the role \(unread.text) has is not understood"
            policies.gaps.append(MissingPolicy.value(reason, at: unread.span))
            return policies
        }
        policies.managed = []
        policies.references = []
        for listed in role.present("AttachedManagedPolicies")?.elements ?? [] {
            guard let arn = listed.name("PolicyArn") else { continue }
            if isAWSManaged(arn) {
                policies.managed.append(arn)
            } else {
                policies.references.append(Self.reference(to: arn, "Name", "Path"))
            }
        }
        let inline = role.present("RolePolicyList")?.elements ?? []
        policies.inline = inline.first.flatMap { reader.document($0["PolicyDocument"]) }
        if inline.count > 1 {
            let reason = "the role \(name.text) has several inline policies"
            policies.gaps.append(MissingPolicy.value(reason, at: name.span))
        }
        return policies
    }

    /// The boundary that roles have where it is known and the same in every account.
    func knowsBoundary(of set: IdentityCenterExport.PermissionSet) -> Bool {
        roleBoundaries[set.name.text]?.count == 1 && knowsAllRoles(of: set)
    }

    /// A policy by name and path.
    static func reference(to arn: SourceString, _ name: String, _ path: String) -> JSONValue {
        let parts = arn.text.split(separator: "/").dropFirst().dropLast()
        var reference = ObjectDraft(at: arn.span)
        reference.add(name, arn.lastPart.value)
        let text = parts.isEmpty ? "/" : "/\(parts.joined(separator: "/"))/"
        reference.add(path, arn.renamed(text).value)
        return reference.value
    }
}

extension JSONValue {
    /// What a document says as text, whatever the order of the members of its objects.
    fileprivate var inOneOrder: String {
        if let members {
            let parts = members.sorted { $0.key < $1.key }.map {
                "\(JSONOutput.string($0.key).compact):\($0.value.inOneOrder)"
            }
            return "{\(parts.joined(separator: ","))}"
        }
        if let elements { return "[\(elements.map(\.inOneOrder).joined(separator: ","))]" }
        return JSONOutput(self).compact
    }
}
