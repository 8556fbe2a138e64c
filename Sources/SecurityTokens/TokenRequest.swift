package import Authorization
package import OrganizationModel
package import PolicyLanguage

/// A call that obtains a session, with the parameters of the API.
package enum TokenRequest: Sendable {
    case assumeRole(AssumeRole)
    case assumeRoleWithSAML(AssumeRole, Federation)
    case assumeRoleWithWebIdentity(AssumeRole, Federation)
    case getSessionToken(GetToken)
    case getFederationToken(GetToken)
    case assumeRoot(AssumeRoot)
    case signIn(SignIn)

    /// Source: AWS STS API Reference, "AssumeRole".
    package struct AssumeRole: Sendable {
        package var role: IAMEntity
        package var roleARN: String
        package var roleSessionName: String
        package var externalID: String?
        package var parameters = SessionParameters()

        package init(role: IAMEntity, roleARN: String, roleSessionName: String) {
            self.role = role
            self.roleARN = roleARN
            self.roleSessionName = roleSessionName
        }
    }

    /// What an identity provider asserts.
    package struct Federation: Sendable {
        /// The ARN of the provider.
        package let provider: ARN
        package let audience: String?
        package let subject: String?
        /// Further claims, by the name of their condition key without the provider.
        package let claims: [Claim]

        package struct Claim: Sendable {
            package let name: String
            package let value: ContextValue

            package init(name: String, value: ContextValue) {
                self.name = name
                self.value = value
            }
        }

        package init(provider: ARN, audience: String?, subject: String?, claims: [Claim]) {
            self.provider = provider
            self.audience = audience
            self.subject = subject
            self.claims = claims
        }
    }

    /// Source: AWS STS API Reference, "GetSessionToken", "GetFederationToken".
    package struct GetToken: Sendable {
        /// Of the federated user; GetSessionToken takes none.
        package var name: String
        package var parameters = SessionParameters()

        package init(name: String) {
            self.name = name
        }
    }

    /// Source: AWS STS API Reference, "AssumeRoot".
    package struct AssumeRoot: Sendable {
        package let target: AccountID
        package let taskPolicyARN: String
        package let durationSeconds: Int?

        package init(target: AccountID, taskPolicyARN: String, durationSeconds: Int?) {
            self.target = target
            self.taskPolicyARN = taskPolicyARN
            self.durationSeconds = durationSeconds
        }
    }

    /// A person taking up a permission set in an account.
    package struct SignIn: Sendable {
        package let user: String
        package let permissionSet: String
        package let account: AccountID

        package init(user: String, permissionSet: String, account: AccountID) {
            self.user = user
            self.permissionSet = permissionSet
            self.account = account
        }
    }
}

/// Parameters that several calls share.
package struct SessionParameters: Sendable {
    /// The inline session policy.
    package var policy: Policy?
    /// Managed session policies.
    package var managedPolicies: [Policy] = []
    package var tags = Tags()
    package var transitiveTagKeys: [String] = []
    package var sourceIdentity: String?
    package var durationSeconds: Int?
    /// Whether a valid MFA code came with the call.
    package var hasMFA = false

    package init() {}

    /// All session policies; nil when none is passed.
    var policies: [Policy]? {
        let all = (policy.map { [$0] } ?? []) + managedPolicies
        return all.isEmpty ? nil : all
    }
}
