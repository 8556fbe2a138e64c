import JSONSource
import PolicyLanguage
import ServiceCatalog

extension OrganizationLoader {
    /// Fills in everything of an account but its Identity Center roles.
    mutating func readAccount(_ draft: inout AccountDraft) {
        // A value that is no object was reported when its id was read.
        guard draft.value.isObject,
            let object = ObjectReader(draft.value, "the account", draft.name, &diagnostics)
        else { return }
        object.allow(draft.isMember ? .memberAccount : .externalAccount, &diagnostics)
        draft.status = status(object)
        draft.tags = tags(object)
        draft.blockPublicAccess = blockPublicAccess(object)
        draft.unlistedResources = unlistedResources(object)
        if draft.isMember {
            draft.serviceControlPolicies = attached(.serviceControlPolicy, to: object)
            draft.resourceControlPolicies = attached(.resourceControlPolicy, to: object)
        } else {
            checkOrganization(of: object)
        }
        if let iam = object.present("iam"), let id = draft.id {
            readIAM(iam, of: id, into: &draft)
        }
        let resources = object.entries("resources", &diagnostics)
        draft.resources.reserveCapacity(resources.count)
        for member in resources {
            if let plain = plainResource(member.value, of: draft) {
                draft.resources.append(plain)
                continue
            }
            guard let resource = resource(member, in: draft.name) else { continue }
            checkPlace(of: resource, member, in: draft)
            draft.resources.append(resource)
        }
    }

    /// An ARN is listed once in a file, in the account it names.
    private mutating func checkPlace(
        of resource: Resource,
        _ member: JSONMember,
        in draft: AccountDraft
    ) {
        let text = resource.arn.description
        let span = member.value["arn"]?.span ?? member.keySpan
        claim(.resource, text, at: span)
        if let owner = resource.arn.accountID, owner != draft.id {
            let message = "'\(text)' belongs to the account \(owner), not to '\(draft.name)'"
            diagnostics.append(.warning("organization.resource-account", message, at: span))
        }
    }

    private mutating func status(_ object: ObjectReader) -> Account.Status {
        guard let text = object.string("status", &diagnostics) else { return .active }
        if let status = Account.Status(rawValue: text) { return status }
        let known = Account.Status.allCases.map(\.rawValue)
        let near = NearestName.of(text, among: known).map { ", did you mean '\($0)'?" } ?? ""
        let message =
            "'status' must be one of \(known.joined(separator: ", ")), not '\(text)'\(near)"
        refuse(
            "organization.status",
            message,
            at: object.value["status"]?.span ?? object.value.span
        )
        return .active
    }

    private mutating func blockPublicAccess(_ object: ObjectReader) -> BlockPublicAccess {
        var flags = BlockPublicAccess()
        if let reason = missing("blockPublicAccess", of: object) {
            flags.missing = "Block Public Access of \(object.owner): \(reason)"
            return flags
        }
        guard let value = object.present("blockPublicAccess"),
            let reader = ObjectReader(value, "'blockPublicAccess'", &diagnostics)
        else { return flags }
        reader.allow(.blockPublicAccess, &diagnostics)
        flags.blockPublicAcls = reader.bool("blockPublicAcls", &diagnostics) ?? false
        flags.ignorePublicAcls = reader.bool("ignorePublicAcls", &diagnostics) ?? false
        flags.blockPublicPolicy = reader.bool("blockPublicPolicy", &diagnostics) ?? false
        flags.restrictPublicBuckets = reader.bool("restrictPublicBuckets", &diagnostics) ?? false
        return flags
    }

    private mutating func resource(_ member: JSONMember, in account: String) -> Resource? {
        let name = member.key
        guard let object = ObjectReader(member.value, "the resource", name, &diagnostics) else {
            return nil
        }
        object.allow(.resource, &diagnostics)
        let text = object.string("arn", &diagnostics) ?? name
        let span = object.value["arn"]?.span ?? member.keySpan
        guard let arn = ARN(text) else {
            let message =
                "'\(text)' is not an ARN: expected arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE"
            refuse("organization.resource-arn", message, at: span)
            return nil
        }
        checkResource(arn, object, at: span)
        let isEndpoint = arn.isVPCEndpoint
        let unknownTags = missing("tags", of: object)
        var policy = resourcePolicy(
            object,
            isEndpoint: isEndpoint,
            arn: arn,
            writtenAt: history.writtenAt(["resources", name, "policy"], in: account)
        )
        let unknownGrants = missing("grants", of: object)
        if let unknownGrants { policy = self.policy(policy, orGranting: unknownGrants, of: arn) }
        return Resource(
            arn: arn,
            policy: policy,
            tags: unknownTags == nil ? tags(object) : Tags(),
            hasUnknownTags: unknownTags != nil,
            blockPublicAccess: blockPublicAccess(object),
            grants: unknownGrants == nil ? grants(object) : [],
            vpc: object.string("vpc", &diagnostics),
            isGatewayEndpoint: isGateway(object),
            region: object.string("region", &diagnostics)
        )
    }

