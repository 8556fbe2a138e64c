package import PolicyLanguage

/// An IAM user with everything that bears on his permissions.
package struct IAMUser: Sendable {
    package let name: String
    package let arn: ARN
    let birth: OrganizationHistory.Birth
    package let groups: [String]
    /// Inline and managed policies of the user and of all his groups.
    package let identityPolicies: [Policy]
    package let permissionsBoundary: Policy?
    package let tags: Tags
    package let accessKeys: [AccessKey]
    package let mfaDevices: [String]
    package let password: Password?

    package struct AccessKey: Sendable, Hashable {
        package let id: String
        package let isActive: Bool
        package let created: Instant?
        package let lastUsed: Instant?
    }

    package struct Password: Sendable, Hashable {
        package let lastChanged: Instant?
        package let lastUsed: Instant?
    }
}

extension IAMUser {
    /// `AIDA…`; a new one when the user is deleted and made again.
    package var uniqueID: String { birth.uniqueID("AIDA", of: arn) }

    /// When the user was made, counted in changes since the file was loaded.
    package var createdAt: Int { birth.createdAt }
}
