import Synchronization

/// Deciders that are not at work, for threads that ask one question now and then.
final class DeciderPool: Sendable {
    private let idle = Mutex<[Box]>([])

    /// A decider on its way from thread to thread.
    // INVARIANT: a box is either in the pool or with one thread.
    private final class Box: @unchecked Sendable {
        var decider: Decider

        init(_ decider: consuming Decider) { self.decider = decider }
    }

    func with<Result>(_ engine: Engine, _ work: (inout Decider) -> Result) -> Result {
        let box = idle.withLock { $0.popLast() } ?? Box(engine.decider())
        defer {
            box.decider.forgetRequests()
            idle.withLock { $0.append(box) }
        }
        return work(&box.decider)
    }
}
