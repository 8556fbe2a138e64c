import PolicyLanguage

/// A condition key whose value follows from who calls, what is called and how (semantics 3).
///
/// Source: IAM User Guide, "AWS global condition context keys".
enum DerivedKey: String, CaseIterable {
    case principalARN = "aws:PrincipalArn"
    case principalAccount = "aws:PrincipalAccount"
    case principalOrgID = "aws:PrincipalOrgID"
    case principalOrgPaths = "aws:PrincipalOrgPaths"
    case principalType = "aws:PrincipalType"
    case principalIsAWSService = "aws:PrincipalIsAWSService"
    case principalServiceName = "aws:PrincipalServiceName"
    case principalServiceNamesList = "aws:PrincipalServiceNamesList"
    case userID = "aws:userid"
    case userName = "aws:username"
    case assumedRoot = "aws:AssumedRoot"
    case sourceAccount = "aws:SourceAccount"
    case sourceARN = "aws:SourceArn"
    case sourceOrgID = "aws:SourceOrgID"
    case sourceOrgPaths = "aws:SourceOrgPaths"
    case tokenIssueTime = "aws:TokenIssueTime"
    case sourceIdentity = "aws:SourceIdentity"
    case federatedProvider = "aws:FederatedProvider"

    case multiFactorAuthPresent = "aws:MultiFactorAuthPresent"
    case multiFactorAuthAge = "aws:MultiFactorAuthAge"
    case resourceAccount = "aws:ResourceAccount"
    case s3ResourceAccount = "s3:ResourceAccount"
    case resourceOrgID = "aws:ResourceOrgID"
    case resourceOrgPaths = "aws:ResourceOrgPaths"
    case sourceIP = "aws:SourceIp"
    case sourceVPC = "aws:SourceVpc"
    case sourceVPCE = "aws:SourceVpce"
    case sourceVPCARN = "aws:SourceVpcArn"
    case vpcSourceIP = "aws:VpcSourceIp"
    case vpceAccount = "aws:VpceAccount"
    case vpceOrgID = "aws:VpceOrgID"
    case vpceOrgPaths = "aws:VpceOrgPaths"
    case currentTime = "aws:CurrentTime"
    case epochTime = "aws:EpochTime"
    case secureTransport = "aws:SecureTransport"
    case viaAWSService = "aws:ViaAWSService"
    case calledVia = "aws:CalledVia"
    case calledViaFirst = "aws:CalledViaFirst"
    case calledViaLast = "aws:CalledViaLast"
    case requestedRegion = "aws:RequestedRegion"
    case kmsCallerAccount = "kms:CallerAccount"
    case kmsViaService = "kms:ViaService"
}

extension DerivedKey {
    var key: ConditionKey { ConditionKey(rawValue) }

    /// The key of a name in lower case.
    init?(canonical: String) {
        guard let key = Self.byName[canonical] else { return nil }
        self = key
    }

    private static let byName = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0.rawValue.lowercased(), $0) }
    )

    /// Whether the value follows from the caller alone, whatever he calls.
    var isOfCaller: Bool {
        switch self {
        case .principalARN, .principalAccount, .principalOrgID, .principalOrgPaths, .principalType,
            .principalIsAWSService, .principalServiceName, .principalServiceNamesList, .userID,
            .userName, .assumedRoot, .sourceAccount, .sourceARN, .sourceOrgID, .sourceOrgPaths,
            .tokenIssueTime, .sourceIdentity, .federatedProvider:
            true
        case .multiFactorAuthPresent, .multiFactorAuthAge, .resourceAccount, .s3ResourceAccount,
            .resourceOrgID, .resourceOrgPaths, .sourceIP, .sourceVPC, .sourceVPCE, .sourceVPCARN,
            .vpcSourceIP, .vpceAccount, .vpceOrgID, .vpceOrgPaths, .currentTime, .epochTime,
            .secureTransport, .viaAWSService, .calledVia, .calledViaFirst, .calledViaLast,
            .requestedRegion, .kmsCallerAccount, .kmsViaService:
            false
        }
    }
}

extension DerivedKey {
    /// Whether it can differ between two roles of one account.
    var isOfEntity: Bool {
        switch self {
        case .principalARN, .userID, .userName: true
        default: false
        }
    }

    /// Whether it can differ between two accounts, also where whose the resource is follows from who
    /// calls.
    var isOfAccount: Bool {
        switch self {
        case .principalAccount, .principalOrgID, .principalOrgPaths, .resourceAccount,
            .s3ResourceAccount, .resourceOrgID, .resourceOrgPaths, .kmsCallerAccount:
            true
        default: false
        }
    }
}

/// What a request says of a key.
enum KeyValue {
    case value(ContextValue)
    /// Its absence is a fact of the request.
    case absent
    /// Nobody can say whether a real call would carry it.
    case unsaid

    /// A single value whose absence is a fact.
    static func single(_ text: String?) -> KeyValue {
        text.map { .value(.single($0)) } ?? .absent
    }

    static func set(_ texts: [String]?) -> KeyValue {
        texts.map { .value(.set($0)) } ?? .absent
    }

    var isSaid: Bool { if case .unsaid = self { false } else { true } }

    var value: ContextValue? { if case .value(let value) = self { value } else { nil } }
}
