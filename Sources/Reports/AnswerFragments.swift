import Authorization
import JSONSource
import Scenarios

/// Parts of answers as they are written, by the numbers they have in one era of a decider.
struct AnswerFragments: ~Copyable {
    let era: Era
    private var text: [UInt8] = []
    /// A reason as a whole.
    private var reasons: [Fragment] = []
    private var absentKeys: [UInt32: Fragment] = [:]
    private var notes: [UInt32: Fragment] = [:]
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

    init(_ era: Era) { self.era = era }

    var isFull: Bool { text.count > Self.limit }
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
    /// What a reason blocks, which is written down as a whole when it is met first.
    mutating func blocking(
        _ number: Int,
        _ reader: borrowing RequestLineReader
    ) -> BlockingTypes {
        if number < reasons.count, reasons[number].count > 0 { return reasons[number].blocking }
        let reason = reader.reason(number)
        var fragment = note { DecisionJSON.write(reason, at: nil, to: &$0) }
        fragment.blocking = BlockingTypes(reason)
        while reasons.count <= number { reasons.append(Fragment()) }
        reasons[number] = fragment
        return fragment.blocking
    }

    func write(reason number: Int, to writer: inout JSONWriter) {
        writer.raw(text, reasons[number].range)
    }

    mutating func write(_ types: BlockingTypes, to writer: inout JSONWriter) {
        guard !types.isEmpty else { return writer.raw("[]") }
        let known = blocking[types] ?? note { DecisionJSON.write(types.types, to: &$0) }
        blocking[types] = known
        writer.raw(text, known.range)
    }

    mutating func write(
        absentKeys number: UInt32,
        _ reader: borrowing RequestLineReader,
        to writer: inout JSONWriter
    ) {
        guard number != 0 else { return writer.raw("[]") }
        if let known = absentKeys[number] { return writer.raw(text, known.range) }
        let keys = reader.absentKeys(number)
        let fragment = note { $0.strings(keys) }
        absentKeys[number] = fragment
        writer.raw(text, fragment.range)
    }

    mutating func write(
        notes number: UInt32,
        _ reader: borrowing RequestLineReader,
        to writer: inout JSONWriter
    ) {
        if let known = notes[number] { return writer.raw(text, known.range) }
        let texts = reader.notes(number)
        let fragment = note { $0.strings(texts) }
        notes[number] = fragment
        writer.raw(text, fragment.range)
    }

    private mutating func note(_ write: (inout JSONWriter) -> Void) -> Fragment {
        var writer = JSONWriter()
        write(&writer)
        let fragment = Fragment(start: text.count, count: writer.bytes.count)
        text += writer.bytes
        return fragment
    }
}
