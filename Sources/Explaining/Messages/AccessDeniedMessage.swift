package import Authorization
package import OrganizationModel
import PolicyLanguage
import ServiceCatalog

/// What AWS itself says to a request that is denied, word for word (MSG-1…MSG-10).
///
/// Source: IAM User Guide, "Troubleshoot access denied error messages"; S3 User Guide,
/// "Troubleshoot access denied (403 Forbidden) errors"; 2026-11.
package struct AccessDeniedMessage: Sendable, Hashable {
    /// Such as `AccessDenied`; services differ (MSG-6).
    package let errorCode: String
    /// The whole sentence; `…` stands for what only AWS can fill in.
    package let sentence: String
    /// The one reason of the decision that AWS names, or would if it named any (MSG-4); nil where
    /// no policy is at fault.
    package let named: Reason?
    /// Whether the sentence says which kind of policy it was.
    package let saysReason: Bool
    /// The ARN that the sentence ends with.
    package let policyARN: String?
    /// What else there is to know about the sentence, in sentences without period.
    package let notes: [String]
}

extension AccessDeniedMessage {
    /// Nil for an allowed request, and where it is not known what AWS says: a call that is
    /// refused before or beside all policies, a service's own call, an unsigned call to anything
    /// but S3.
    package init?(_ decision: Decision, of request: Request, in organization: Organization) {
        let service = request.action.service
        switch decision.outcome {
        case .allowed, .invalid, .undetermined: return nil
        case .expiredToken:
            let expired = ServiceCatalog.expiredToken(of: service)
            self.init(errorCode: expired.code, sentence: expired.sentence)
        case .explicitDeny, .implicitDeny:
            guard let reason = decision.namedByAWS,
                let parties = request.parties(in: organization),
                let draft = Draft(reason, request, parties, organization)
            else { return nil }
            self.init(
                errorCode: ServiceCatalog.accessDeniedCode(of: service),
                sentence: draft.sentence,
                named: reason,
                saysReason: draft.saysReason,
                policyARN: draft.policyARN,
                notes: draft.notes
            )
        }
    }

    private init(errorCode: String, sentence: String) {
        self.init(
            errorCode: errorCode,
            sentence: sentence,
            named: nil,
            saysReason: false,
            policyARN: nil,
            notes: []
        )
    }
}

extension Decision {
    /// The reason AWS names out of all: explicit denials before what is merely missing, and in
    /// the order in which AWS looks at the layers (MSG-4, EVAL-5, EVAL-6).
    ///
    /// Where neither side of one account allows, the missing identity policy is named (MSG-5): a
    /// decision lists no resource policy then. Nil where a rule of a service denies.
    package var namedByAWS: Reason? {
        let order: [PolicyType] = [
            .resourceControlPolicy, .serviceControlPolicy, .vpcEndpointPolicy, .resourcePolicy,
            .trustPolicy, .blockPublicAccess, .identityPolicy, .permissionsBoundary, .sessionPolicy,
        ]
        for kind in [Reason.Kind.explicitDeny, .implicitDeny] {
            for type in order {
                let found = reasons.first { $0.kind == kind && $0.policyType == type }
                if let found { return found }
            }
        }
        return nil
    }
}
