package import JSONSource
package import PolicyLanguage

/// What could be decided and what was, file by file.
package struct CoverageReport: Sendable {
    /// Sorted by path.
    package let files: [File]
    /// Questions about everybody of which not all callers were followed.
    package let cutSurveys: Int
    /// How many callers of one such question are followed.
    package static let surveyLimit = CoverageObserver.surveyLimit

    /// One file with all that stands in it, in order.
    package struct File: Sendable {
        package let path: String
        package internal(set) var statements: [Statement] = []
        package internal(set) var conditions: [Condition] = []
        package internal(set) var places: [Place] = []

        init(path: String) {
            self.path = path
        }
    }

    package struct Statement: Sendable {
        package let policy: CountedPolicy
        /// The Sid, or the index where there is none.
        package let label: String
        package let effect: PolicyLanguage.Statement.Effect
        package let lines: ClosedRange<Int>
        package let span: SourceSpan
        /// How many requests it decided.
        package let hits: Int
    }

    package struct Condition: Sendable {
        package let policy: CountedPolicy
        package let statement: String
        /// Operator and key.
        package let text: String
        package let line: Int
        package let span: SourceSpan
        /// For how many requests it held and the statement decided.
        package let held: Int
        /// For how many requests it alone kept the statement from deciding.
        package let failed: Int
    }

    package struct Place: Sendable {
        package let kind: CountedPlace.Kind
        package let text: String
        package let line: Int
        package let span: SourceSpan
        package let hits: Int
    }
}

extension CoverageReport {
    /// Something that no check decided, with its place: the first of the worst file.
    package var firstGap: String? {
        let files = files.map { ($0.total.thousandths, $0) }.filter { $0.0 < 1_000 }
        guard let file = files.min(by: { $0.0 < $1.0 })?.1 else { return nil }
        if let statement = file.statements.first(where: { $0.hits == 0 }) {
            let place = "\(file.path):\(statement.lines.lowerBound)"
            return "statement \(statement.label) of \(statement.policy.name) at \(place)"
        }
        if let place = file.places.first(where: { $0.hits == 0 }) {
            return "\(place.text) at \(file.path):\(place.line)"
        }
        return file.conditions.first { $0.held == 0 || $0.failed == 0 }.map { condition in
            let branch = condition.held == 0 ? "held" : "failed alone"
            return "that \(condition.text) \(branch) at \(file.path):\(condition.line)"
        }
    }
}

// Figures.
extension CoverageReport {
    /// How many of some things were decided.
    package struct Ratio: Sendable, Hashable {
        package internal(set) var decided = 0
        package internal(set) var all = 0

        package init() {}

        mutating func add(_ hits: Int) {
            all += 1
            if hits > 0 { decided += 1 }
        }

        static func + (left: Ratio, right: Ratio) -> Ratio {
            var sum = left
            sum.decided += right.decided
            sum.all += right.all
            return sum
        }

        /// In thousandths, rounded down: 1,000 says that nothing is left.
        package var thousandths: Int { all == 0 ? 1_000 : decided * 1_000 / all }
    }

    /// What is counted, in the order in which it is told.
    package enum Part: String, Sendable, CaseIterable {
        case statements
        case conditionBranches
        case attachments
        case trustPolicies
        case permissionSets
    }

    package func ratio(_ part: Part) -> Ratio {
        files.reduce(Ratio()) { $0 + $1.ratio(part) }
    }

    package var total: Ratio { files.reduce(Ratio()) { $0 + $1.total } }

    /// How many more things would have to be decided to reach so many thousandths of all.
    package func missing(to thousandths: Int) -> Int {
        max(0, (total.all * thousandths + 999) / 1_000 - total.decided)
    }
}

extension CoverageReport.File {
    package func ratio(_ part: CoverageReport.Part) -> CoverageReport.Ratio {
        var ratio = CoverageReport.Ratio()
        switch part {
        case .statements: for statement in statements { ratio.add(statement.hits) }
        case .conditionBranches:
            for condition in conditions {
                ratio.add(condition.held)
                ratio.add(condition.failed)
            }
        case .attachments: for place in of(.attachment) { ratio.add(place.hits) }
        case .trustPolicies: for place in of(.trustPolicy) { ratio.add(place.hits) }
        case .permissionSets: for place in of(.permissionSet) { ratio.add(place.hits) }
        }
        return ratio
    }

    package var total: CoverageReport.Ratio {
        CoverageReport.Part.allCases.reduce(CoverageReport.Ratio()) { $0 + ratio($1) }
    }

    package func of(_ kind: CountedPlace.Kind) -> [CoverageReport.Place] {
        places.filter { $0.kind == kind }
    }

    /// Everything in the order of the file.
    var sorted: CoverageReport.File {
        var file = self
        file.statements.sort { $0.span.start < $1.span.start }
        file.conditions.sort { $0.span.start < $1.span.start }
        file.places.sort { ($0.span.start, $0.text) < ($1.span.start, $1.text) }
        return file
    }
}
