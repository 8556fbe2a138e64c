import Foundation
import Synchronization

/// Ends the process when an input takes too long or too much memory, and says which one it was.
///
/// What is at work stands in a file as well, which outlives a crash.
final class Watchdog: Sendable {
    /// The longest an input may take, in seconds of processor time: the machine may be busy.
    private static let timeLimit = 1.0
    /// The longest an input may take when it only waits, in seconds.
    private static let waitLimit = 30.0
    /// The most memory the process may take, in megabytes.
    private static let memoryLimit = 1_024

    private let replay: @Sendable (UInt64) -> String
    private let marker: Int32
    /// One more than the number at work; 0 between inputs.
    private let atWork = Atomic<UInt64>(0)
    private let starts = Mutex<(processor: Double, wall: Double)>((0, 0))

    /// `replay` says how to make an input again.
    init(markedIn path: String, replay: @escaping @Sendable (UInt64) -> String) {
        self.replay = replay
        marker = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o644)
    }
}

extension Watchdog {
    func start() {
        let thread = Thread { [self] in
            while true {
                usleep(100_000)
                look()
            }
        }
        thread.start()
    }

    func begin(_ number: UInt64) {
        // Spaces cover what a longer line has left.
        let text = Array((replay(number) + "      \n").utf8)
        pwrite(marker, text, text.count, 0)
        starts.withLock {
            $0 = (Self.seconds(CLOCK_PROCESS_CPUTIME_ID), Self.seconds(CLOCK_MONOTONIC))
        }
        atWork.store(number + 1, ordering: .releasing)
    }

    func end() { atWork.store(0, ordering: .releasing) }

    static var peakMegabytes: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1_024
    }

    private func look() {
        let number = atWork.load(ordering: .acquiring)
        guard number > 0 else { return }
        let start = starts.withLock { $0 }
        let peak = Self.peakMegabytes
        if peak > Self.memoryLimit {
            stop("takes \(peak) MB", number - 1)
        } else if Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - start.processor > Self.timeLimit
            || Self.seconds(CLOCK_MONOTONIC) - start.wall > Self.waitLimit
        {
            // The one at work may have ended in between.
            guard atWork.load(ordering: .acquiring) == number else { return }
            stop("takes longer than \(Self.timeLimit) s", number - 1)
        }
    }

    private func stop(_ problem: String, _ number: UInt64) -> Never {
        let text = "input \(number) \(problem)\n  again: \(replay(number))\n"
        FileHandle.standardError.write(Data(text.utf8))
        _exit(3)
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
