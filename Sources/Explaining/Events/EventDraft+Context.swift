import Authorization
import JSONSource
import PolicyLanguage
import ServiceCatalog

extension EventDraft {
    mutating func set(_ key: ConditionKey, _ value: String?) {
        if let value { context.set(key, to: .single(value)) }
    }

    /// Where the call came from, and who made it for the caller.
    mutating func readNetwork(_ fields: ObjectReader, _ identity: ObjectReader) {
        let address = fields.string("sourceIPAddress", &diagnostics) ?? ""
        let agent = fields.string("userAgent", &diagnostics)
        let invoker = identity.string("invokedBy", &diagnostics)
        if !region.isEmpty { set("aws:RequestedRegion", region) }
        if !isServiceCall {
            let named = [invoker, address].compactMap(\.self).first { $0.isServicePrincipal }
            viaService = named
            if named == nil, invoker != nil || address.hasPrefix("AWS Internal") {
                set("aws:ViaAWSService", "true")
                notes.append("a service made the call for the caller, which one is not recorded")
            }
        }
        let isDirect = viaService == nil && invoker == nil && !isServiceCall
        isAddressRecorded = IPAddressRange(address) != nil
        if isAddressRecorded {
            let throughEndpoint = isDirect && fields.present("vpcEndpointId") != nil
            set(throughEndpoint ? "aws:VpcSourceIp" : "aws:SourceIp", address)
        } else if isDirect, !address.hasPrefix("AWS Internal") {
            notes.append("'\(address)' is no address, so aws:SourceIp is not known")
        }
        if let agent, !agent.isServicePrincipal, !agent.hasPrefix("AWS Internal") {
            set("aws:UserAgent", agent)
        }
        if fields.present("tlsDetails")?["tlsVersion"] != nil { set("aws:SecureTransport", "true") }
    }

    /// What the credentials carried.
    mutating func readSession(_ identity: ObjectReader) {
        let session = identity.value["sessionContext"]
        let type = identity.value["type"]?.string
        if !isServiceCall, type != "AWSAccount" {
            set("aws:userid", identity.value["principalId"]?.string)
        }
        set("aws:SourceIdentity", session?["sourceIdentity"]?.string)
        set("aws:TokenIssueTime", session?["attributes"]?["creationDate"]?.string)
        set("ec2:RoleDelivery", session?["ec2RoleDelivery"]?.scalarText)
        let web = session?["webIdFederationData"]
        set("aws:FederatedProvider", web?["federatedProvider"]?.string)
        let mfa = session?["attributes"]?["mfaAuthenticated"]?.scalarText
        if web != nil {
            // Sessions of a token carry no MFA key (semantics 3.2).
            context.set("aws:MultiFactorAuthPresent", to: nil)
            context.set("aws:MultiFactorAuthAge", to: nil)
            provider = web?["federatedProvider"]?.string ?? ""
        }
        isRoleSession = type == "AssumedRole"
        isRootSession = type == "Root" && session != nil
        isOnInstance = session?["ec2RoleDelivery"] != nil
        switch type {
        // What a role session carries is another matter than how its caller signed in (KEY-12).
        case "IAMUser", "Root": set("aws:MultiFactorAuthPresent", mfa)
        case "AssumedRole" where mfa == "true":
            notes.append("mfaAuthenticated of a role session does not set the MFA keys")
        default: break
        }
    }

    /// Who names his MFA device when he asks for credentials is there with it in that evaluation
    /// (KEY-11); of a call that AWS denied nobody knows whether the code was right.
    mutating func readTokenCode(_ outcome: RecordedEvent.Outcome) {
        guard action?.service == "sts", parameter("serialNumber")?.string != nil else { return }
        if case .succeeded = outcome {
            set("aws:MultiFactorAuthPresent", "true")
        } else {
            isMFAUncertain = true
        }
    }

    /// The keys that hold parameters of the call.
    mutating func readParameters() {
        guard let action else { return }
        for member in parameters {
            guard let text = member.value.scalarText,
                let key = ServiceCatalog.conditionKey(ofParameter: member.key, of: action)
            else { continue }
            set(key, text)
        }
        if action.service == "kms" { readEncryptionContext() }
        let given =
            parameter("tags") ?? (action.service == "sts" ? parameter("principalTags") : nil)
        if let tags = given?.tagPairs, action.service == "sts" || carriesTags(action) {
            for tag in tags { set(ConditionKey("aws:RequestTag/\(tag.key)"), tag.value) }
            context.set("aws:TagKeys", to: .set(tags.map(\.key)))
        } else if hasParameters, carriesTags(action), !parameters.nameTags(depth: 0) {
            context.set("aws:TagKeys", to: nil)
        }
        for key in Self.keysOfAbsentParameters(of: action) where hasParameters {
            if context.entry(key) == nil { context.set(key, to: nil) }
        }
        if action.service == "sts", let keys = parameter("transitiveTagKeys")?.elements {
            context.set("sts:TransitiveTagKeys", to: .set(keys.compactMap(\.string)))
        }
    }

