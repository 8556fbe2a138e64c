import JSONSource

// Every word of a key is cut to a length that somebody reads: there are thousands of keys at once,
// and a record may say a million letters.

/// A statement, or a silent policy, that decides what changes.
package struct DecidingStatement: Sendable, Hashable {
    package let policyType: String
    package let kind: String
    package let policy: String?
    package let statement: String?
    package let target: String?
    /// `file:line:column`.
    package let location: String?

    package init(
        policyType: String,
        kind: String,
        policy: String?,
        statement: String?,
        target: String?,
        location: String?
    ) {
        self.policyType = policyType.cut
        self.kind = kind.cut
        self.policy = policy?.cut
        self.statement = statement?.cut
        self.target = target?.cut
        self.location = location?.cut
    }
}

/// Requests that change alike: who, what, where and because of what.
package struct ChangeKey: Sendable, Hashable {
    /// The number of the overlay, from 0.
    package let overlay: Int
    package let effect: Effect
    package let statements: [DecidingStatement]
    package let principal: String
    package let action: String
    package let account: String

    package init(
        overlay: Int,
        effect: Effect,
        statements: [DecidingStatement],
        principal: String,
        action: String,
        account: String
    ) {
        self.overlay = overlay
        self.effect = effect
        self.statements = statements
        self.principal = principal.cut
        self.action = action.cut
        self.account = account.cut
    }
}

/// Requests that AWS decided in another way than the organization does.
package struct DisagreementKey: Sendable, Hashable {
    package let reproduction: Reproduction
    package let principal: String
    package let action: String
    package let account: String
    package let recorded: String
    package let simulated: String
    package let missingPiece: String

    package init(
        reproduction: Reproduction,
        principal: String,
        action: String,
        account: String,
        recorded: String,
        simulated: String,
        missingPiece: String
    ) {
        self.reproduction = reproduction
        self.principal = principal.cut
        self.action = action.cut
        self.account = account.cut
        self.recorded = recorded.cut
        self.simulated = simulated.cut
        self.missingPiece = missingPiece.cut
    }
}

/// Records that are no request that could be asked.
package struct UnmodelledKey: Sendable, Hashable {
    package let event: String
    package let reason: String

    package init(
        event: String,
        reason: String
    ) {
        self.event = event.cut
        self.reason = reason.cut
    }
}

/// A record that could not be read.
package struct BadRecordKey: Sendable, Hashable {
    package let file: String
    package let number: Int
    package let message: String

    package init(
        file: String,
        number: Int,
        message: String
    ) {
        self.file = file.cut
        self.number = number
        self.message = message.cut
    }
}

// What is told first when not everything is: the gravest, then in order of the words.
extension ChangeKey: Comparable {
    package static func < (left: ChangeKey, right: ChangeKey) -> Bool {
        if left.effect != right.effect { return left.effect < right.effect }
        if left.overlay != right.overlay { return left.overlay < right.overlay }
        // What the same statements do stands together.
        if left.statements != right.statements {
            return left.statements.flatMap(\.words).isBefore(right.statements.flatMap(\.words))
        }
        return left.names.isBefore(right.names)
    }

    private var names: [String] { [principal, action, account] }

    fileprivate var words: [String] { statements.flatMap(\.words) + names }
}

extension DecidingStatement {
    fileprivate var words: [String] {
        [policyType, kind]
            + [policy, statement, target, location].flatMap { $0.map { ["+", $0] } ?? [""] }
    }
}

extension DisagreementKey: Comparable {
    package static func < (left: DisagreementKey, right: DisagreementKey) -> Bool {
        left.words.isBefore(right.words)
    }

    fileprivate var words: [String] {
        [reproduction.rawValue, principal, action, account, recorded, simulated, missingPiece]
    }
}

extension UnmodelledKey: Comparable {
    package static func < (left: UnmodelledKey, right: UnmodelledKey) -> Bool {
        left.words.isBefore(right.words)
    }

    fileprivate var words: [String] { [event, reason] }
}

extension BadRecordKey: Comparable {
    package static func < (left: BadRecordKey, right: BadRecordKey) -> Bool {
        if left.file != right.file { return left.file < right.file }
        if left.number != right.number { return left.number < right.number }
        return left.message < right.message
    }
}

extension [String] {
    /// Whether the first word that differs comes before the other.
    fileprivate func isBefore(_ other: [String]) -> Bool { lexicographicallyPrecedes(other) }
}

// About how many bytes keys take.
extension ChangeKey {
    var size: Int { words.size }
}

extension DisagreementKey {
    var size: Int { words.size }
}

extension UnmodelledKey {
    var size: Int { words.size }
}

extension [String] {
    fileprivate var size: Int { reduce(0) { $0 + $1.utf8.count + 64 } }
}