    private mutating func isGateway(_ object: ObjectReader) -> Bool {
        guard let type = object.string("vpcEndpointType", &diagnostics) else { return false }
        let known = ObjectFormat.endpointTypes
        if !known.contains(type) {
            let span = object.value["vpcEndpointType"]?.span ?? object.value.span
            let list = known.joined(separator: ", ")
            refuse(
                "organization.endpoint-type",
                "'vpcEndpointType' must be one of \(list), not '\(type)'",
                at: span
            )
        }
        return type == "Gateway"
    }

    private mutating func resourcePolicy(
        _ object: ObjectReader,
        isEndpoint: Bool,
        arn: ARN,
        writtenAt: Int
    ) -> Policy? {
        guard let value = object.present("policy") else { return nil }
        guard
            let document = document(
                value,
                as: isEndpoint ? .vpcEndpoint : .resource,
                of: "the policy of \(arn)"
            )
        else {
            return nil
        }
        if arn.service == "s3" {
            for statement in document.statements where statement.resources == nil {
                let message = "the statement needs 'Resource' or 'NotResource' in a bucket policy"
                refuse("policy.missing-element", message, at: statement.span)
            }
        }
        let limit =
            isEndpoint
            ? Quotas.vpcEndpointPolicyCharacters : Quotas.resourcePolicyCharacters[arn.service]
        if let limit, document.size > limit {
            let message = "the policy has \(document.size) characters, AWS takes at most \(limit)"
            refuse("quota.policy-size", message, at: value.span)
        }
        return Policy(name: nil, document: document, writtenAt: writtenAt)
    }
}

// KMS grants.
extension OrganizationLoader {
    private mutating func grants(_ object: ObjectReader) -> [KMSGrant] {
        guard let found = object.present("grants") else { return [] }
        guard let elements = found.elements else {
            diagnostics.append(.wrongType("'grants'", expected: "a list of grants", found: found))
            return []
        }
        return elements.compactMap { grant($0) }
    }

    private mutating func grant(_ value: JSONValue) -> KMSGrant? {
        guard let object = ObjectReader(value, "the grant", &diagnostics) else { return nil }
        object.allow(.grant, &diagnostics)
        let operations = object.strings("operations", &diagnostics) ?? []
        warnRepeated(operations, in: "operations")
        for operation in operations where !ObjectFormat.grantOperations.contains(operation.text) {
            refuseUnknown(
                "organization.unknown-grant-operation",
                "grant operation",
                operation,
                among: ObjectFormat.grantOperations
            )
        }
        if operations.isEmpty {
            refuse(
                "organization.grant-operations",
                "a grant names its 'operations'",
                at: value.span
            )
        }
        _ = object.string("retiringPrincipal", &diagnostics)
        guard let grantee = grantee(object) else { return nil }
        let constraints = object.present("constraints").flatMap {
            ObjectReader($0, "'constraints'", &diagnostics)
        }
        constraints?.allow(.grantConstraints, &diagnostics)
        let source =
            constraints?.string("sourceArn", &diagnostics)
            ?? object.string("sourceArn", &diagnostics)
        if case .service = grantee, source == nil {
            let message = "a grant to a service needs the constraint 'sourceArn'"
            refuse("organization.grant-source", message, at: value.span)
        }
        return KMSGrant(
            name: object.string("name", &diagnostics),
            grantee: grantee,
            operations: Set(operations.map { $0.text.lowercased() }),
            sourceARN: source,
            encryptionContextEquals: constraints.flatMap {
                pairs("encryptionContextEquals", of: $0)
            },
            encryptionContextSubset: constraints.flatMap {
                pairs("encryptionContextSubset", of: $0)
            },
            span: object.value["granteePrincipal"]?.span ?? value.span
        )
    }

    private mutating func grantee(_ object: ObjectReader) -> PrincipalEntry? {
        if let service = object.string("granteeServicePrincipal", &diagnostics) {
            return .service(service)
        }
        guard let value = object.required("granteePrincipal", &diagnostics),
            let text = SourceString(value, "'granteePrincipal'", &diagnostics)
        else { return nil }
        if let account = AccountID(text.text) { return .account(account) }
        let arn = ARN(text.text)
        switch (arn?.service, arn?.resourceType) {
        case ("iam", "root"): if let id = arn?.accountID { return .account(id) }
        case ("iam", "user"): if let arn { return .user(arn) }
        case ("iam", "role"): if let arn { return .role(arn) }
        case ("sts", "assumed-role"): if let arn { return .assumedRole(arn) }
        case ("sts", "federated-user"): if let arn { return .federatedUser(arn) }
        default: break
        }
        let message =
            "'\(text.text)' cannot hold a grant: expected the ARN of a user, role or session"
        refuse("organization.grantee", message, at: text.span)
        return nil
    }

    private mutating func pairs(_ field: String, of object: ObjectReader) -> [String: String]? {
        guard object.present(field) != nil else { return nil }
        var found: [String: String] = [:]
        for member in object.entries(field, &diagnostics) {
            found[member.key] =
                SourceString(member.value, "a value of '\(field)'", &diagnostics)?.text
        }
        return found
    }
}
