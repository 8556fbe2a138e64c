import Dispatch
import Synchronization

/// Results that come in any order and are delivered in theirs.
final class DeliveryLine<Result: Sendable>: Sendable {
    private struct State {
        /// What cannot be delivered before something else.
        var waiting: [Int: Result] = [:]
        var due = 0
        var isDelivering = false
    }

    private let state = Mutex(State())
    private let closed = Atomic(false)
    private let room: DispatchSemaphore

    /// So many pieces may be worked on or wait at once.
    init(lookAhead: Int) {
        room = DispatchSemaphore(value: lookAhead)
    }

    /// Whether nobody takes results any more.
    var isClosed: Bool { closed.load(ordering: .relaxed) }

    /// Waits until another piece may be begun; the piece that is due never waits.
    func awaitRoom() { room.wait() }

    /// There is no other piece after all.
    func giveUpRoom() { room.signal() }

    /// Takes a result, and delivers what is due unless another thread does so already.
    func hand(in result: Result, as number: Int, _ deliver: (Result) -> Bool) {
        state.withLock { $0.waiting[number] = result }
        while let result = takeTurn() {
            if !isClosed, !deliver(result) { closed.store(true, ordering: .relaxed) }
            state.withLock { $0.isDelivering = false }
            room.signal()
        }
    }

    /// The result that is due, if it is there and nobody is delivering.
    private func takeTurn() -> Result? {
        state.withLock { state in
            guard !state.isDelivering, let result = state.waiting.removeValue(forKey: state.due)
            else { return nil }
            state.due += 1
            state.isDelivering = true
            return result
        }
    }
}
