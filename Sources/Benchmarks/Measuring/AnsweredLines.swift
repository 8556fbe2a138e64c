import Authorization
import JSONSource
import Reports
import Scenarios

/// Answers request lines one after another, as one thread of `orgsim evaluate` does.
// INVARIANT: used by one thread at a time.
final class AnsweredLines: @unchecked Sendable {
    private var reader: RequestLineReader
    private var answers = AnswerLines()
    private let lines: [[UInt8]]

    init(engine: Engine, lines: [String]) {
        reader = RequestLineReader(engine: engine, at: Scenario.defaultClock)
        self.lines = lines.map { Array($0.utf8) }
    }

    var count: Int { lines.count }

    /// Reads every line once; how many were read without care for what is rare.
    @discardableResult
    func readAll() -> Int {
        var read = 0
        for line in lines {
            let ready = line.withUnsafeBytes { reader.request(in: $0) }
            if ready != nil { read += 1 }
        }
        return read
    }

    /// Reads, decides and writes every line once; how many bytes were written.
    @discardableResult
    func answerAll() -> Int {
        var written = 0
        var number = 0
        while number < lines.count {
            // Answers leave in blocks.
            var writer = JSONWriter()
            for line in lines[number..<min(lines.count, number + 512)] {
                number += 1
                _ = line.withUnsafeBytes {
                    answers.write(answerTo: $0, number: number, by: &reader, to: &writer)
                }
                writer.endLine()
            }
            written += writer.bytes.count
        }
        return written
    }
}