    /// Keys of parameters that a record with parameters would hold, had the call had them.
    ///
    /// Source: CloudTrail User Guide, "CloudTrail record contents" (requestParameters: "the
    /// parameters, if any, that were sent with the request"), and "Amazon S3 CloudTrail events"
    /// (headers among them), 2026-11.
    private static func keysOfAbsentParameters(of action: ActionName) -> [ConditionKey] {
        switch action.canonical {
        case "iam:createrole", "iam:createuser": return ["iam:PermissionsBoundary"]
        case "sts:assumerole": return ["sts:ExternalId", "sts:SourceIdentity"]
        default: break
        }
        guard action.service == "s3", let known = ServiceCatalog.action(action) else { return [] }
        // The hash of the contents belongs to the signature, which is not recorded.
        return known.conditionKeys.filter {
            $0.hasPrefix("s3:x-amz-") && $0 != "s3:x-amz-content-sha256"
        }.map { ConditionKey($0) }
    }

    private func carriesTags(_ action: ActionName) -> Bool {
        ServiceCatalog.action(action)?.carriesTags ?? false
    }

    private mutating func readEncryptionContext() {
        let pairs = parameter("encryptionContext")?.members ?? []
        for pair in pairs {
            set(ConditionKey("kms:EncryptionContext:\(pair.key)"), pair.value.string)
        }
        if !pairs.isEmpty {
            context.set("kms:EncryptionContextKeys", to: .set(pairs.map(\.key)))
        }
    }

    mutating func endpoint(_ fields: ObjectReader) -> RecordedEvent.Endpoint? {
        let owner = fields.string("vpcEndpointAccountId", &diagnostics) ?? callerAccount
        // A service's call does not pass the customer's endpoint (VPCE-3).
        guard let id = fields.string("vpcEndpointId", &diagnostics), viaService == nil,
            !isServiceCall, context.entries.allSatisfy({ $0.key != "aws:ViaAWSService" })
        else { return nil }
        set("aws:SourceVpce", id)
        let text = "arn:\(partition):ec2:\(region):\(owner ?? ""):vpc-endpoint/\(id)"
        guard let arn = ARN(text), arn.accountID != nil else {
            notes.append("whose endpoint '\(id)' is, the record does not tell")
            return nil
        }
        return RecordedEvent.Endpoint(id: id, arn: arn)
    }

    /// Keys that may have been in the request and are not in this record.
    ///
    /// Source: CloudTrail User Guide, "CloudTrail record contents", which has no field for them.
    func unrecordedKeys(_ fields: ObjectReader) -> [String] {
        var keys = [
            "aws:ChatbotSourceArn", "aws:Ec2InstanceSourcePrivateIPv4", "aws:Ec2InstanceSourceVpc",
            "aws:MultiFactorAuthAge", "aws:PrincipalTag/*", "aws:RequestTag/*", "aws:ResourceTag/*",
            "aws:SecureTransport", "aws:SignInSessionArn", "aws:SourceAccount", "aws:SourceArn",
            "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceVpc", "aws:SourceVpcArn",
            "aws:TagKeys", "aws:UserAgent", "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths",
            "aws:referer",
        ]
        let isViaService = context.entry("aws:ViaAWSService")?.value?.values == ["true"]
        if viaService != nil || isViaService {
            keys += ["aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"]
        }
        if !isServiceCall { keys += Self.keysOfAgents }
        if isRoleSession { keys += keysOfRoleSession }
        // A root user's session may be one of AssumeRoot.
        if isRootSession { keys.append("aws:AssumedRoot") }
        // Of what a token or assertion says the record tells the subject alone.
        if let hostOfToken { keys.append("\(hostOfToken):*") }
        if isMFAUncertain { keys.append("aws:MultiFactorAuthPresent") }
        // A service's name stands for an address that the request may have kept (COND-28).
        if !isAddressRecorded { keys.append("aws:SourceIp") }
        keys += Set(actions.map(\.service)).map { "\($0):*" }
        // STS records all tags that are passed (STS-10).
        let told = Set(context.entries.map(\.key.canonical))
        let hasTags = action?.service == "sts" || told.contains("aws:tagkeys") || !mayCarryTags
        let isOutside = isFromPublicAddress(fields)
        return keys.filter { key in
            !told.contains(key.lowercased())
                && !(hasTags && ["aws:RequestTag/*", "aws:TagKeys"].contains(key))
                && !(isOutside && Self.keysOfEndpoints.contains(key))
        }.sorted()
    }

