import OrganizationModel
import PolicyLanguage

/// A resource as one action sees it.
final class TargetProfile: Sendable {
    let target: ResourceTarget

    init(_ target: ResourceTarget) { self.target = target }
}

/// The resources of the requests prepared so far.
struct TargetTable: ~Copyable {
    private(set) var profiles: [TargetProfile] = []
    private(set) var sides = Arena<TargetSide>()
    /// What the catalog has to say about the action on the resource, once somebody asked.
    private var notes: [String??] = []
    /// The notes on ordinary requests; the first is for none.
    private(set) var noteTexts: [[String]] = [[]]
    /// By resource and action the number of one that says whose it is, whoever calls; of one that
    /// does not, ``asks`` and a number for the pair.
    private var numbers = Memo()
    /// By that number and whose the resource is taken to be, 0 for nobody's.
    private var owned = Memo()
    private var pairs: UInt32 = 0

    private static let asks: UInt32 = 1 << 31
}

extension TargetTable {
    var count: Int { profiles.count }

    /// The number of a resource seen before.
    @inline(__always)
    func number(_ resource: Symbol, _ action: UInt32, account: Symbol) -> UInt32? {
        guard let found = numbers[resource, action] else { return nil }
        return found < Self.asks ? found : owned[found & ~Self.asks, account]
    }

    mutating func insert(
        _ profile: TargetProfile,
        _ side: TargetSide,
        _ resource: Symbol,
        _ action: UInt32,
        account: Symbol
    ) -> UInt32 {
        let number = append(profile, side)
        let target = profile.target
        if target.arn?.accountID != nil || target.governing != nil {
            numbers.insert(number, resource, action)
            return number
        }
        let pair = numbers[resource, action].map { $0 & ~Self.asks } ?? pairs
        if pair == pairs {
            numbers.insert(pair | Self.asks, resource, action)
            pairs += 1
        }
        owned.insert(number, pair, account)
        return number
    }

    /// Adds a resource that is nobody else's, as one without its policy.
    mutating func append(_ profile: TargetProfile, _ side: TargetSide) -> UInt32 {
        profiles.append(profile)
        sides.append(side)
        notes.append(nil)
        return UInt32(profiles.count - 1)
    }

    mutating func note(_ number: UInt32, _ make: (TargetProfile) -> String?) -> String? {
        if let known = notes[Int(number)] { return known }
        let note = make(profiles[Int(number)])
        notes[Int(number)] = .some(note)
        return note
    }

    mutating func setNotes(_ texts: [String], of number: UInt32) -> UInt32 {
        let notes = texts.isEmpty ? 0 : UInt32(noteTexts.count)
        if notes > 0 { noteTexts.append(texts) }
        sides[number].notes = notes
        return notes
    }
}
