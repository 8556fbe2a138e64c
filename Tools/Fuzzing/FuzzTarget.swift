/// One way into the tool: makes input for it and says what must hold whatever that is.
package protocol FuzzTarget {
    init(_ corpus: Corpus)

    /// Some input, out of good input changed.
    func input(_ generator: inout SeededGenerator) -> FuzzInput

    /// Feeds the input and says what is wrong with how it was taken; a crash says it by itself.
    mutating func run(_ input: FuzzInput) -> [String]
}

package struct FuzzInput: Sendable {
    /// Which of the target's samples it was made of.
    package let sample: Int
    package let bytes: [UInt8]
    /// Chooses what is too slow to be done with every input.
    package let choice: UInt64

    package init(sample: Int = 0, bytes: [UInt8], choice: UInt64 = 0) {
        self.sample = sample
        self.bytes = bytes
        self.choice = choice
    }
}

extension FuzzInput {
    /// True for one input in so many; `salt` makes different choices differ.
    func isChosen(oneIn times: UInt64, _ salt: UInt64 = 0) -> Bool {
        (choice ^ salt &* 0x9e37_79b9_7f4a_7c15) % times == 0
    }
}

/// The targets by name, as the command line has them.
package enum TargetName: String, Sendable, CaseIterable {
    case json
    case policy
    case request
    case text
    case organization
    case scenario
    case arguments
    case export
    case record

    /// How many of a thousand inputs are for it: many of what is quick.
    package var share: Int {
        switch self {
        case .json: 304
        case .policy: 230
        case .request: 200
        case .text: 120
        case .organization: 40
        case .scenario: 40
        case .arguments: 30
        case .export: 6
        case .record: 30
        }
    }

    package func target(_ corpus: Corpus) -> any FuzzTarget {
        switch self {
        case .json: JSONTarget(corpus)
        case .policy: PolicyTarget(corpus)
        case .request: RequestTarget(corpus)
        case .text: TextTarget(corpus)
        case .organization: OrganizationTarget(corpus)
        case .scenario: ScenarioTarget(corpus)
        case .arguments: ArgumentsTarget(corpus)
        case .export: ExportTarget(corpus)
        case .record: RecordTarget(corpus)
        }
    }
}
