import Authorization

extension PolicyType {
    /// What people call the policies of the type.
    var words: String {
        switch self {
        case .identityPolicy: "identity policy"
        case .resourcePolicy: "resource policy"
        case .trustPolicy: "role trust policy"
        case .permissionsBoundary: "permissions boundary"
        case .sessionPolicy: "session policy"
        case .serviceControlPolicy: "service control policy"
        case .resourceControlPolicy: "resource control policy"
        case .vpcEndpointPolicy: "VPC endpoint policy"
        case .blockPublicAccess: "S3 Block Public Access"
        case .serviceRule: "a rule of the service"
        }
    }

    /// What a sentence that is about policies of the type may call them.
    var namesInSentences: [String] {
        switch self {
        case .serviceControlPolicy: [words, "SCP"]
        case .resourceControlPolicy: [words, "RCP"]
        case .vpcEndpointPolicy: ["endpoint"]
        case .permissionsBoundary: ["boundary"]
        case .identityPolicy: [words, "identity policies"]
        case .resourcePolicy, .trustPolicy, .sessionPolicy, .blockPublicAccess, .serviceRule:
            [words]
        }
    }
}

extension Decision.Outcome {
    /// The verdict in words.
    var words: String {
        switch self {
        case .allowed: "allowed"
        case .explicitDeny: "explicit deny"
        case .implicitDeny: "implicit deny"
        case .invalid: "invalid"
        case .expiredToken: "expired token"
        case .undetermined: "undetermined"
        }
    }
}
