/// All that follows from one record, but for when it was.
struct Ruling: Sendable {
    let reproductionNumber: Int
    /// By overlay.
    let effects: [Effect]
    let changes: [ChangeKey]
    let disagreements: [DisagreementKey]
    let unmodelled: [UnmodelledKey]

    init(
        _ reproduction: Reproduction,
        effects: [Effect],
        changes: [ChangeKey] = [],
        disagreements: [DisagreementKey] = [],
        unmodelled: [UnmodelledKey] = []
    ) {
        reproductionNumber = Reproduction.allCases.firstIndex(of: reproduction) ?? 0
        self.effects = effects
        self.changes = changes
        self.disagreements = disagreements
        self.unmodelled = unmodelled
    }
}

extension Ruling {
    /// About how many bytes it takes to be remembered.
    var size: Int {
        let fixed = 256 + effects.count
        return changes.reduce(0) { $0 + $1.size } + disagreements.reduce(0) { $0 + $1.size }
            + unmodelled.reduce(0) { $0 + $1.size } + fixed
    }
}
