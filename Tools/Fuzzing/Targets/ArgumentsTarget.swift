import CommandLineTool
import Foundation
import JSONSource
import Synchronization

/// Command lines, one word a line, with standard input behind an empty line: run on a machine in
/// memory that has a few small files.
struct ArgumentsTarget: FuzzTarget {
    private let mutator: Mutator
    private let samples: [Sample]
    private let folder: String

    init(_ corpus: Corpus) {
        mutator = Mutator(corpus)
        samples = CommandLineText.lines.map { line in
            let text = line.split(separator: " ").joined(separator: "\n")
            return Sample(path: "", bytes: Array((text + "\n\n" + CommandLineText.input).utf8))
        }
        let temporary = FileManager.default.temporaryDirectory.path()
        let base = temporary.hasSuffix("/") ? String(temporary.dropLast()) : temporary
        // One folder for all runs, so that none is left behind; what is in it is always the same.
        folder = "\(base)/orgsim-fuzz-files-\(getuid())"
        try? FileManager.default.createDirectory(
            atPath: folder + "/below",
            withIntermediateDirectories: true
        )
        for (name, text) in CommandLineText.files {
            try? Data(text.utf8).write(to: URL(filePath: folder + "/" + name), options: .atomic)
        }
    }

    func input(_ generator: inout SeededGenerator) -> FuzzInput {
        let index = generator.below(samples.count)
        var words = samples[index].bytes.split(
            separator: 10,
            omittingEmptySubsequences: false
        )
        for _ in 0...generator.below(3) { change(&words, &generator) }
        var bytes = Array(words.joined(separator: [10]))
        if generator.once(in: 2) { mutator.changeBytes(&bytes, &generator) }
        return FuzzInput(sample: index, bytes: bytes, choice: generator.next())
    }

    private func change(_ words: inout [ArraySlice<UInt8>], _ generator: inout SeededGenerator) {
        let place = generator.below(words.count)
        let word = generator.pick(CommandLineText.words).map { Array($0.utf8)[...] } ?? []
        switch generator.below(5) {
        case 0: words.remove(at: place)
        case 1: words.insert(words[place], at: place)
        case 2: words.insert(word, at: place)
        case 3: words[place] = word
        default: words.swapAt(place, generator.below(words.count))
        }
        if words.isEmpty { words = [word] }
    }

    mutating func run(_ input: FuzzInput) -> [String] {
        let parts = input.bytes.split(separator: 10, omittingEmptySubsequences: false)
        let words = parts.prefix { !$0.isEmpty }.map {
            String(decoding: $0, as: UTF8.self).replacing("@", with: folder)
        }
        guard words.allSatisfy(isHarmless) else { return [] }
        let stdin = Array(parts.dropFirst(words.count + 1).joined(separator: [10]))
        let first = Self.run(words, stdin)
        var problems = PrintedText.problems(first.output) + PrintedText.problems(first.errors)
        switch first.exitCode {
        case .success:
            if first.errors.contains(": error: ") { problems.append("an error and exit code 0") }
        case .expectationFailed:
            if first.output.isEmpty { problems.append("exit code 1 and nothing is said") }
        case .invalidInput:
            if first.errors.isEmpty { problems.append("exit code 2 and nothing is said") }
        }
        if input.isChosen(oneIn: 8, 1) {
            let again = Self.run(words, stdin)
            if (again.output, again.errors) != (first.output, first.errors) {
                problems.append("a command line has two answers")
            }
        }
        return problems
    }
}

extension ArgumentsTarget {
    private struct Run {
        let exitCode: ExitCode
        let output: String
        let errors: String
    }

    private final class Machine: Sendable {
        let input: Mutex<[UInt8]>
        let output = Mutex<[UInt8]>([])
        let errors = Mutex("")

        init(_ input: [UInt8]) { self.input = Mutex(input) }
    }

    private static func run(_ words: [String], _ input: [UInt8]) -> Run {
        let machine = Machine(input)
        let system = SystemInterface(
            write: { bytes in machine.output.withLock { $0 += bytes } },
            writeError: { text in machine.errors.withLock { $0 += text } },
            readInput: {
                machine.input.withLock { left in
                    defer { left.removeFirst(min(7, left.count)) }
                    return Array(left.prefix(7))
                }
            },
            seconds: { 0 }
        )
        let exitCode = CommandLineTool.run(words, on: system)
        let output = String(decoding: machine.output.withLock { $0 }, as: UTF8.self)
        return Run(exitCode: exitCode, output: output, errors: machine.errors.withLock { $0 })
    }

    /// Whether a word names nothing on the real machine but the files made for it.
    private func isHarmless(_ word: String) -> Bool {
        let value = word.split(separator: "=", maxSplits: 1).last.map(String.init) ?? ""
        return [word, value].allSatisfy { path in
            // No system hands out a word with an empty byte in it.
            if path.utf8.contains(0) { return false }
            guard FileManager.default.fileExists(atPath: path) else { return true }
            let real = URL(filePath: path).resolvingSymlinksInPath().path()
            let own = URL(filePath: folder).resolvingSymlinksInPath().path()
            return real.hasPrefix(own)
        }
    }
}
