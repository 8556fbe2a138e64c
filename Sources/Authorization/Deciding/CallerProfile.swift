import OrganizationModel
import PolicyLanguage

/// A caller with the chains of policies that are his.
final class CallerProfile: Sendable {
    let caller: Caller
    let subject: Subject
    let identity: UInt32
    let boundary: UInt32
    let session: UInt32

    init(
        _ caller: Caller,
        _ subject: Subject,
        identity: UInt32 = Plans.noChain,
        boundary: UInt32 = Plans.noChain,
        session: UInt32 = Plans.noChain
    ) {
        self.caller = caller
        self.subject = subject
        self.identity = identity
        self.boundary = boundary
        self.session = session
    }

    /// The caller without policies of types that a question leaves out.
    func without(_ types: Set<PolicyType>) -> CallerProfile {
        guard !types.isEmpty else { return self }
        return CallerProfile(
            caller,
            subject.without(types),
            identity: identity,
            boundary: boundary,
            session: session
        )
    }
}
