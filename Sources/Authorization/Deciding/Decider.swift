import OrganizationModel
import PolicyLanguage

/// Decides requests on one thread, as fast as it goes.
///
/// It is with one thread at a time: what it compiles and remembers is shared with nobody, so
/// nothing is locked or counted. The organization is the same for all. A request is prepared once, which finds
/// out who calls, what the resource is and which statements can bear on the action; deciding then
/// only compares numbers.
package struct Decider: ~Copyable {
    let surroundings: Surroundings
    var symbols = Symbols()
    var programs = Programs()
    var plans = Plans()
    var callers = CallerTable()
    var targets = TargetTable()
    var actions = ActionTable()
    /// The chains of control policies on the way to each account met.
    var resourceControlChains: [Int: UInt32] = [:]
    var serviceControlChains: [Int: UInt32] = [:]
    /// What is known of each request, by its number.
    var facts: [PreparedFacts] = []
    /// The condition keys of each request.
    var slots = Arena<UInt32>(capacity: 1_024)
    var sets = Arena<ValueSet>()
    var elements = Arena<Symbol>()
    /// The elements of each set, so that equal ones are one.
    var knownSets = ByteTable()
    var record = Record()
    var traced = TraceRecord()
    /// Conditions that compare as `Condition` does, by condition and value.
    var comparisons = Memo()
    /// Keys of callers, by caller and slot.
    var callerKeys = Memo()
    /// Keys of numbered requests that follow from the action or the resource alone, by its number
    /// and slot; see ``KeyScope``.
    var actionKeys = Memo()
    var targetKeys = Memo()
    /// The numbered request at work.
    var asked = AskedByNumber()
    /// What was told of numbered requests.
    var told = ToldReasons()
    /// What the numbers of callers, actions, texts and reasons belong to.
    package var era: Era { currentEra }
    var currentEra = Era()
    /// The chain of each account's default key policy.
    var defaultKeyPolicies: [AccountID: UInt32] = [:]
    /// The role a survey asks about at this moment, in the place of the request's own caller.
    var surveyed: SurveyedRole?
    /// The slots that hold something of him.
    var surveyedSlots: [UInt32] = []
    var reads = CallerReads()
    let texts: WellKnownTexts

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
        texts = WellKnownTexts(&symbols)
    }
}

/// The values of a key that holds several.
struct ValueSet: BitwiseCopyable {
    var elements: Run
    /// Whether there is no value, or none but empty texts, which counts as no value (COND-35).
    var isEmpty: Bool
}

struct WellKnownTexts {
    let `true`: Symbol
    let `false`: Symbol
    let empty: Symbol

    init(_ symbols: inout Symbols) {
        self.true = symbols.symbol("true")
        self.false = symbols.symbol("false")
        empty = symbols.symbol("")
    }
}

extension Decider {
    /// The verdict alone, of a request without unknown keys.
    ///
    /// Nothing is allocated or counted on the way once its keys have been looked up and its values
    /// compared for the first time, but for `?` and inner `*` in the first parts of an ARN and for
    /// variables in numbers, dates and addresses.
    package mutating func verdict(_ request: PreparedRequest) -> Decision.Outcome {
        assert(!request.flags.contains(.hasOpenKeys))
        switch request.settled {
        case .no: break
        case .allowed: return .allowed
        case .denied: return .implicitDeny
        case .invalid: return .invalid
        case .expired: return .expiredToken
        }
        let plans = request.plans
        if denies(plans.resourceControl, request)
            || denies(plans.serviceControl, request)
            || deniesAsNamed(plans.endpoint, .endpoint, request)
            || !request.flags.contains(.isMendedByRoot)
                && deniesAsNamed(plans.resource, .resource, request)
            || request.flags.contains(.isPublicAccessBlocked)
            || denies(plans.identity, request) || denies(plans.boundary, request)
            || denies(plans.session, request)
        {
            return .explicitDeny
        }
        guard allowsOnEveryLevel(plans.serviceControl, request),
            plans.endpoint == Plans.none
                || bestAllow(plans.endpoint, .endpoint, request, atLeast: .delegation) != nil
        else { return .implicitDeny }
        let findings = Findings(
            grade: bestAllow(plans.resource, .resource, request, atLeast: .direct),
            identityAllows: plans.identity != Plans.none
                && allowsOnEveryLevel(plans.identity, request),
            boundaryAllows: allowsOnEveryLevel(plans.boundary, request),
            sessionAllows: allowsOnEveryLevel(plans.session, request)
        )
        return request.missing(findings).isEmpty ? .allowed : .implicitDeny
    }

