/// A statement, or a silent policy, that decides what changes.
package struct DecidingStatement: Sendable, Hashable {
    package let policyType: String
    package let kind: String
    package let policy: String?
    package let statement: String?
    package let target: String?
    /// `file:line:column`.
    package let location: String?
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
}

/// Records that are no request that could be asked.
package struct UnmodelledKey: Sendable, Hashable {
    package let event: String
    package let reason: String
}

/// A record that could not be read.
package struct BadRecordKey: Sendable, Hashable {
    package let file: String
    package let number: Int
    package let message: String
}

// What is told first when not everything is: the gravest, then in order of the words.
extension ChangeKey: Comparable {
    package static func < (left: ChangeKey, right: ChangeKey) -> Bool {
        if left.overlay != right.overlay { return left.overlay < right.overlay }
        if left.effect != right.effect { return left.effect < right.effect }
        return left.words.isBefore(right.words)
    }

    private var words: [String] {
        statements.flatMap(\.words) + [principal, action, account]
    }
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

    private var words: [String] {
        [reproduction.rawValue, principal, action, account, recorded, simulated, missingPiece]
    }
}

extension UnmodelledKey: Comparable {
    package static func < (left: UnmodelledKey, right: UnmodelledKey) -> Bool {
        [left.event, left.reason].isBefore([right.event, right.reason])
    }
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
