import PolicyLanguage

/// What the value of a condition key follows from, in an ordinary request that does not give it and
/// whose caller carries nothing of his own.
enum KeyScope: BitwiseCopyable {
    /// From who calls.
    case caller
    /// From the action, unless a service calls.
    case action
    /// From the resource as the action sees it.
    case target
    /// From the moment, or from several of these.
    case request
}

extension KeyScope {
    /// The scope of a key of which nothing is derived but tags.
    init(underived key: ConditionKey) {
        if key.canonical.hasPrefix(KeyDerivation.principalTag) {
            self = .caller
        } else if key.canonical.contains(":resourcetag/") {
            self = .target
        } else {
            // Nobody can say, but for keys that requests for the action never carry.
            self = .action
        }
    }
}

extension DerivedKey {
    var scope: KeyScope {
        switch self {
        case .principalARN, .principalAccount, .principalOrgID, .principalOrgPaths, .principalType,
            .principalIsAWSService, .principalServiceName, .principalServiceNamesList, .userID,
            .userName, .assumedRoot, .sourceAccount, .sourceARN, .sourceOrgID, .sourceOrgPaths,
            .tokenIssueTime, .sourceIdentity, .federatedProvider, .multiFactorAuthPresent:
            .caller
        case .resourceAccount, .s3ResourceAccount, .resourceOrgID, .resourceOrgPaths,
            .requestedRegion, .kmsViaService:
            .target
        case .sourceIP, .sourceVPC, .sourceVPCE, .sourceVPCARN, .vpcSourceIP, .vpceAccount,
            .vpceOrgID, .vpceOrgPaths, .secureTransport, .viaAWSService, .calledVia,
            .calledViaFirst, .calledViaLast:
            .action
        case .currentTime, .epochTime, .multiFactorAuthAge, .kmsCallerAccount: .request
        }
    }
}
