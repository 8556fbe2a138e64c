import PolicyLanguage

/// What deciding one request came upon, in numbers; the same memory is used for the next.
struct Record: ~Copyable {
    /// A statement that applies, or counts as one that does.
    struct Match: BitwiseCopyable {
        var kind: LayerKind
        var grade: Grade
        var level: UInt32
        /// The place of its policy in the level.
        var policy: UInt32
        var statement: UInt32
    }

    /// One reason of the outcome: who speaks, or is silent.
    struct Reason: BitwiseCopyable {
        enum Kind: UInt8, BitwiseCopyable {
            case statement
            /// A level of a layer does not allow.
            case silence
            case publicAccessBlock
            case grant
            case ownPassword
        }

        var kind: Kind
        var layer: LayerKind = .resource
        var level: UInt32 = 0
        /// The place of the policy in the level, or of the grant among those that cover the request.
        var place: UInt32 = 0
        var statement: UInt32 = 0
    }

    /// Something about a statement that unknown keys leave open.
    struct Open: BitwiseCopyable {
        var kind: LayerKind
        var statement: UInt32
        /// The condition; nil for the statement's resources.
        var condition: UInt32?
    }

    var matches = Arena<Match>()
    /// Levels of service control policies that do not allow.
    var silentLevels = Arena<UInt32>()
    var isEndpointSilent = false
    var findings = Findings()
    var missing: Missing = []
    /// Keys that are absent, as they were spelled first.
    var absentKeys = Arena<KeyUse>()
    var open: [Open] = []
    /// Filled in once the outcome is to be told.
    var reasons = Arena<Reason>()
    private var hasDeny = false

    mutating func begin() {
        matches.removeAll()
        silentLevels.removeAll()
        isEndpointSilent = false
        absentKeys.removeAll()
        if !open.isEmpty { open = [] }
        hasDeny = false
        missing = []
    }

    mutating func add(_ match: Match, isDeny: Bool) {
        matches.append(match)
        if isDeny { hasDeny = true }
    }

    mutating func note(_ use: KeyUse) {
        var place = 0
        while place < absentKeys.count {
            if absentKeys[place].slot == use.slot { return }
            place &+= 1
        }
        absentKeys.append(use)
    }

    func outcome(isPublicAccessBlocked: Bool) -> Decision.Outcome {
        if hasDeny || isPublicAccessBlocked { return .explicitDeny }
        let isDenied = silentLevels.count > 0 || isEndpointSilent || !missing.isEmpty
        return isDenied ? .implicitDeny : .allowed
    }
}
