package import Parallelism

/// Puts the parts of a text together, with all that could not be told in one of them.
///
/// What comes out is, node by node, what one ``JSONScanner`` makes of the text.
package struct JSONJoiner: ~Copyable {
    // INVARIANT: there are as many nodes as all parts have values, and all are initialized.
    private let nodes: UnsafeMutablePointer<JSONNode>
    private var keys = JSONKeyStack()
    private var open: [JSONScanner.Container] = []
    private var count = 0
    private var isOver = false

    private init(_ nodes: UnsafeMutablePointer<JSONNode>) { self.nodes = nodes }

    /// How many bytes of a text are worth a part.
    package static let partSize = 1 << 20

    /// The nodes of a text, for whoever deallocates them; nil where it is not sound, or cannot be
    /// read in parts.
    ///
    /// There is a part for each worker, as long as each has so many bytes.
    package static func nodes(
        of bytes: [UInt8],
        valueLimit: Int,
        by workers: Workers,
        partSize: Int
    ) -> UnsafeBufferPointer<JSONNode>? {
        let starts = bytes.span.bytes.partStarts(min(workers.count, bytes.count / max(1, partSize)))
        guard starts.count > 1 else { return nil }
        let read = workers.map(starts.indices.map { $0 }) { number -> JSONPart? in
            let start = starts[number]
            let isLast = number + 1 == starts.count
            let size = (isLast ? bytes.count : starts[number + 1]) - start
            // One value takes about twenty bytes of a compact file. The first part has room for all.
            var scanner = JSONScanner(capacity: (number == 0 ? bytes.count : size) / 12)
            return scanner.part(
                of: bytes.span.bytes,
                from: start,
                to: isLast ? .max : starts[number + 1],
                valueLimit: valueLimit
            )
        }
        let parts = read.compactMap { $0 }
        let total = parts.reduce(0) { $0 + $1.values.count }
        guard parts.count == starts.count, total <= valueLimit else { return nil }
        let nodes = copied(parts, total, by: workers)
        var joiner = JSONJoiner(nodes)
        guard parts.allSatisfy({ joiner.add($0, bytes.span.bytes) }), joiner.isOver else {
            nodes.deallocate()
            return nil
        }
        return UnsafeBufferPointer(start: nodes, count: total)
    }
}

// The nodes.
extension JSONJoiner {
    /// How many nodes a thread copies before it takes the next ones.
    private static let slice = 1 << 17

    private struct Slice: Sendable {
        let part: JSONPart
        let range: Range<Int>
        let place: Int
    }

    /// Where the nodes go.
    // INVARIANT: every slice has a place of its own.
    private struct Places: @unchecked Sendable {
        let nodes: UnsafeMutablePointer<JSONNode>
    }

    /// The nodes of all parts, counted through: behind those of the first part, where there is room.
    private static func copied(
        _ parts: [JSONPart],
        _ total: Int,
        by workers: Workers
    ) -> UnsafeMutablePointer<JSONNode> {
        let hasRoom = (parts.first?.capacity ?? 0) >= total
        let known = hasRoom ? parts.first?.takeNodes() : nil
        let places = Places(nodes: known ?? .allocate(capacity: max(total, 1)))
        var slices: [Slice] = []
        var place = known == nil ? 0 : parts[0].values.count
        for part in known == nil ? parts[...] : parts.dropFirst() {
            for first in stride(from: 0, to: part.values.count, by: slice) {
                let range = first..<min(first + slice, part.values.count)
                slices.append(Slice(part: part, range: range, place: place))
            }
            place += part.values.count
        }
        _ = workers.map(slices) { slice in
            let values = slice.part.values
            let shift = UInt32(truncatingIfNeeded: slice.part.shift(at: slice.place))
            for index in slice.range {
                var node = values[index]
                node.next &+= shift
                (places.nodes + slice.place + index).initialize(to: node)
            }
        }
        return places.nodes
    }
}

// The containers that several parts have in common.
extension JSONJoiner {
    /// Goes on with the next part; false where it does not fit to those before.
    private mutating func add(_ part: JSONPart, _ text: RawSpan) -> Bool {
        guard !isOver else { return false }
        let shift = part.shift(at: count)
        count += part.values.count
        var firstKey = 0
        for outer in part.outerEnds {
            guard fits(outer.kind, outer.deepest), let container = open.popLast() else {
                return false
            }
            for entry in part.outerKeys[firstKey..<outer.keys] { keys.push(entry, by: shift) }
            firstKey = outer.keys
            if outer.kind == .object,
                keys.hasDuplicate(from: Int(container.firstKey), nodes, text)
            {
                return false
            }
            let node = Int(container.node)
            nodes[node].end = UInt32(truncatingIfNeeded: outer.end)
            nodes[node].next = UInt32(truncatingIfNeeded: outer.next + shift)
            if outer.isMarked { nodes[node].mark() }
            if let parent = open.last { nodes[Int(parent.node)].mark(as: nodes[node]) }
        }
        isOver = part.isEndOfText
        if isOver { return open.isEmpty }
        if let standIn = part.standIn {
            guard fits(standIn.kind, part.deepest), let container = open.last else { return false }
            nodes[Int(container.node)].mark(as: standIn)
        }
        let known = keys.count
        for entry in part.keys { keys.push(entry, by: shift) }
        open += part.open.map {
            JSONScanner.Container(
                node: $0.node + Int32(truncatingIfNeeded: shift),
                firstKey: $0.firstKey + Int32(truncatingIfNeeded: known)
            )
        }
        return true
    }

    /// Whether the innermost container is of a kind, and what is in it nests no deeper than is
    /// read.
    private func fits(_ kind: JSONKind, _ deepest: Int) -> Bool {
        guard let container = open.last, nodes[Int(container.node)].kind == kind else {
            return false
        }
        return open.count + deepest - 1 <= JSONParser.depthLimit
    }
}

extension JSONPart {
    /// How much later its nodes stand among all, when so many stand before it.
    fileprivate func shift(at place: Int) -> Int { standIn == nil ? place : place - 1 }
}

extension RawSpan {
    /// How far from where it should a part may begin.
    private static var window: Int { 1 << 20 }

    /// Where at most so many parts of about one size may begin.
    ///
    /// Each begins with a member that follows an object. What looks like one in a string is found
    /// out when the parts are read.
    fileprivate func partStarts(_ count: Int) -> [Int] {
        var starts = [0]
        for number in stride(from: 1, to: count, by: 1) {
            let wanted = max(byteCount / count * number, (starts.last ?? 0) + 1)
            if let start = memberStart(from: wanted) { starts.append(start) }
        }
        return starts
    }

    private func memberStart(from offset: Int) -> Int? {
        for comma in offset..<max(offset, Swift.min(offset + Self.window, byteCount - 1))
        where byte(comma) == UInt8(ascii: ",") {
            var before = comma - 1
            while before > 0, comma - before < 64, byte(before) <= 0x20 { before -= 1 }
            guard before > 0, byte(before) == UInt8(ascii: "}") else { continue }
            let start = skippingBlanks(from: comma + 1)
            if start < byteCount, byte(start) == UInt8(ascii: "\"") { return start }
        }
        return nil
    }
}
