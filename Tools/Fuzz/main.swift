import Foundation
import Fuzzing

/// The words of `orgsim-fuzz [--seed S] [--from N] [--count N] [--print] FOLDER…`.
///
/// Mutated files of the folders are fed to everything that reads files. Which input is at work
/// stands in `fuzz-at-work.txt` of the temporary folder: after a crash or in a hang, run with
/// `--from` that number and `--count 1`; `--print` writes the input.
struct Options {
    var seed: UInt64 = 1
    var from: UInt64 = 0
    var count: UInt64 = 100_000
    var prints = false
    var folders: [String] = []

    init(_ words: [String]) {
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--seed": seed = rest.popFirst().flatMap { UInt64($0) } ?? seed
            case "--from": from = rest.popFirst().flatMap { UInt64($0) } ?? from
            case "--count": count = rest.popFirst().flatMap { UInt64($0) } ?? count
            case "--print": prints = true
            default: folders.append(word)
            }
        }
    }
}

func files(below folder: String) -> [String: [UInt8]] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    var files: [String: [UInt8]] = [:]
    for name in names where name.hasSuffix(".json") {
        guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
        files[folder + "/" + name] = Array(data)
    }
    return files
}

func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1_024
}

let options = Options(Array(CommandLine.arguments.dropFirst()))
let corpus = Corpus(
    options.folders.map(files).reduce(into: [:]) { $0.merge($1) { first, _ in first } }
)
guard !corpus.paths.isEmpty else {
    FileHandle.standardError.write(Data("orgsim-fuzz: name folders with *.json files\n".utf8))
    exit(2)
}
let mutator = Mutator(corpus)
var target = FuzzTarget(corpus)
let marker = FileManager.default.temporaryDirectory.appending(path: "fuzz-at-work.txt").path()
let descriptor = open(marker, O_RDWR | O_CREAT, 0o644)
let clock = ContinuousClock()
let start = clock.now
var slowest: (number: UInt64, time: Duration) = (0, .zero)
var problems = 0
for number in options.from..<(options.from + options.count) {
    let text = Array("\(number)          \n".utf8)
    pwrite(descriptor, text, text.count, 0)
    let input = mutator.input(seed: options.seed, number: number)
    if options.prints { FileHandle.standardOutput.write(Data(input.bytes)) }
    let before = clock.now
    if let problem = target.run(input) {
        problems += 1
        print("input \(number) (\(input.path)): \(problem)")
    }
    let time = clock.now - before
    if time > slowest.time { slowest = (number, time) }
    if time > .seconds(1) { print("input \(number) (\(input.path)): \(time)") }
}
print(
    """
    \(options.count) inputs from \(options.from), seed \(options.seed), \(corpus.paths.count) files: \
    \(problems) problems; \(clock.now - start) in all, slowest \(slowest.time) \
    (input \(slowest.number)), peak memory \(peakMegabytes()) MB
    """
)
exit(problems == 0 ? 0 : 1)
