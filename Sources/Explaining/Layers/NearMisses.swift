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
        // What fails in much more than the nearest does is not near.
        let most = (ranked.first?.0.failed ?? 0) + 1
        return ranked.prefix(limit).filter { $0.0.failed <= most }.map(\.2)
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
            guard examined.failed.contains(.action) else {
                action = 0
                return
            }
            let nearest = examined.statement.actions.nearest(to: wanted)
            action = nearest.map { Self.foreign / 2 - min($0.shared, 100) } ?? Self.foreign
        }

        var isForeign: Bool { action == Self.foreign }

        static func < (left: Self, right: Self) -> Bool {
            (left.failed, left.severity, left.action)
                < (right.failed, right.severity, right.action)
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

extension ActionElement {
    /// The pattern of the action's service whose name begins most like the action's; nil where all
    /// are about other services.
    func nearest(to action: ActionName) -> (index: Int, shared: Int)? {
        // Of what it lists `NotAction` names nothing that would let the request through.
        if isNegated { return (0, 0) }
        var best: (index: Int, shared: Int)?
        for (index, pattern) in patterns.enumerated() {
            guard pattern.isOfService(of: action) else { continue }
            let names = zip(pattern.name.lowercased().utf8, action.name.utf8)
            let shared = names.prefix { $0 == $1 }.count
            if shared > best?.shared ?? -1 { best = (index, shared) }
        }
        return best
    }
}
