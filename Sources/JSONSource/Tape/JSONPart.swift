/// A part of a sound JSON text, read without what stands before it.
///
/// A part begins with a member of an object that began earlier, and so did the containers around
/// that object; ``JSONJoiner`` holds what is known of them here against what they are.
final class JSONPart: @unchecked Sendable {
    // INVARIANT: nobody writes the nodes once they are here; `deinit` frees them unless the one
    // thread that puts parts together has taken them.
    private let nodes: UnsafeBufferPointer<JSONNode>
    /// For how many nodes there is room.
    let capacity: Int
    private var isTaken = false
    /// The containers that began before the part and end in it, innermost first.
    let outerEnds: [OuterEnd]
    /// The keys of their members, container by container.
    let outerKeys: [UInt64]
    /// The keys of objects that have not ended; the first are of the one that the part ends in.
    let keys: [UInt64]
    /// The containers that begin in the part and have not ended.
    let open: [JSONScanner.Container]
    /// How many containers there were at once since the last of those of before ended, counting
    /// all of those as one.
    let deepest: Int
    let isEndOfText: Bool
    /// Stands in for the container that the part ends in, or that which the open ones are in; nil
    /// where nothing stands before the part.
    let standIn: JSONNode?

    /// A container that began before the part.
    struct OuterEnd: Sendable {
        let kind: JSONKind
        /// The offset behind its last byte.
        let end: Int
        /// The node behind all that is in it.
        let next: Int
        /// How many of the keys belong to it or to those before.
        let keys: Int
        /// As of the part, since the one before ended.
        let deepest: Int
        let isMarked: Bool
    }

    init(
        outerEnds: [OuterEnd],
        outerKeys: [UInt64],
        keys: [UInt64],
        open: [JSONScanner.Container],
        deepest: Int,
        isEndOfText: Bool,
        standIn: JSONNode?,
        nodes: UnsafeBufferPointer<JSONNode>,
        capacity: Int
    ) {
        self.outerEnds = outerEnds
        self.outerKeys = outerKeys
        self.keys = keys
        self.open = open
        self.deepest = deepest
        self.isEndOfText = isEndOfText
        self.standIn = standIn
        self.nodes = nodes
        self.capacity = capacity
    }

    deinit { if !isTaken { nodes.deallocate() } }

    /// The nodes with the room behind them, for whoever writes there and deallocates them.
    func takeNodes() -> UnsafeMutablePointer<JSONNode>? {
        isTaken = true
        return UnsafeMutablePointer(mutating: nodes.baseAddress)
    }

    /// Those of the nodes that stand for values.
    var values: UnsafeBufferPointer<JSONNode> {
        UnsafeBufferPointer(rebasing: nodes[(standIn == nil ? 0 : 1)...])
    }
}
