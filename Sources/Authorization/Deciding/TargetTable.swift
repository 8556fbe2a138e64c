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
    /// What the catalog has to say about the action on the resource, once somebody asked, by its
    /// place among the notes.
    private var catalogNotes = Arena<UInt32>()
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
        catalogNotes.append(TargetSide.notAsked)
        return UInt32(profiles.count - 1)
    }

    mutating func catalogNote(_ number: UInt32, _ make: () -> String?) -> String? {
        let known = catalogNotes[number]
        if known != TargetSide.notAsked { return noteTexts[Int(known)].first }
        let note = make()
        catalogNotes[number] = self.number(ofNotes: note.map { [$0] } ?? [])
        return note
    }

    mutating func setNotes(_ texts: [String], of number: UInt32) -> UInt32 {
        let notes = self.number(ofNotes: texts)
        sides[number].notes = notes
        return notes
    }

    private mutating func number(ofNotes texts: [String]) -> UInt32 {
        if texts.isEmpty { return 0 }
        noteTexts.append(texts)
        return UInt32(noteTexts.count - 1)
    }
}
