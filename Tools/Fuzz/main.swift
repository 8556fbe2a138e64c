import Foundation
import Fuzzing

// Feeds mutated files of some folders to everything that reads files (see `Options`). Which input
// is at work stands in a file of the temporary folder, so a crash can be made again.

/// Prints at once: what a crash follows must not be lost in a buffer.
func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
    FileHandle.standardError.write(Data(Options.usage.utf8))
    exit(2)
}
let corpus = Corpus(CorpusFolder.files(options.folders))
let marker = FileManager.default.temporaryDirectory
    .appending(path: "orgsim-fuzz-at-work-\(getpid()).txt").path()
let watchdog = Watchdog(markedIn: marker) { options.replay($0) }
let clock = ContinuousClock()
let start = clock.now
var fuzzer = Fuzzer(corpus, seed: options.seed, only: options.target)
var tally = Tally()
say("\(corpus.paths.count) files; what is at work stands in \(marker)")
watchdog.start()
for number in options.from..<(options.from + options.count) {
    let name = fuzzer.name(of: number)
    let input = fuzzer.input(number)
    if options.prints { FileHandle.standardOutput.write(Data(input.bytes + [10])) }
    watchdog.begin(number)
    let before = clock.now
    let problems = fuzzer.run(input, of: number)
    let time = clock.now - before
    watchdog.end()
    tally.add(name, number, time, problems: problems.count)
    for problem in problems {
        say("input \(number) (\(name)): \(problem)\n  again: \(options.replay(number))")
    }
    if tally.count % 1_000_000 == 0 { say("\(tally.count) inputs, \(clock.now - start)") }
}
say(
    """
    \(tally.table)\(tally.count) inputs from \(options.from), seed \(options.seed): \
    \(tally.problems) problems; \(clock.now - start) in all, peak memory \
    \(Watchdog.peakMegabytes) MB
    """
)
try? FileManager.default.removeItem(atPath: marker)
exit(tally.problems == 0 ? 0 : 1)
