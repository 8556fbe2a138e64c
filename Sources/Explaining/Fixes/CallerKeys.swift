import Authorization
import OrganizationModel
import PolicyLanguage

/// Which condition keys a caller can set by calling in another way.
struct CallerKeys {
    let request: Request
    /// Whether the request is one of a call that obtains a session.
    let isSessionCall: Bool

    func canSupply(_ key: ConditionKey) -> Bool {
        let name = key.canonical
        if GivenContext.isSetByAWS(key) || Self.setByTheCall.contains(name) { return false }
        if Self.families.contains(where: { name.hasPrefix($0) }) { return false }
        // Tags of a session are parameters of the call, which grants must fit.
        if isSessionCall, name == "aws:tagkeys" || name.hasPrefix("aws:requesttag/") {
            return false
        }
        if name.contains(":resourcetag/") || name.hasSuffix("resourceaccount") { return false }
        switch name {
        case "aws:requestedregion":
            // The Region of an ARN is where the resource is.
            return ARN(request.resource)?.region.isEmpty ?? true
        case "aws:multifactorauthpresent", "aws:multifactorauthage": return canUseMFA
        case "aws:sourceip":
            return request.viaService == nil && request.endpoint == nil && !isService
        case _ where Self.network.contains(name): return request.viaService == nil && !isService
        default: return !isIdentityProviders(name)
        }
    }

    private var isService: Bool { if case .service = request.caller { true } else { false } }

    /// A session of a role carries no MFA (KEY-12).
    private var canUseMFA: Bool {
        switch request.caller {
        case .user, .root: true
        case .role, .federatedUser, .assumedRoot, .service, .federation, .anonymous, .outsider:
            false
        }
    }

    /// What a provider asserts is not for the caller to choose.
    private func isIdentityProviders(_ name: String) -> Bool {
        if case .federation(_, let keys) = request.caller {
            return keys.contains { $0.key.canonical == name } || name.hasPrefix("saml:")
        }
        return name.hasPrefix("saml:")
            || ["sub", "aud", "amr"].contains { name.hasSuffix(":\($0)") }
    }

    private static let network: Set = [
        "aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn", "aws:vpcsourceip",
    ]

    private static let setByTheCall: Set = [
        "aws:currenttime", "aws:epochtime", "aws:viaawsservice", "aws:calledvia",
        "aws:calledviafirst", "aws:calledvialast", "aws:sourceaccount", "aws:sourcearn",
        "aws:sourceorgid", "aws:sourceorgpaths", "aws:vpceaccount", "aws:vpceorgid",
        "aws:vpceorgpaths", "kms:calleraccount", "kms:viaservice", "sts:taskpolicyarn",
    ]

    private static let families = ["cognito-identity.amazonaws.com:", "rolesanywhere:"]
}
