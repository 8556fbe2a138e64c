import JSONSource
import PolicyLanguage
import ServiceCatalog

extension OrganizationLoader {
    /// Reads `identityCenter` and adds the roles it provisions to the accounts (IDC-3…8).
    mutating func readIdentityCenter(
        _ file: ObjectReader,
        management: AccountID?
    ) -> IdentityCenter? {
        guard let value = file.present("identityCenter"), value.members?.isEmpty != true,
            let object = ObjectReader(value, "'identityCenter'", &diagnostics)
        else { return nil }
        object.allow(.identityCenter, &diagnostics)
        if let account = object.present("account"),
            let name = SourceString(account, "'account'", &diagnostics)
        {
            let id = memberAccount(name)
            if let id, let management, id != management {
                let message =
                    "the instance lives in the management account, not in '\(name.text)'"
                diagnostics.append(
                    .warning("identity-center.account", message, at: name.span)
                )
            }
        }
        checkInstance(object)
        let groups = object.entries("groups", &diagnostics).map { member in
            let owner = "the Identity Center group '\(member.key)'"
            ObjectReader(member.value, owner, &diagnostics)?.allow(.people, &diagnostics)
            return member.key
        }
        let known = Set(groups)
        let users = object.entries("users", &diagnostics).compactMap { person($0, groups, known) }
        let sets = object.entries("permissionSets", &diagnostics).compactMap { permissionSet($0) }
        let instance = object.string("instance", &diagnostics) ?? "ssoins-0000000000000000"
        let region = object.string("region", &diagnostics) ?? "us-east-1"
        let reader = AssignmentReader(
            users: users,
            groups: groups,
            sets: sets.map(\.value.name),
            accountsBelow: accountsBelowNodes()
        )
        let assignments = readAssignments(object, reader)
        let roles = provision(assignments, sets, instance: instance, region: region)
        return IdentityCenter(
            instance: instance,
            region: region,
            users: users,
            groups: groups,
            permissionSets: sets.map(\.value),
            provisionedRoles: roles,
            attributesForAccessControl: readAttributes(object),
            missingAssignments: object.string("missingAssignments", &diagnostics)
        )
    }

    private mutating func person(
        _ member: JSONMember,
        _ groups: [String],
        _ known: Set<String>
    ) -> IdentityCenter.User? {
        let owner = "the Identity Center user '\(member.key)'"
        guard let object = ObjectReader(member.value, owner, &diagnostics) else { return nil }
        object.allow(.person, &diagnostics)
        let names = object.strings("groups", &diagnostics) ?? []
        warnRepeated(names, in: "groups")
        for name in names where !known.contains(name.text) {
            refuseUnknown("organization.unknown-group", "group", name, among: groups)
        }
        var attributes: [String: String] = [:]
        for entry in object.entries("attributes", &diagnostics) {
            attributes[entry.key] = SourceString(entry.value, "an attribute", &diagnostics)?.text
        }
        return IdentityCenter.User(
            name: member.key,
            groups: names.map(\.text),
            attributes: attributes
        )
    }

    private mutating func readAttributes(
        _ object: ObjectReader
    ) -> [IdentityCenter.AccessControlAttribute] {
        object.entries("attributesForAccessControl", &diagnostics).compactMap { member in
            if let reason = MissingPolicy.reason(member.value) {
                shelf.noteMissing(member.value, reason, &diagnostics)
                return IdentityCenter.AccessControlAttribute(tagKey: member.key, attribute: nil)
            }
            guard let text = SourceString(member.value, "'\(member.key)'", &diagnostics) else {
                return nil
            }
            guard text.text.hasPrefix("${user:"), text.text.hasSuffix("}") else {
                let message = "'\(text.text)' is not an attribute: expected ${user:NAME}"
                refuse("identity-center.attribute", message, at: text.span)
                return nil
            }
            let attribute = String(text.text.dropFirst("${user:".count).dropLast())
            return IdentityCenter.AccessControlAttribute(tagKey: member.key, attribute: attribute)
        }
    }
}

// Permission sets.
extension OrganizationLoader {
    /// A permission set as its file tells it; policies resolve in each account anew (IDC-7).
    struct PermissionSetDraft {
        let value: IdentityCenter.PermissionSet
        /// What its roles have in every account alike: AWS managed policies, then the inline one.
        let policies: [Policy]
        /// How many of them are AWS managed policies; customer managed ones stand behind those.
        let policiesOfAWS: Int
        let customerManagedPolicies: [CustomerPolicyReference]
        let boundary: Boundary?
        let span: SourceSpan
    }

    struct CustomerPolicyReference {
        let name: SourceString
        let path: String
        /// By which the policy is found: names ignore case, paths do not.
        let key: String

        init(name: SourceString, path: String) {
            self.name = name
            self.path = path
            key = path + name.text.lowercased()
        }
    }

    enum Boundary {
        /// One that nobody could read.
        case missing(Policy)
        case awsManaged(SourceString)
        case customerManaged(CustomerPolicyReference)
    }

