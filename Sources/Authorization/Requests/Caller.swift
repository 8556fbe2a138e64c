package import OrganizationModel
package import PolicyLanguage

/// Who makes a request, by identity; the organization says what that means at the moment.
///
/// Indirect, so that requests are handed on without copying a session with all it carries.
package indirect enum Caller: Sendable {
    case root(AccountID, Session?)
    /// With a session: credentials of GetSessionToken; without: a long-term key.
    case user(IAMEntity, Session?)
    case role(IAMEntity, Session)
    /// A session of GetFederationToken that an IAM user obtained; the root user where there is
    /// no user.
    case federatedUser(AccountID, user: IAMEntity?, Session)
    /// A session of AssumeRoot in a member account.
    case assumedRoot(AccountID, Session)
    case service(ServiceCaller)
    /// Somebody with an assertion or token of an identity provider, before he has a role.
    case federation(provider: String, keys: [Session.Key])
    case anonymous
    /// Somebody of an account that the organization does not know.
    case outsider(Outsider)
}

/// A user or role of an account that stands in no file: nobody knows what his policies say.
package struct Outsider: Sendable, Hashable {
    package let account: AccountID
    /// Of a session its role's.
    package let arn: ARN
    package let uniqueID: String
    /// The name of the session; nil for a user.
    package let session: String?

    package init(account: AccountID, arn: ARN, uniqueID: String, session: String?) {
        self.account = account
        self.arn = arn
        self.uniqueID = uniqueID
        self.session = session
    }

    /// As `Principal` elements and messages name the session (KEY-9).
    var sessionARN: ARN? {
        session.map {
            ARN(
                partition: arn.partition,
                service: "sts",
                account: account.description,
                resource: "assumed-role/\(arn.resourceName)/\($0)"
            )
        }
    }
}

/// An IAM user or role by the identity it keeps when it is renamed to by somebody else.
package struct IAMEntity: Sendable, Hashable {
    package let account: AccountID
    package let name: String
    package let uniqueID: String

    package init(account: AccountID, name: String, uniqueID: String) {
        self.account = account
        self.name = name
        self.uniqueID = uniqueID
    }
}

/// An AWS service that calls for itself.
package struct ServiceCaller: Sendable {
    package let name: String
    /// The account and resource it calls on behalf of.
    package let sourceAccount: AccountID?
    package let sourceARN: String?

    package init(name: String, sourceAccount: AccountID? = nil, sourceARN: String? = nil) {
        self.name = name
        self.sourceAccount = sourceAccount
        self.sourceARN = sourceARN
    }
}

/// Temporary credentials: what they were issued with and what they carry into each request.
package struct Session: Sendable {
    /// The role session name, or the name of a federated user.
    package let name: String
    package let issuedAt: Instant
    package let expiresAt: Instant?
    package let mfa: MFA
    /// Passed when the session was obtained, and inherited along a chain.
    package let tags: Tags
    package let transitiveTagKeys: Set<String>
    package let sourceIdentity: String?
    /// Inline and managed session policies; nil when none was passed.
    package let policies: [Policy]?
    /// Keys of the federation or service that the session carries on.
    package let keys: [Key]
    /// Who obtained it and how; nil for a session that nobody was asked for.
    package let origin: Origin?

    /// The hop before a session.
    package indirect enum Origin: Sendable {
        /// An STS action such as `sts:AssumeRole`, and who called it.
        case call(String, by: Caller)
        /// A person of Identity Center who took up a permission set.
        case signIn(person: String, permissionSet: String)
    }

    package enum MFA: Sendable {
        /// The keys are absent: federated and Identity Center sessions.
        case notCarried
        case notUsed
        case used(at: Instant)
    }

    package struct Key: Sendable {
        package let key: ConditionKey
        package let value: ContextValue

        package init(_ key: ConditionKey, _ value: ContextValue) {
            self.key = key
            self.value = value
        }
    }

    package init(
        name: String,
        issuedAt: Instant,
        expiresAt: Instant? = nil,
        mfa: MFA = .notUsed,
        tags: Tags = Tags(),
        transitiveTagKeys: Set<String> = [],
        sourceIdentity: String? = nil,
        policies: [Policy]? = nil,
        keys: [Key] = [],
        origin: Origin? = nil
    ) {
        self.name = name
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.mfa = mfa
        self.tags = tags
        self.transitiveTagKeys = transitiveTagKeys
        self.sourceIdentity = sourceIdentity
        self.policies = policies
        self.keys = keys
        self.origin = origin
    }
}
