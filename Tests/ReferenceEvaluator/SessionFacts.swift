/// What temporary credentials carry besides the caller they stand for.
struct SessionFacts {
    enum MFA {
        /// The key is absent: federated callers and Identity Center (KEY-14, IDC-11).
        case unknown
        /// The key is there and false (KEY-12).
        case absent
        /// The key is there and true, since an instant in seconds since 1970.
        case used(at: Int)

        var wasUsed: Bool {
            guard case .used = self else {
                return false
            }
            return true
        }
    }

    /// When the credentials were given out, in seconds since 1970.
    var issued: Int
    var mfa = MFA.unknown
    /// The session policies, the inline one without a name; nil where none was passed.
    var policies: [NamedPolicy]?
    var sourceIdentity: String?
    /// The session tags that go along a chain (STS-12).
    var transitiveTags: [String: String] = [:]
    /// The keys of an identity provider that stay with the session (KEY-8).
    var keys: [String: RequestContext.Value] = [:]
    /// The name that GetFederationToken was given.
    var federatedName: String?
    /// Whether AssumeRoot gave them out (ROOT-7).
    var isAssumedRoot = false
}

/// Credentials that a scenario saved.
struct SavedSession {
    let caller: Caller
    /// The first instant at which they no longer work.
    let expires: Int
}
