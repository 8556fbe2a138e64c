package import JSONSource
package import PolicyLanguage

/// A session verb with its parameters as written; names are looked up when it is replayed.
package struct SessionCall: Sendable {
    package enum Verb: String, Sendable, CaseIterable {
        case assumeRole
        case assumeRoleWithSAML
        case assumeRoleWithWebIdentity
        case getSessionToken
        case getFederationToken
        case assumeRoot
        case signIn

        /// Whether a principal of the organization makes the call.
        package var hasCaller: Bool {
            switch self {
            case .assumeRole, .getSessionToken, .getFederationToken, .assumeRoot: true
            case .assumeRoleWithSAML, .assumeRoleWithWebIdentity, .signIn: false
            }
        }
    }

    package let verb: Verb
    package let span: SourceSpan
    package var role: SourceString?
    package var sessionName: String?
    package var externalID: String?
    package var policy: PolicyDocument?
    package var policyARNs: [SourceString] = []
    package var tags: [Pair] = []
    package var transitiveTagKeys: [String] = []
    package var sourceIdentity: String?
    package var durationSeconds: Int?
    package var hasMFA = false
    package var provider: SourceString?
    package var subject: String?
    package var audience: String?
    package var claims: [Claim] = []
    package var target: SourceString?
    package var taskPolicyARN: String?
    package var user: SourceString?
    package var permissionSet: SourceString?
    package var account: SourceString?

    package struct Pair: Sendable {
        package let key: String
        package let value: String
    }

    package struct Claim: Sendable {
        package let name: String
        package let value: ContextValue
    }

    init(_ verb: Verb, at span: SourceSpan) {
        self.verb = verb
        self.span = span
    }
}
