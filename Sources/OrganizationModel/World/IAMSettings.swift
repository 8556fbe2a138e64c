/// What IAM of an account knows besides its users and roles.
package struct IAMSettings: Sendable {
    package var groups: [String] = []
    /// Customer managed policies by name.
    package var managedPolicies: [String: Policy] = [:]
    /// The role of each instance profile.
    package var instanceProfiles: [String: String] = [:]
    package var samlProviders: [String] = []
    /// Audiences of each OpenID Connect provider, by host and path.
    package var oidcProviders: [String: [String]] = [:]
    /// Whether every user may change his own password without a policy (ENT-12).
    package var allowsUsersToChangePassword = false
    package var accountAlias: String?
    package var rootHasCredentials = false

    package init() {}
}