    /// Keys of calls that an MCP service or a customer's domain makes for somebody.
    private static let keysOfAgents = [
        "aws:CalledViaAWSMCP", "aws:IsMcpServiceAction", "aws:ViaAWSMCPService",
        "aws:ViaCustomerDomain",
    ]

    /// Keys that a session of a role carries from whoever handed it out (KEY-8, semantics 3.2).
    private var keysOfRoleSession: [String] {
        var keys = [
            "codebuild:BuildArn", "codebuild:ProjectArn", "glue:CredentialIssuingService",
            "glue:RoleAssumedBy", "identitystore:UserId", "lambda:SourceFunctionArn",
            "saml:namequalifier", "saml:sub", "saml:sub_type", "ssm:SourceInstanceArn",
        ]
        // A session of an instance is marked as one.
        if isOnInstance { keys.append("ec2:SourceInstanceArn") }
        let host = ARN(provider)?.resource.split(separator: "/", maxSplits: 1).last
        if !provider.isEmpty {
            keys += ["amr", "aud", "sub"].map { "\(host ?? provider[...]):\($0)" }
        }
        return keys
    }

    /// Whether a call of any of the actions can pass tags, as the catalog knows them.
    private var mayCarryTags: Bool {
        actions.contains { action in
            ServiceCatalog.action(action).map(\.carriesTags) ?? true
        }
    }

    /// Keys that only a call through a VPC endpoint has (semantics, table of keys).
    ///
    /// Source: IAM User Guide, "AWS global condition context keys" (availability of each key).
    private static let keysOfEndpoints: Set = [
        "aws:SourceVpc", "aws:SourceVpcArn", "aws:VpceAccount", "aws:VpceOrgID",
        "aws:VpceOrgPaths",
    ]

    /// Whether the caller came from an address of no private network, and no endpoint is recorded.
    private func isFromPublicAddress(_ fields: ObjectReader) -> Bool {
        guard fields.present("vpcEndpointId") == nil, viaService == nil, !isServiceCall,
            context.entries.allSatisfy({ $0.key != "aws:ViaAWSService" }),
            let text = context.entry("aws:SourceIp")?.value?.values.first,
            let address = IPAddressRange(text), address.isIPv4
        else { return false }
        return !Self.privateNetworks.contains { $0.contains(address) }
    }

    /// RFC 1918 and RFC 6598, which also VPCs use.
    private static let privateNetworks = [
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10",
    ].compactMap { IPAddressRange($0) }
}

extension JSONValue {
    /// The text of a string, number or boolean.
    var scalarText: String? {
        switch content {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    /// Tags in the shapes that services record them in: objects with key and value, or one object.
    fileprivate var tagPairs: [(key: String, value: String)]? {
        if let members {
            let pairs = members.compactMap { member in
                member.value.string.map { (key: member.key, value: $0) }
            }
            return pairs.isEmpty || pairs.count < members.count ? nil : pairs
        }
        let tags = elements ?? []
        let pairs = tags.compactMap { tag -> (key: String, value: String)? in
            guard let key = (tag["key"] ?? tag["Key"])?.string,
                let value = (tag["value"] ?? tag["Value"])?.string
            else { return nil }
            return (key, value)
        }
        // Of tags that are not all understood none is known.
        return pairs.isEmpty || pairs.count < tags.count ? nil : pairs
    }
}

extension CatalogAction {
    /// Whether a call can pass tags.
    fileprivate var carriesTags: Bool {
        let keys = conditionKeys + resourceTypes.flatMap(\.conditionKeys)
        return keys.contains { $0.hasPrefix("aws:RequestTag/") } || carries("aws:TagKeys")
    }
}

extension [JSONMember] {
    /// Whether a parameter, or one inside another, is called like tags; too deep means yes.
    fileprivate func nameTags(depth: Int) -> Bool {
        contains { member in
            if member.key.isNameOfTags || depth > 8 { return true }
            let parts = [member.value] + (member.value.elements ?? [])
            return parts.contains { $0.members?.nameTags(depth: depth + 1) ?? false }
        }
    }
}

extension String {
    /// `tags`, `tagSpecificationSet`, `resourceTags`, `x-amz-tagging`; not `versionStage`.
    fileprivate var isNameOfTags: Bool {
        let name = lowercased()
        return contains("Tag") || name.hasPrefix("tag") || name.contains("-tag")
            || name.contains("_tag")
    }

    fileprivate var isServicePrincipal: Bool { hasSuffix(".amazonaws.com") }
}
