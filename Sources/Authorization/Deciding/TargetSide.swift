/// What a resource brings into each request for one action on it, in numbers.
struct TargetSide: BitwiseCopyable {
    struct Flags: OptionSet, BitwiseCopyable {
        let rawValue: UInt8

        /// The owner's account takes part in requests, there are no grants to look at, and RCPs
        /// reach it for whoever they reach.
        static let isOrdinary = Flags(rawValue: 1)
        static let needsExplicitGrant = Flags(rawValue: 1 << 1)
        static let isDecidedByCallerAlone = Flags(rawValue: 1 << 2)
        static let isClosedToPublic = Flags(rawValue: 1 << 3)
        /// Its policy is one of trust.
        static let hasTrustPolicy = Flags(rawValue: 1 << 4)
    }

    var flags: Flags = []
    /// The id of the account it belongs to; 0 where nobody says.
    var owner: Symbol = 0
    /// The place of that account in the organization; ``CallerSide/noAccount`` for none.
    var account = CallerSide.noAccount
    /// What `Resource` patterns are compared with; 0 for nothing in particular.
    var requested: Symbol = 0
    /// Where reasons of the resource's side point.
    var name: Symbol = 0
    /// The chains of its policy and of the RCPs above it.
    var policy = Plans.noChain
    var resourceControl = Plans.noChain
    /// When its policy was written.
    var writtenAt = 0
    /// What there is to note about ordinary requests for it, by number; ``notAsked`` at first.
    var notes = Self.notAsked

    static let notAsked = UInt32.max
}
