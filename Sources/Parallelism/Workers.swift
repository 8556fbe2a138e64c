import Dispatch
import Synchronization

/// So many threads that share work and hand in its results in order.
///
/// Each has a worker of its own, which may be changed as it works and is shared with nobody; what
/// comes out does not depend on how many there are.
package struct Workers: Sendable {
    /// The most threads that may be asked for.
    package static let limit = 256

    package let count: Int

    /// At least one thread; no more run at once than the machine has cores.
    package init(_ count: Int) {
        self.count = min(max(1, count), Self.limit)
    }

    package static let one = Workers(1)
}

extension Workers {
    /// Works on pieces in parallel, however many there are: few of them are in memory at once.
    ///
    /// - Parameters:
    ///   - lookAhead: How many pieces may be begun before the one that is due is delivered; where
    ///     one takes much longer than another, a few more than twice the threads. At least one for
    ///     each thread.
    ///   - makeWorker: Makes the worker of a thread, on that thread.
    ///   - next: Hands out the pieces in order, one call at a time; nil, once, at their end.
    ///   - work: Makes the result of a piece, on any thread.
    ///   - deliver: Takes the results in order of the pieces, one call at a time, perhaps while
    ///     `next` is called or waits; false ends the run, and what was begun is dropped.
    package func run<Piece: Sendable, Result: Sendable, Worker: ~Copyable>(
        lookAhead: Int? = nil,
        makeWorker: @Sendable () -> Worker,
        next: () -> Piece?,
        work: @Sendable (inout Worker, Piece) -> Result,
        deliver: (Result) -> Bool
    ) {
        guard count > 1 else {
            var worker = makeWorker()
            while let piece = next(), deliver(work(&worker, piece)) {}
            return
        }
        withoutActuallyEscaping(next) { next in
            withoutActuallyEscaping(deliver) { deliver in
                let ends = Ends(next: next, deliver: deliver)
                let ahead = max(count, lookAhead ?? count * 2)
                share(ends, lookAhead: ahead, makeWorker: makeWorker, work: work)
            }
        }
    }

    /// The two ends of the work, which all threads hold.
    // INVARIANT: `next` is called with the lock on the pieces held, `deliver` by the thread whose
    // turn it is: never by two threads at once.
    private struct Ends<Piece, Result>: @unchecked Sendable {
        let next: () -> Piece?
        let deliver: (Result) -> Bool
    }

    private func share<Piece: Sendable, Result: Sendable, Worker: ~Copyable>(
        _ ends: Ends<Piece, Result>,
        lookAhead: Int,
        makeWorker: @Sendable () -> Worker,
        work: @Sendable (inout Worker, Piece) -> Result
    ) {
        let line = DeliveryLine<Result>(lookAhead: lookAhead)
        // How many pieces were handed out; nil when there are no more.
        let taken = Mutex<Int?>(0)
        DispatchQueue.concurrentPerform(iterations: count) { _ in
            var worker = makeWorker()
            while true {
                // Whoever is far ahead waits for those before him, so that few results are kept.
                line.awaitRoom()
                let handed = taken.withLock { taken -> (number: Int, piece: Piece)? in
                    guard let number = taken, !line.isClosed, let piece = ends.next() else {
                        taken = nil
                        return nil
                    }
                    taken = number + 1
                    return (number, piece)
                }
                guard let (number, piece) = handed else { return line.giveUpRoom() }
                line.hand(in: work(&worker, piece), as: number, ends.deliver)
            }
        }
    }

    /// Works on a range in slices; the results in order of the slices.
    package func map<Result: Sendable, Worker: ~Copyable>(
        _ range: Range<Int>,
        slicesOf size: Int,
        makeWorker: @Sendable () -> Worker,
        work: @Sendable (inout Worker, Range<Int>) -> Result
    ) -> [Result] {
        var results: [Result] = []
        var start = range.lowerBound
        // One slice is not worth a second thread.
        let workers = range.count > size ? self : .one
        workers.run(
            // All results are kept in the end.
            lookAhead: range.count,
            makeWorker: makeWorker,
            next: { () -> Range<Int>? in
                guard start < range.upperBound else { return nil }
                let slice = start..<min(start + max(1, size), range.upperBound)
                start = slice.upperBound
                return slice
            },
            work: work,
            deliver: { result in
                results.append(result)
                return true
            }
        )
        return results
    }

    /// Works on each element; the results in order of the elements.
    package func map<Element: Sendable, Result: Sendable>(
        _ elements: [Element],
        _ work: @Sendable (Element) -> Result
    ) -> [Result] {
        map(elements.indices, slicesOf: 1, makeWorker: {}) { _, slice in
            work(elements[slice.lowerBound])
        }
    }
}
