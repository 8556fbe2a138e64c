import Authorization
import JSONSource
import Scenarios

/// Parts of answers as they are written, by the numbers they have in one era of a decider.
struct AnswerFragments {
    private var era: Era?
    private var text: [UInt8] = []
    private var reasons: [Fragment] = []
    private var absentKeys: [UInt32: Fragment] = [:]
    private var blocking: [BlockingTypes: Fragment] = [:]

    private struct Fragment: BitwiseCopyable {
        var start = 0
        /// 0 where nothing was written yet.
        var count = 0
        var blocking = BlockingTypes()

        var range: Range<Int> { start..<(start + count) }
    }

    /// How many bytes are kept.
    private static let limit = 1 << 25

    /// Begins an answer in numbers of an era; those of another stand for something else.
    mutating func begin(_ era: Era) {
        guard self.era !== era || text.count > Self.limit else { return }
        self = AnswerFragments()
        self.era = era
    }
}

/// The types of policies that stand in the way.
struct BlockingTypes: OptionSet, Hashable, BitwiseCopyable {
    let rawValue: UInt16

    init(rawValue: UInt16) { self.rawValue = rawValue }

    init(_ reason: Reason) {
        let place = PolicyType.allCases.firstIndex(of: reason.policyType)
        rawValue = reason.kind == .allow ? 0 : 1 << UInt16(place ?? 15)
    }

    /// In the order of answers.
    var types: [PolicyType] {
        PolicyType.allCases.enumerated().filter { rawValue & 1 << UInt16($0.offset) != 0 }
            .map(\.element).sorted { $0.rawValue < $1.rawValue }
    }
}

extension AnswerFragments {
    func hasReason(_ number: UInt32) -> Bool {
        Int(number) < reasons.count && reasons[Int(number)].count > 0
    }

    mutating func note(_ reason: Reason, _ number: UInt32) {
        var fragment = fragment { DecisionJSON.write(reason, at: nil, to: &$0) }
        fragment.blocking = BlockingTypes(reason)
        while reasons.count <= Int(number) { reasons.append(Fragment()) }
        reasons[Int(number)] = fragment
    }

    func blocking(_ number: UInt32) -> BlockingTypes { reasons[Int(number)].blocking }

    func write(reason number: UInt32, to writer: inout JSONWriter) {
        writer.raw(text, reasons[Int(number)].range)
    }

    mutating func write(_ types: BlockingTypes, to writer: inout JSONWriter) {
        guard !types.isEmpty else { return writer.raw("[]") }
        if let known = blocking[types] { return writer.raw(text, known.range) }
        let fragment = fragment { DecisionJSON.write(types.types, to: &$0) }
        blocking[types] = fragment
        writer.raw(text, fragment.range)
    }

    /// Whether keys are noted; no keys always are.
    func hasKeys(_ number: UInt32) -> Bool { number == 0 || absentKeys[number] != nil }

    mutating func note(keys: [String], _ number: UInt32) {
        absentKeys[number] = fragment { $0.strings(keys) }
    }

    func write(absentKeys number: UInt32, to writer: inout JSONWriter) {
        guard let known = absentKeys[number] else { return writer.raw("[]") }
        writer.raw(text, known.range)
    }

    private mutating func fragment(_ write: (inout JSONWriter) -> Void) -> Fragment {
        var writer = JSONWriter()
        write(&writer)
        let fragment = Fragment(start: text.count, count: writer.bytes.count)
        text += writer.bytes
        return fragment
    }
}
