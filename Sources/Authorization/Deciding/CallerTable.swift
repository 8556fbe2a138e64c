import OrganizationModel
import PolicyLanguage

/// The callers of the requests prepared so far.
struct CallerTable: ~Copyable {
    private(set) var facts = Arena<CallerFacts>()
    private(set) var sides = Arena<CallerSide>()
    private(set) var profiles: [CallerProfile] = []
    /// Callers whose credentials carry nothing of their own, by who they are.
    var plain: [PlainCaller: UInt32] = [:]
    private var standInPlace: UInt32?

    mutating func append(_ facts: CallerFacts, _ side: CallerSide, _ profile: CallerProfile) {
        self.facts.append(facts)
        sides.append(side)
        profiles.append(profile)
    }

    /// The number under which somebody is asked about for a moment.
    mutating func standIn(_ caller: CallerFacts) -> UInt32 {
        if let place = standInPlace {
            facts[place] = caller
            return place
        }
        let place = UInt32(facts.count)
        append(caller, sides[0], profiles[0])
        standInPlace = place
        return place
    }
}

/// A caller who is the same whenever he calls: nothing but these tells him from others.
struct PlainCaller: Hashable {
    private enum Kind: Hashable {
        case root
        case user
        case role(carriesMFA: Bool)
        case service
        case anonymous
    }

    private let kind: Kind
    /// 0 where there is none, by their bytes.
    private var account: Symbol = 0
    private var name: Symbol = 0
    private var uniqueID: Symbol = 0
    private var session: Symbol = 0
    private var issuedAt: Instant?

    /// Nil for a caller whose credentials carry something of their own.
    init?(_ caller: Caller, _ symbols: inout Symbols) {
        switch caller {
        case .anonymous: kind = .anonymous
        case .service(let service) where service.sourceAccount == nil && service.sourceARN == nil:
            kind = .service
            name = symbols.symbol(service.name)
        case .root(let id, nil):
            kind = .root
            account = symbols.symbol(id.description)
        case .user(let entity, nil):
            kind = .user
            set(entity, &symbols)
        case .role(let entity, let used) where used.isPlain:
            guard let carriesMFA = used.carriesUnusedMFA else { return nil }
            kind = .role(carriesMFA: carriesMFA)
            set(entity, &symbols)
            session = symbols.symbol(used.name)
            issuedAt = used.issuedAt
        default: return nil
        }
    }

    private mutating func set(_ entity: IAMEntity, _ symbols: inout Symbols) {
        account = symbols.symbol(entity.account.description)
        name = symbols.symbol(entity.name)
        uniqueID = symbols.symbol(entity.uniqueID)
    }
}

extension Session {
    /// Whether nothing but name, time and MFA tells it from another session of the role.
    fileprivate var isPlain: Bool {
        expiresAt == nil && tags.isEmpty && policies == nil && keys.isEmpty && sourceIdentity == nil
    }

    /// Whether requests say that no MFA was used, or nothing of it; nil where it was used.
    var carriesUnusedMFA: Bool? {
        switch mfa {
        case .notUsed: true
        case .notCarried: false
        case .used: nil
        }
    }
}
