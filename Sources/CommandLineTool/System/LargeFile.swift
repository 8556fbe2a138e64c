import Parallelism

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A file that is worth more than one thread: what takes time is to make room in memory for it.
struct LargeFile {
    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// How many bytes a thread reads before it takes the next ones.
    private static let slice = 16 << 20

    /// Where the bytes go.
    // INVARIANT: every slice has a place of its own.
    private struct Places: @unchecked Sendable {
        let start: UnsafeMutableRawPointer
    }

    /// Reads from the beginning as far as it goes, and leaves the place of reading there; nothing of
    /// a file that one thread reads as well.
    ///
    /// Returns how many bytes there are.
    func read(into bytes: UnsafeMutableBufferPointer<UInt8>, by workers: Workers) -> Int {
        guard workers.count > 1, bytes.count > Self.slice * 2, let start = bytes.baseAddress else {
            return 0
        }
        let (places, end) = (Places(start: start), bytes.count)
        let descriptor = descriptor
        let ends = workers.map(0..<end, slicesOf: Self.slice, makeWorker: {}) { _, slice in
            var place = slice.lowerBound
            while place < slice.upperBound {
                let rest = slice.upperBound - place
                let taken = pread(descriptor, places.start + place, rest, off_t(place))
                if taken < 0, errno == EINTR { continue }
                guard taken > 0 else { break }
                place += taken
            }
            return place
        }
        // What stands behind a gap is read again.
        var read = 0
        for end in ends {
            let isWhole = end == min(read + Self.slice, bytes.count)
            read = end
            if !isWhole { break }
        }
        guard lseek(descriptor, off_t(read), SEEK_SET) == off_t(read) else { return 0 }
        return read
    }
}
