import PolicyLanguage

/// The condition keys that requests to every service can carry.
///
/// Source: IAM User Guide, "AWS global condition context keys", 2026-09. What is said of a key there
/// holds whatever the service; the grouping is the page's.
package enum GlobalConditionKeys {
    /// Of whoever makes the request.
    package static let principal =
        single(.arn, "PrincipalArn")
        + single(.bool, "PrincipalIsAWSService")
        + single(.string, "PrincipalAccount PrincipalOrgID PrincipalServiceName PrincipalType")
        + single(.string, "PrincipalTag/${TagKey} userid username")
        + multivalued("PrincipalOrgPaths PrincipalServiceNamesList")

    /// Of the temporary credentials the request is made with.
    package static let session =
        single(.arn, "ChatbotSourceArn SignInSessionArn")
        + single(.bool, "AssumedRoot MultiFactorAuthPresent")
        + single(.date, "TokenIssueTime")
        + single(.ipAddress, "Ec2InstanceSourcePrivateIPv4")
        + single(.numeric, "MultiFactorAuthAge")
        + single(.string, "Ec2InstanceSourceVpc FederatedProvider SourceIdentity")

    /// Of the network the request comes from.
    package static let network =
        single(.arn, "SourceVpcArn")
        + single(.ipAddress, "SourceIp VpcSourceIp")
        + single(.string, "SourceVpc SourceVpce VpceAccount VpceOrgID")
        + multivalued("VpceOrgPaths")

    /// Of the resource that the request is about.
    package static let resource =
        single(.string, "ResourceAccount ResourceOrgID ResourceTag/${TagKey}")
        + multivalued("ResourceOrgPaths")

    /// Of the request itself.
    ///
    /// `aws:EpochTime` takes numeric operators as well.
    package static let request =
        single(.arn, "SourceArn")
        + single(.bool, "IsMcpServiceAction SecureTransport ViaAWSMCPService ViaAWSService")
        + single(.date, "CurrentTime EpochTime")
        + single(.string, "CalledViaAWSMCP CalledViaFirst CalledViaLast referer RequestedRegion")
        + single(.string, "RequestTag/${TagKey} SourceAccount SourceOrgID UserAgent")
        + single(.string, "ViaCustomerDomain")
        + multivalued("CalledVia SourceOrgPaths TagKeys")

    /// Not on the page: Amazon SNS Developer Guide, "aws:SourceAccount versus aws:SourceOwner", and
    /// AWS Managed Policy Reference, AWSServiceCatalogAdminFullAccess.
    package static let elsewhere = single(.string, "PrincipalOrgMasterAccountId SourceOwner")

    /// Of credentials that a service delivers; with its prefix, in requests to every service.
    package static let crossService =
        single(.arn, "codebuild:BuildArn codebuild:ProjectArn ec2:SourceInstanceArn")
        + single(.arn, "lambda:SourceFunctionArn ssm:SourceInstanceArn")
        + single(.numeric, "ec2:RoleDelivery")
        + single(.string, "glue:CredentialIssuingService glue:RoleAssumedBy identitystore:UserId")

    /// All keys, as AWS spells them, templates such as `aws:PrincipalTag/${TagKey}` included.
    package static let all =
        principal + session + network + resource + request + crossService + elsewhere
}

extension GlobalConditionKeys {
    /// The key of a name in any case, `aws:PrincipalTag/team` by its template.
    package static func key(_ name: String) -> CatalogConditionKey? {
        key(canonical: name.lowercased())
    }

    /// The key, unless it has the prefix of a service.
    static func key(ofAWS key: ConditionKey) -> CatalogConditionKey? {
        key.canonical.hasPrefix("aws:") ? self.key(canonical: key.canonical) : nil
    }

    private static func key(canonical: String) -> CatalogConditionKey? {
        if let key = keys[canonical] { return key }
        guard let slash = canonical.firstIndex(of: "/"), canonical[slash...].utf8.count > 1 else {
            return nil
        }
        return templates[String(canonical[...slash])]
    }

    /// Whether wildcards in a key's values give away what the key protects (KEY-1).
    package static func isSensitive(_ name: String) -> Bool {
        sensitive.contains(name.lowercased())
    }

    /// The same page, "Sensitive condition keys", 2026-09.
    private static let sensitive = Set(
        names(
            "principalaccount principalorgid resourceaccount resourceorgid sourceaccount"
                + " sourceorgid sourcevpc sourcevpce vpceaccount vpceorgid"
        )
    )

    private static let keys = Dictionary(
        uniqueKeysWithValues: all.map { ($0.name.lowercased(), $0) }
    )

    /// Templates by what stands before the caller's part.
    private static let templates = Dictionary(
        uniqueKeysWithValues: all.filter(\.isTemplate)
            .map { ($0.name.lowercased().prefix { $0 != "$" }.description, $0) }
    )

    private static func single(
        _ type: CatalogConditionKey.ValueType,
        _ text: String
    ) -> [CatalogConditionKey] {
        names(text).map { CatalogConditionKey(name: $0, type: type, isMultivalued: false) }
    }

    /// All that hold a set of values hold strings.
    private static func multivalued(_ text: String) -> [CatalogConditionKey] {
        names(text).map { CatalogConditionKey(name: $0, type: .string, isMultivalued: true) }
    }

    /// Names without a prefix are of `aws:`.
    private static func names(_ text: String) -> [String] {
        text.split(separator: " ").map { $0.contains(":") ? String($0) : "aws:\($0)" }
    }
}
