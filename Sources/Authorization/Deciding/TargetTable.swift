import OrganizationModel
import PolicyLanguage

/// A resource as one action sees it, with the chain of its policy.
final class TargetProfile: Sendable {
    let target: ResourceTarget
    /// What `Resource` patterns are compared with; 0 for nothing in particular.
    let requested: Symbol
    /// The resource's policy.
    let chain: UInt32
    /// When it was written.
    let writtenAt: Int

    init(
        _ target: ResourceTarget,
        requested: Symbol = 0,
        chain: UInt32 = Plans.noChain,
        writtenAt: Int = 0
    ) {
        self.target = target
        self.requested = requested
        self.chain = chain
        self.writtenAt = writtenAt
    }
}

/// The resources of the requests prepared so far.
struct TargetTable: ~Copyable {
    private(set) var profiles: [TargetProfile] = []
    /// What the catalog has to say about the action on the resource, once somebody asked.
    private var notes: [String??] = []
    private var numbers: [Key: UInt32] = [:]
    /// Whether a resource says whose it is, whoever calls: 1 if it does, 0 if not.
    private var saysOwner = Memo()

    private struct Key: Hashable {
        let resource: Symbol
        let action: UInt32
        /// Whose the resource is taken to be where it does not say so; 0 where it does.
        let account: Symbol
    }
}

extension TargetTable {
    var count: Int { profiles.count }

    /// The number of a resource seen before.
    func number(_ resource: Symbol, _ action: UInt32, account: Symbol) -> UInt32? {
        guard let says = saysOwner[resource, 0] else { return nil }
        return numbers[
            Key(resource: resource, action: action, account: says == 1 ? 0 : account)
        ]
    }

    mutating func insert(
        _ profile: TargetProfile,
        _ resource: Symbol,
        _ action: UInt32,
        account: Symbol
    ) -> UInt32 {
        let number = append(profile)
        let target = profile.target
        let says = target.arn?.accountID != nil || target.governing != nil
        if saysOwner[resource, 0] == nil { saysOwner.insert(says ? 1 : 0, resource, 0) }
        numbers[Key(resource: resource, action: action, account: says ? 0 : account)] = number
        return number
    }

    /// Adds a resource that is nobody else's, as one without its policy.
    mutating func append(_ profile: TargetProfile) -> UInt32 {
        profiles.append(profile)
        notes.append(nil)
        return UInt32(profiles.count - 1)
    }

    mutating func note(_ number: UInt32, _ make: (TargetProfile) -> String?) -> String? {
        if let known = notes[Int(number)] { return known }
        let note = make(profiles[Int(number)])
        notes[Int(number)] = .some(note)
        return note
    }

    mutating func removeAll() { self = TargetTable() }
}
