import OrganizationModel
import PolicyLanguage

/// A resource as one action sees it.
final class TargetProfile: Sendable {
    let target: ResourceTarget

    init(_ target: ResourceTarget) { self.target = target }
}

/// All that the profile of a resource follows from, in numbers.
struct NamedTarget: BitwiseCopyable {
    let resource: Symbol
    let action: UInt32
    /// Whose it is taken to be where neither ARN nor file says; 0 for nobody's.
    let account: Symbol
}

/// The resources of the requests prepared so far.
struct TargetTable: ~Copyable {
    private(set) var sides = Arena<TargetSide>()
    private var names = Arena<NamedTarget>()
    // PERF: "evaluate, end to end"; a run of numbered requests names hundreds of thousands of
    // resources and asks for what is known of each when it is new, so only the latest is kept.
    private var profiles: [TargetProfile?] = []
    private var latest: (number: UInt32, profile: TargetProfile)?
    /// How many profiles are kept.
    private var kept = 0
    /// What the catalog has to say about the action on the resource, once somebody asked; 0 for
    /// nothing.
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
    var count: Int { sides.count }

    /// How much memory they take, in bytes, more or less.
    var size: Int { sides.count * 160 + kept * 512 }

    /// The number of a resource seen before.
    @inline(__always)
    func number(_ resource: Symbol, _ action: UInt32, account: Symbol) -> UInt32? {
        guard let found = numbers[resource, action] else { return nil }
        return found < Self.asks ? found : owned[found & ~Self.asks, account]
    }

    /// Adds a resource that requests name; its profile is kept where `isKept` says so.
    mutating func insert(
        _ profile: TargetProfile,
        _ side: TargetSide,
        _ name: NamedTarget,
        isKept: Bool
    ) -> UInt32 {
        let number = append(isKept ? profile : nil, side, name)
        if !isKept { latest = (number, profile) }
        let (resource, action) = (name.resource, name.action)
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
        owned.insert(number, pair, name.account)
        return number
    }

    /// Adds a resource that is nobody else's, as one without its policy.
    mutating func append(_ profile: TargetProfile, _ side: TargetSide) -> UInt32 {
        append(profile, side, NamedTarget(resource: 0, action: 0, account: 0))
    }

    private mutating func append(
        _ profile: TargetProfile?,
        _ side: TargetSide,
        _ name: NamedTarget
    ) -> UInt32 {
        profiles.append(profile)
        if profile != nil { kept += 1 }
        sides.append(side)
        names.append(name)
        catalogNotes.append(TargetSide.notAsked)
        return UInt32(sides.count - 1)
    }

    func name(of number: UInt32) -> NamedTarget { names[number] }

    /// The profile if it is kept, or was made last.
    func knownProfile(of number: UInt32) -> TargetProfile? {
        if let latest, latest.number == number { return latest.profile }
        return profiles[Int(number)]
    }

    /// That of the resource met last, if it is not kept.
    var latestProfile: TargetProfile? { latest?.profile }

    /// Notes a profile that was made again.
    mutating func note(_ profile: TargetProfile, of number: UInt32) {
        latest = (number, profile)
    }

    /// Keeps the profile of a resource that is asked about again and again.
    mutating func keep(_ profile: TargetProfile, of number: UInt32) {
        guard profiles[Int(number)] == nil else { return }
        profiles[Int(number)] = profile
        kept += 1
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
