import Authorization
import JSONSource
import PolicyLanguage
import Reports
import Scenarios

/// Decides the requests of a block of lines and writes their answers.
struct AnswerWriter {
    let engine: Engine
    let clock: Instant

    /// The answers to a block, each with its line break.
    struct Answers: Sendable {
        let bytes: [UInt8]
        /// Whether every line was a request.
        let isClean: Bool
    }

    func answers(to block: LineBlocks.Block) -> Answers {
        var writer = JSONWriter()
        var isClean = true
        guard let bytes = block.bytes else {
            Self.refuse(block.number, &writer)
            return Answers(bytes: writer.bytes, isClean: false)
        }
        // Most answers are about as long as what was asked.
        writer.reserve(bytes.count + bytes.count / 2)
        var number = block.number
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: .lineBreak) ?? bytes.count
            let line = bytes[start..<end]
            if line.count > EvaluateLimits.line {
                Self.refuse(number, &writer)
                isClean = false
            } else if !line.allSatisfy(\.isBlank) {
                let answer = RequestLine(Array(line), engine: engine, at: clock)
                if case .problem = answer.answer { isClean = false }
                DecisionJSON.write(answer, number: number, to: &writer)
                writer.endLine()
            }
            number += 1
            start = end + 1
        }
        return Answers(bytes: writer.bytes, isClean: isClean)
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
