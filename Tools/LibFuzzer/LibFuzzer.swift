import Foundation
import Fuzzing
import Synchronization

/// The target of `ORGSIM_FUZZ_TARGET`, without which it is `json`; libFuzzer makes the inputs and
/// keeps those that reach new code.
private let target = Mutex<any FuzzTarget>(chosenTarget())

private func chosenTarget() -> any FuzzTarget {
    let environment = ProcessInfo.processInfo.environment
    let name = TargetName(rawValue: environment["ORGSIM_FUZZ_TARGET"] ?? "json") ?? .json
    return name.target(Corpus(CorpusFolder.files(["Scenarios", "Tests/Conformance"])))
}

/// What libFuzzer calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    // As good as random, and the same for the same input.
    let choice = bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let problems = target.withLock { $0.run(FuzzInput(bytes: bytes, choice: choice)) }
    if let problem = problems.first { fatalError(problem) }
    return 0
}
