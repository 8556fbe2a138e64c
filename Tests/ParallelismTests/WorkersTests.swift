import Parallelism
import Synchronization
import Testing

/// The promises of ordered parallel work: order, one at a time, little in memory, an end.
@Suite struct WorkersTests {
    static let counts = [1, 2, 3, 8]

    /// Takes so long that results come in another order than pieces.
    private func spin(_ number: Int) -> Int {
        var value = number
        for _ in 0..<((number * 7919) % 11 * 400) { value = (value &* 31) &+ 7 }
        return value == .min ? 0 : number
    }

    @Test("results are delivered in order of the pieces", arguments: counts)
    func keepsOrder(count: Int) {
        var handed = 0
        var delivered: [Int] = []
        Workers(count).run(
            makeWorker: {},
            next: { () -> Int? in
                guard handed < 2_000 else { return nil }
                handed += 1
                return handed
            },
            work: { _, piece in spin(piece) },
            deliver: {
                delivered.append($0)
                return true
            }
        )
        #expect(delivered == Array(1...2_000))
    }

    @Test("pieces are handed out and results taken one at a time", arguments: counts)
    func callsOneAtATime(count: Int) {
        let inside = Mutex((next: 0, deliver: 0, most: 0))
        var handed = 0
        Workers(count).run(
            makeWorker: {},
            next: { () -> Int? in
                inside.withLock {
                    $0.next += 1
                    $0.most = max($0.most, $0.next)
                }
                defer { inside.withLock { $0.next -= 1 } }
                guard handed < 500 else { return nil }
                handed += 1
                return spin(handed)
            },
            work: { _, piece in spin(piece) },
            deliver: { _ in
                inside.withLock {
                    $0.deliver += 1
                    $0.most = max($0.most, $0.deliver)
                }
                defer { inside.withLock { $0.deliver -= 1 } }
                return true
            }
        )
        #expect(inside.withLock { $0.most } == 1)
    }

    @Test("few pieces are begun before the one that is due is delivered", arguments: counts)
    func looksLittleAhead(count: Int) {
        let handed = Atomic(0)
        let most = Mutex(0)
        var delivered = 0
        Workers(count).run(
            makeWorker: {},
            next: { () -> Int? in
                let number = handed.wrappingAdd(1, ordering: .relaxed).newValue
                return number > 3_000 ? nil : number
            },
            work: { _, piece in spin(piece) },
            deliver: { _ in
                let ahead = handed.load(ordering: .relaxed) - delivered
                most.withLock { $0 = max($0, ahead) }
                delivered += 1
                return true
            }
        )
        #expect(delivered == 3_000)
        // The call that found the end counts as well.
        #expect(most.withLock { $0 } <= count * 2 + 1)
    }

    @Test("where nobody takes results, work without end ends", arguments: counts)
    func endsWhenNobodyListens(count: Int) {
        var handed = 0
        var delivered: [Int] = []
        Workers(count).run(
            makeWorker: {},
            next: { () -> Int? in
                handed += 1
                return handed
            },
            work: { _, piece in spin(piece) },
            deliver: {
                delivered.append($0)
                return $0 < 100
            }
        )
        #expect(delivered == Array(1...100))
        #expect(handed <= 100 + count * 3)
    }

    @Test("the end of the pieces is asked for once", arguments: counts)
    func asksForTheEndOnce(count: Int) {
        var ends = 0
        var handed = 0
        Workers(count).run(
            makeWorker: {},
            next: { () -> Int? in
                handed += 1
                if handed > 20 { ends += 1 }
                return handed > 20 ? nil : handed
            },
            work: { _, piece in piece },
            deliver: { _ in true }
        )
        #expect(ends == 1)
    }

    /// A worker that cannot be copied, with what it has done.
    private struct Counter: ~Copyable {
        var done = 0
    }

    @Test("a thread keeps its own worker, which may be changed", arguments: counts)
    func keepsWorkers(count: Int) {
        let slices = Workers(count).map(
            0..<1_000,
            slicesOf: 7,
            makeWorker: { Counter() },
            work: { worker, slice in
                worker.done += slice.count
                return (slice: slice, done: worker.done)
            }
        )
        #expect(slices.flatMap { Array($0.slice) } == Array(0..<1_000))
        // What the workers did last adds up: nothing was done twice or by two at once.
        #expect(slices.map(\.slice.count).reduce(0, +) == 1_000)
        #expect(slices.allSatisfy { $0.done >= $0.slice.count && $0.done <= 1_000 })
        if count == 1 { #expect(slices.last?.done == 1_000) }
    }

    @Test("an empty range has no results, and threads without work do no harm", arguments: counts)
    func takesNothing(count: Int) {
        #expect(Workers(count).map([Int]()) { $0 } == [])
        #expect(Workers(count).map([4]) { $0 * 2 } == [8])
    }

    @Test("the number of threads is held within its limits")
    func holdsLimits() {
        #expect(Workers(0).count == 1)
        #expect(Workers(.max).count == Workers.limit)
    }
}