    @inline(__always)
    private mutating func denies(_ plan: UInt32, _ request: PreparedRequest) -> Bool {
        plan != Plans.none && someApplies(plans.all[plan].denies, request)
    }

    /// As above, for policies that name principals.
    private mutating func deniesAsNamed(
        _ plan: UInt32,
        _ kind: LayerKind,
        _ request: PreparedRequest
    ) -> Bool {
        guard plan != Plans.none else { return false }
        let run = plans.all[plan].denies
        for place in run.start..<run.end {
            let statement = programs.statements[plans.candidates[place].statement]
            if grade(statement, kind, request) != nil, applies(statement, request) { return true }
        }
        return false
    }

    /// Whether some statement of each level allows; a layer that is not asked does not limit.
    @inline(__always)
    private mutating func allowsOnEveryLevel(_ plan: UInt32, _ request: PreparedRequest) -> Bool {
        let run = plans.all[plan].openLevels
        var place = run.start
        while place != run.end {
            if !someApplies(plans.levels[place].allows, request) { return false }
            place &+= 1
        }
        return true
    }

    @inline(__always)
    private mutating func someApplies(_ run: Run, _ request: PreparedRequest) -> Bool {
        var place = run.start
        while place != run.end {
            let statement = programs.statements[plans.candidates[place].statement]
            if applies(statement, request) { return true }
            place &+= 1
        }
        return false
    }

    /// The best grade of all that allow; as soon as one is as good as asked for, that.
    private mutating func bestAllow(
        _ plan: UInt32,
        _ kind: LayerKind,
        _ request: PreparedRequest,
        atLeast enough: Grade
    ) -> Grade? {
        guard plan != Plans.none else { return nil }
        var best: Grade?
        let level = plans.levels[plans.all[plan].levels.start]
        for place in level.allows.start..<level.allows.end {
            let statement = programs.statements[plans.candidates[place].statement]
            guard let grade = grade(statement, kind, request),
                grade.rawValue > (best?.rawValue ?? 0),
                applies(statement, request)
            else { continue }
            best = grade
            if grade >= enough { break }
        }
        return best
    }

    /// How a statement names the caller; nil when it does not.
    @inline(__always)
    func grade(
        _ statement: StatementProgram,
        _ kind: LayerKind,
        _ request: PreparedRequest
    ) -> Grade? {
        guard statement.hasPrincipal, kind == .resource || kind == .endpoint else { return .direct }
        let grade = programs.grade(
            statement,
            of: callers.facts[request.named],
            hasBoundary: request.flags.contains(.hasBoundary),
            writtenAt: kind == .resource ? request.resourceWrittenAt : request.endpointWrittenAt
        )
        // A gateway endpoint's policy reads an account as its root user alone (VPCE-2).
        if kind == .endpoint, request.flags.contains(.passesGatewayEndpoint),
            !statement.exemptsPrincipals, grade == .delegation
        {
            return nil
        }
        return grade
    }
}

/// What the layers that can grant or limit found.
struct Findings: BitwiseCopyable {
    /// The best grade of the resource's statements that allow.
    var grade: Grade?
    var identityAllows = false
    /// Also where there is none.
    var boundaryAllows = true
    var sessionAllows = true
}

/// What is missing for a grant.
struct Missing: OptionSet, BitwiseCopyable {
    let rawValue: UInt8

    static let resource = Missing(rawValue: 1)
    static let identity = Missing(rawValue: 2)
    static let boundary = Missing(rawValue: 4)
    static let session = Missing(rawValue: 8)
}
