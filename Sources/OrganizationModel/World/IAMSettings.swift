import PolicyLanguage

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

extension IAMSettings {
    /// 3 to 63 lower-case letters, digits and single hyphens, not twelve digits.
    ///
    /// Source: IAM API Reference, "CreateAccountAlias" (ENT-14).
    package static func isAccountAlias(_ text: String) -> Bool {
        (3...63).contains(text.utf8.count) && AccountID(text) == nil
            && text.utf8.allSatisfy {
                $0 == UInt8(ascii: "-")
                    || ActionName.isNameByte($0) && !(0x41...0x5A).contains($0)
            }
            && !text.hasPrefix("-") && !text.hasSuffix("-") && !text.contains("--")
    }
}
