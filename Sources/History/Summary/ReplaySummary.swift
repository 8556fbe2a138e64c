import PolicyLanguage

/// What came of records, however many they were.
///
/// Two summaries of the same question put together are the summary of all their records, in
/// whatever order and grouping: every part is a sum, a least, a greatest or a set of least keys.
package struct ReplaySummary: Sendable, Equatable {
    /// So many groups of each kind are told one by one, the others together.
    package static let groupLimit = 10_000

    /// As the question names them.
    package let organization: String
    package let overlays: [String]
    /// Stands for what they say, so that answers under two states of them are told apart.
    package let state: String
    package internal(set) var records = Tally()
    /// By the number in ``Reproduction/allCases``.
    var reproductions: [Int]
    /// By overlay, then by the number in ``Effect/allCases``.
    var effects: [[Int]]
    package internal(set) var changes = Groups<ChangeKey>(limit: groupLimit)
    package internal(set) var disagreements = Groups<DisagreementKey>(limit: groupLimit)
    package internal(set) var unmodelled = Groups<UnmodelledKey>(limit: groupLimit)
    package internal(set) var badRecords = Groups<BadRecordKey>(limit: 1_000)
    /// Files that could not be read, or not to their end: the record where reading ended.
    package internal(set) var badFiles = Groups<BadRecordKey>(limit: 1_000)
    package internal(set) var files = 0
    /// Files of other names than those of records that hold none.
    package internal(set) var filesPassedOver = 0

    package init(organization: String, overlays: [String], state: String = "") {
        self.organization = organization
        self.overlays = overlays
        self.state = state
        reproductions = Array(repeating: 0, count: Reproduction.allCases.count)
        let none = Array(repeating: 0, count: Effect.allCases.count)
        effects = Array(repeating: none, count: overlays.count)
    }
}

extension ReplaySummary {
    package func count(_ reproduction: Reproduction) -> Int {
        Reproduction.allCases.firstIndex(of: reproduction).map { reproductions[$0] } ?? 0
    }

    package func count(_ effect: Effect, under overlay: Int) -> Int {
        effects[overlay][effect.rank]
    }

    package var badRecordCount: Int {
        let settled = badRecords.settled
        return settled.groups.reduce(settled.rest.count) { $0.addingUpTo($1.tally.count) }
    }

    /// Whether both answer one question.
    package func isMergeable(with other: ReplaySummary) -> Bool {
        organization == other.organization && overlays == other.overlays && state == other.state
    }

    package mutating func merge(_ other: ReplaySummary) {
        precondition(isMergeable(with: other), "summaries of different questions")
        records.add(other.records)
        reproductions = Self.sums(reproductions, other.reproductions)
        for overlay in effects.indices {
            effects[overlay] = Self.sums(effects[overlay], other.effects[overlay])
        }
        changes.merge(other.changes)
        disagreements.merge(other.disagreements)
        unmodelled.merge(other.unmodelled)
        badRecords.merge(other.badRecords)
        badFiles.merge(other.badFiles)
        files = files.addingUpTo(other.files)
        filesPassedOver = filesPassedOver.addingUpTo(other.filesPassedOver)
    }

    private static func sums(_ left: [Int], _ right: [Int]) -> [Int] {
        zip(left, right).map { $0.addingUpTo($1) }
    }
}

extension ReplaySummary {
    mutating func add(_ ruling: Ruling, at instant: Instant) {
        records.add(at: instant)
        reproductions[ruling.reproductionNumber] += 1
        for (overlay, effect) in ruling.effects.enumerated() { effects[overlay][effect.rank] += 1 }
        let tally = Tally(1, at: instant)
        for key in ruling.changes { changes.add(tally, to: key) }
        for key in ruling.disagreements { disagreements.add(tally, to: key) }
        for key in ruling.unmodelled { unmodelled.add(tally, to: key) }
    }

    package mutating func add(badRecord number: Int, of file: String, _ message: String) {
        let key = BadRecordKey(file: file, number: number, message: message)
        badRecords.add(Tally(count: 1, first: nil, last: nil), to: key)
    }

    /// Notes a file that was read; `problem` says why not to its end.
    package mutating func add(file: String, problem: String?, after number: Int) {
        files += 1
        if let problem { add(problem: problem, of: file, after: number) }
    }

    package mutating func passOverFile() { filesPassedOver += 1 }

    /// Notes what could not be read, and is perhaps no file.
    package mutating func add(problem: String, of file: String, after number: Int = 0) {
        let key = BadRecordKey(file: file, number: number, message: problem)
        badFiles.add(Tally(count: 1, first: nil, last: nil), to: key)
    }
}
