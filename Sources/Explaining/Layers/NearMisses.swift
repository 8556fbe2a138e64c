import Authorization
import PolicyLanguage

/// Which Allow statements of a layer came closest to letting the request through.
///
/// Fewer failed elements are nearer, among equals a condition is nearer than a resource, that than
/// a principal, that than an action; actions of the same service with a similar name are nearer.
enum NearMisses {
    /// More are of no help to anybody.
    static let limit = 3

    static func statements(of layer: Trace.Layer, _ action: ActionName) -> [Trace.Examined] {
        let allows = layer.statements.filter { $0.statement.effect == .allow && !$0.applies }
        var ranked = allows.enumerated().map { (Distance($1, action), $0, $1) }
        // What is about other services tells nothing where something is about this one.
        if ranked.contains(where: { !$0.0.isForeign }) { ranked.removeAll { $0.0.isForeign } }
        ranked.sort { ($0.0, $0.1) < ($1.0, $1.1) }
        return ranked.prefix(limit).map(\.2)
    }

    private struct Distance: Comparable {
        let failed: Int
        /// How hard the failed elements are to mend, all together.
        let severity: Int
        /// How far the action is from those of the statement; 0 where it is one of them.
        let action: Int

        /// Beyond any difference in names.
        private static let foreign = 1_000

        init(_ examined: Trace.Examined, _ wanted: ActionName) {
            failed = examined.failed.count
            severity = examined.failed.map(\.severity).reduce(0, +)
            let isOther = examined.failed.contains(.action)
            action = isOther ? Self.distance(examined.statement.actions, wanted) : 0
        }

        var isForeign: Bool { action == Self.foreign }

        static func < (left: Self, right: Self) -> Bool {
            (left.failed, left.severity, left.action)
                < (right.failed, right.severity, right.action)
        }

        private static func distance(_ element: ActionElement, _ action: ActionName) -> Int {
            // The statement is about everything but what it lists.
            if element.isNegated { return foreign / 2 }
            let shared = element.patterns.compactMap { pattern -> Int? in
                guard pattern.service == nil || pattern.service == action.service else {
                    return nil
                }
                return zip(pattern.name.lowercased().utf8, action.name.utf8)
                    .prefix { $0 == $1 }.count
            }
            return shared.max().map { foreign / 2 - min($0, 100) } ?? foreign
        }
    }
}

extension Trace.Element {
    /// One that is harder to mend outweighs several easier ones.
    fileprivate var severity: Int {
        switch self {
        case .condition: 1
        case .resource: 10
        case .principal: 100
        case .action: 1_000
        }
    }
}
