#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What a measurement counts.
enum Stopwatch: String, Sendable {
    /// The processor time of this thread: what others do on the machine disturbs it least.
    case processor
    /// The time that passes, where several threads or another process work.
    case wall

    /// Seconds since some moment.
    var now: Double {
        var time = timespec()
        switch self {
        case .processor: clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        case .wall: clock_gettime(CLOCK_MONOTONIC, &time)
        }
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// The seconds that a piece of work takes.
    func seconds<E: Error>(_ work: () throws(E) -> Void) throws(E) -> Double {
        let start = now
        try work()
        return now - start
    }

    /// How many units a second are done, where one call does several; as long as needed to tell.
    func rate(units: Int, atLeast shortest: Double = 0.25, _ work: () -> Void) -> Double {
        let start = now
        var done = 0
        var elapsed = 0.0
        while elapsed < shortest {
            work()
            done += units
            elapsed = now - start
        }
        return Double(done) / elapsed
    }
}
