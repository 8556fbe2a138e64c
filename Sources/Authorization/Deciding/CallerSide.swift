import OrganizationModel

/// What a caller brings into each of his requests, in numbers.
struct CallerSide: BitwiseCopyable {
    /// Of the flags of a request those that follow from who calls.
    var flags: PreparedRequest.Flags = []
    /// Whether nothing but who he is tells his requests apart, so that keys which follow from him
    /// are the same in each; see ``PlainCaller``.
    var isPlain = false
    /// As ``CallerFacts`` has them.
    let kind: CallerFacts.Kind
    let accountID: Symbol
    /// Whether his account, if he has one, takes part in requests.
    var isUsable = true
    /// Whether control policies do not reach him.
    var isServiceLinked = false
    /// The place of his account in the organization where control policies reach him, else
    /// ``noAccount``.
    var account = Self.noAccount
    /// The chains of policies that are about him, ``Plans/noChain`` where there are none.
    var serviceControl = Plans.noChain
    var identity = Plans.noChain
    var boundary = Plans.noChain
    var session = Plans.noChain

    static let noAccount = UInt32.max
}

extension CallerSide {
    init(_ subject: Subject, _ facts: CallerFacts) {
        kind = facts.kind
        accountID = facts.account
        isUsable = subject.account?.isUsable ?? true
        isServiceLinked = subject.isServiceLinked
        func set(_ flag: PreparedRequest.Flags, _ isSet: Bool) { if isSet { flags.insert(flag) } }
        set(.hasIdentitySide, subject.hasIdentityPolicies || subject.actsAsRoot)
        set(.needsNoIdentityPolicy, subject.needsNoIdentityPolicy)
        set(.actsAsRoot, subject.actsAsRoot)
        set(.hasBoundary, subject.permissionsBoundary != nil)
    }
}
