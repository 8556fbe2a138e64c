import Authorization
import JSONSource
import PolicyLanguage
import Reports
import Scenarios

/// Decides the requests of a block of lines and writes their answers.
///
/// One thread has it for all of its blocks: names, policies and reasons of earlier lines are known
/// in later ones.
struct AnswerWriter: ~Copyable {
    private var reader: RequestLineReader
    private var lines = AnswerLines()

    init(engine: Engine, clock: Instant) {
        reader = RequestLineReader(engine: engine, at: clock)
    }

    /// The answers to a block, each with its line break.
    struct Answers: Sendable {
        let bytes: [UInt8]
        /// Whether every line was a request.
        let isClean: Bool
    }

    mutating func answers(to block: LineBlocks.Block) -> Answers {
        var writer = JSONWriter()
        guard let bytes = block.bytes else {
            Self.refuse(block.number, &writer)
            return Answers(bytes: writer.bytes, isClean: false)
        }
        // Most answers are about as long as what was asked.
        writer.reserve(bytes.count + bytes.count / 2)
        let isClean = bytes.withUnsafeBytes { answer($0, from: block.number, &writer) }
        return Answers(bytes: writer.bytes, isClean: isClean)
    }

    /// Answers whole lines; whether every one was a request.
    private mutating func answer(
        _ bytes: UnsafeRawBufferPointer,
        from first: Int,
        _ writer: inout JSONWriter
    ) -> Bool {
        var isClean = true
        var number = first
        var start = 0
        while start < bytes.count {
            let end = LineBlocks.endOfLine(in: bytes, from: start)
            let line = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
            if line.count > EvaluateLimits.line {
                Self.refuse(number, &writer)
                isClean = false
            } else if !line.allSatisfy(\.isBlank) {
                let isRequest = lines.write(
                    answerTo: line,
                    number: number,
                    by: &reader,
                    to: &writer
                )
                if !isRequest { isClean = false }
                writer.endLine()
            }
            number += 1
            start = end + 1
        }
        return isClean
    }

    private static func refuse(_ number: Int, _ writer: inout JSONWriter) {
        let message = "the line is longer than \(EvaluateLimits.line) bytes"
        DecisionJSON.write(problem: message, number: number, column: 1, to: &writer)
        writer.endLine()
    }
}

extension UInt8 {
    /// Whether a line of nothing but such bytes asks nothing.
    fileprivate var isBlank: Bool { self == 32 || self == 9 || self == 13 }
}