    private mutating func permissionSet(_ member: JSONMember) -> PermissionSetDraft? {
        let owner = "the permission set '\(member.key)'"
        guard let object = ObjectReader(member.value, owner, &diagnostics) else { return nil }
        object.allow(.permissionSet, &diagnostics)
        _ = object.string("description", &diagnostics)
        _ = object.string("relayState", &diagnostics)
        _ = tags(object)
        var inline: Policy?
        if let value = object.present("inlinePolicy"), value.members?.isEmpty != true {
            inline = document(value, as: .identity, of: "the inline policy of \(owner)").map {
                Policy(name: "AwsSSOInlinePolicy", document: $0)
            }
        }
        if let size = inline?.document.size, size > Quotas.permissionSetInlineCharacters {
            let limit = Quotas.permissionSetInlineCharacters
            let message = "the inline policy has \(size) characters, Identity Center takes \(limit)"
            refuse(
                "quota.policy-size",
                message,
                at: object.value["inlinePolicy"]?.span ?? member.keySpan
            )
        }
        checkPermissionSetName(member)
        let managed = object.strings("managedPolicies", &diagnostics) ?? []
        warnRepeated(managed, in: "managedPolicies")
        let customer = customerPolicies(object)
        let count = managed.count + customer.count
        if count > Quotas.permissionSetManagedPolicies {
            let limit = Quotas.permissionSetManagedPolicies
            let message =
                "\(count) managed policies are in the set, Identity Center allows \(limit)"
            refuse("quota.attachments", message, at: member.value.span)
        }
        let duration = permissionSetDuration(object)
        let policiesOfAWS = managed.filter { isManagedByAWS($0) }.compactMap {
            awsManagedPolicy($0)
        }
        return PermissionSetDraft(
            value: IdentityCenter.PermissionSet(
                name: member.key,
                sessionDuration: duration
            ),
            policies: policiesOfAWS + (inline.map { [$0] } ?? []),
            policiesOfAWS: policiesOfAWS.count,
            customerManagedPolicies: customer,
            boundary: permissionSetBoundary(object),
            span: member.keySpan
        )
    }

    private mutating func permissionSetDuration(_ object: ObjectReader) -> Int {
        guard let text = object.string("sessionDuration", &diagnostics) else { return 3_600 }
        let span = object.value["sessionDuration"]?.span ?? object.value.span
        guard let duration = ISODuration(text) else {
            let message = "'\(text)' is not an ISO 8601 duration such as PT4H"
            refuse("identity-center.duration", message, at: span)
            return 3_600
        }
        guard Quotas.permissionSetSessionSeconds.contains(duration.seconds) else {
            refuse(
                "identity-center.session-duration",
                "a session lasts PT1H to PT12H, not \(text)",
                at: span
            )
            return 3_600
        }
        return Int(duration.seconds)
    }

    private mutating func customerPolicies(_ object: ObjectReader) -> [CustomerPolicyReference] {
        guard let found = object.present("customerManagedPolicies") else { return [] }
        guard let elements = found.elements else {
            let expected = "a list of objects with name and path"
            diagnostics.append(
                .wrongType("'customerManagedPolicies'", expected: expected, found: found)
            )
            return []
        }
        return elements.compactMap { customerPolicy($0) }
    }

    private mutating func customerPolicy(_ value: JSONValue) -> CustomerPolicyReference? {
        guard let object = ObjectReader(value, "the policy reference", &diagnostics) else {
            return nil
        }
        object.allow(.customerPolicy, &diagnostics)
        guard let name = object.required("name", &diagnostics),
            let text = SourceString(name, "'name'", &diagnostics)
        else { return nil }
        checkName(
            text.text,
            limit: Quotas.policyNameCharacters,
            kind: "a managed policy",
            at: text.span
        )
        return CustomerPolicyReference(name: text, path: path(object))
    }

    private mutating func permissionSetBoundary(_ object: ObjectReader) -> Boundary? {
        guard let value = object.present("permissionsBoundary") else { return nil }
        if MissingPolicy.reason(value) != nil {
            let name = "the boundary of \(object.owner)"
            return document(value, as: .identity, of: name).map {
                .missing(Policy(name: nil, document: $0))
            }
        }
        guard let boundary = ObjectReader(value, "'permissionsBoundary'", &diagnostics) else {
            return nil
        }
        boundary.allow(.permissionSetBoundary, &diagnostics)
        if boundary.present("customerManagedPolicy") != nil,
            let other = boundary.member("managedPolicy"), !other.value.isNull
        {
            let message = "a boundary is one policy: 'customerManagedPolicy' or 'managedPolicy'"
            refuse("identity-center.two-boundaries", message, at: other.keySpan)
        }
        if let reference = boundary.present("customerManagedPolicy") {
            return customerPolicy(reference).map { .customerManaged($0) }
        }
        guard let arn = boundary.required("managedPolicy", &diagnostics),
            let text = SourceString(arn, "'managedPolicy'", &diagnostics),
            isManagedByAWS(text)
        else { return nil }
        return .awsManaged(text)
    }
}
