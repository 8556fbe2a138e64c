/// Reads sound JSON into nodes, and gives up on anything else.
///
/// What it takes, ``JSONParser`` takes without a word and with the same places; what it does not
/// take, a mistake or merely something rare, is read again by that one, which knows what to say.
/// The buffers are kept, so that one scanner reads many texts without allocating.
package struct JSONScanner: ~Copyable {
    // INVARIANT: the first `count` of `capacity` nodes are initialized; `JSONNode` is trivial.
    private var nodes: UnsafeMutablePointer<JSONNode>
    private var capacity: Int
    private var count = 0
    /// The keys of the objects that are open: hash above, node below.
    private var keys: JSONKeyStack
    /// The arrays and objects around the place of reading, outermost first.
    private let open: UnsafeMutablePointer<Container>
    /// What was left where a part of a text ended, see ``JSONPart``.
    private var ending = Ending()
    /// The arrays and objects that ended in a part without having begun there.
    private var leftBehind: [JSONPart.OuterEnd] = []
    private var outerKeys: [UInt64] = []

    /// An array or object that has begun.
    struct Container: BitwiseCopyable {
        var node: Int32
        var firstKey: Int32
    }

    /// Where reading stands as it ends.
    private struct Ending: BitwiseCopyable {
        var depth = 0
        var deepest = 0
        var isEndOfText = false
    }

    /// A scanner with room for so many values to begin with.
    package init(capacity: Int = 256) {
        self.capacity = max(capacity, 16)
        nodes = .allocate(capacity: self.capacity)
        keys = JSONKeyStack()
        open = .allocate(capacity: JSONParser.depthLimit)
        open.initialize(
            repeating: Container(node: 0, firstKey: 0),
            count: JSONParser.depthLimit
        )
    }

    deinit {
        nodes.deallocate()
        open.deallocate()
    }
}

extension JSONScanner {
    /// The nodes of the text read last, the first one being all of it; empty where it was not
    /// sound.
    package var result: UnsafeBufferPointer<JSONNode> {
        UnsafeBufferPointer(start: nodes, count: count)
    }

    /// The nodes of the text read last, for whoever deallocates them.
    mutating func takeResult() -> UnsafeBufferPointer<JSONNode> {
        let result = result
        if !keepsBuffer {
            let copy = UnsafeMutableBufferPointer<JSONNode>.allocate(capacity: max(count, 1))
            _ = copy.initialize(fromContentsOf: result)
            return UnsafeBufferPointer(start: copy.baseAddress, count: count)
        }
        capacity = 16
        count = 0
        nodes = .allocate(capacity: capacity)
        return result
    }

    /// Memory of large buffers that was never touched costs nothing; small ones add up.
    private var keepsBuffer: Bool { count * 2 >= capacity || capacity >= 1 << 16 }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<JSONNode>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: nodes, count: count)
        nodes.deallocate()
        nodes = larger
        capacity *= 2
    }
}

extension JSONScanner {
    /// Whether a text is sound JSON of at most so many values.
    ///
    /// Empties the nodes of the text before.
    package mutating func scan(_ text: RawSpan, valueLimit: Int = JSONParser.valueLimit) -> Bool {
        count = 0
        keys.removeAll()
        // Offsets are kept in 32 bits, node numbers in 31.
        guard text.byteCount < Int(Int32.max) else { return false }
        let isSound = scan(text, from: 0, to: .max, outer: 0, valueLimit)
        if !isSound { count = 0 }
        return isSound
    }

    /// What stands from one place up to another, where the next part begins; nil where that cannot
    /// be told, or is not sound.
    ///
    /// Every part but the first begins with the first member of those left in an object.
    mutating func part(
        of text: RawSpan,
        from start: Int,
        to stop: Int,
        valueLimit: Int
    ) -> JSONPart? {
        count = 0
        keys.removeAll()
        leftBehind = []
        outerKeys = []
        let outer = start == 0 ? 0 : 1
        if outer == 1 { standIn(for: .object) }
        guard text.byteCount < Int(Int32.max),
            scan(text, from: start, to: stop, outer: outer, valueLimit)
        else { return nil }
        let containers = UnsafeBufferPointer(start: open, count: ending.depth)
        let room = keepsBuffer ? capacity : count
        return JSONPart(
            outerEnds: leftBehind,
            outerKeys: outerKeys,
            keys: keys.all,
            open: Array(containers.dropFirst(outer)),
            deepest: ending.deepest,
            isEndOfText: ending.isEndOfText,
            standIn: outer == 1 ? nodes[0] : nil,
            nodes: takeResult(),
            capacity: room
        )
    }

    // PERF: "JSON reader, compact". One loop without recursion, so that place and depth stay in
    // registers.
    //
    // `outer` is 1 where a node stands in for the container that the text begins in.
    private mutating func scan(
        _ text: RawSpan,
        from start: Int,
        to stop: Int,
        outer: Int,
        _ valueLimit: Int
    ) -> Bool {
        let end = text.byteCount
        var depth = outer
        var deepest = outer
        var parent = outer - 1
        var isInObject = outer > 0
        var at = text.skippingBlanks(from: start)
        while true {
            guard at < stop else {
                ending = Ending(depth: depth, deepest: deepest)
                return at == stop && isInObject
            }
            var facts = JSONNode.Facts.noKey
            if isInObject {
                guard at < end, text.byte(at) == UInt8(ascii: "\""),
                    let key = text.scanKey(from: at + 1)
                else { return false }
                let keyEnd = key.end
                if !key.isPlain || text.byte(at + 1) == UInt8(ascii: "$") { nodes[parent].mark() }
                keys.push(hash: key.hash, node: count)
                let colon = text.skippingBlanks(from: keyEnd)
                guard colon < end, text.byte(colon) == UInt8(ascii: ":") else { return false }
                let start = text.skippingBlanks(from: colon + 1)
                guard keyEnd - at < JSONNode.Facts.keyLengthLimit,
                    start - keyEnd < JSONNode.Facts.gapLimit
                else { return false }
                facts = .key(isPlain: key.isPlain).placingKey(
                    length: keyEnd - at,
                    gap: start - keyEnd
                )
                at = start
            }
            guard at < end, count < valueLimit else { return false }
            if count == capacity { grow() }
            let start = at
            let first = text.byte(at)
            switch first {
            case UInt8(ascii: "\""):
                guard let string = text.scanString(from: at + 1) else { return false }
                at = string.end
                facts = facts.with(.string, isPlain: string.isPlain)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard depth < JSONParser.depthLimit else { return false }
                deepest = max(deepest, depth + 1)
                let isObject = first == UInt8(ascii: "{")
                facts = facts.with(isObject ? .object : .array)
                at = text.skippingBlanks(from: at + 1)
                guard at < end else { return false }
                // The brackets of an object are two more than those of an array.
                guard text.byte(at) == first + 2 else {
                    nodes[count] = JSONNode(facts, start: start, end: 0, next: 0)
                    open[depth] = Container(
                        node: Int32(truncatingIfNeeded: count),
                        firstKey: Int32(truncatingIfNeeded: keys.count)
                    )
                    depth += 1
                    parent = count
                    isInObject = isObject
                    count += 1
                    continue
                }
                at += 1
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                guard let numberEnd = text.scanNumber(from: at) else { return false }
                at = numberEnd
                facts = facts.with(.number)
            default:
                guard let word = text.scanWord(from: at) else { return false }
                at += word == .false ? 5 : 4
                facts = facts.with(word)
            }
            nodes[count] = JSONNode(facts, start: start, end: at, next: count + 1)
            count += 1
            // What stands behind the value: ends of containers, and a comma before the next.
            while true {
                at = text.skippingBlanks(from: at)
                guard depth > 0 else {
                    ending = Ending(depth: 0, deepest: deepest, isEndOfText: true)
                    return at == end
                }
                guard at < end else { return false }
                let byte = text.byte(at)
                at += 1
                if byte == UInt8(ascii: ",") { break }
                guard byte == (isInObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                    return false
                }
                if depth == outer {
                    leaveOuter(end: at, deepest)
                    deepest = outer
                    let rest = text.skippingBlanks(from: at)
                    if rest == end {
                        ending = Ending(depth: 0, isEndOfText: true)
                        return true
                    }
                    guard let isObject = text.isInObject(behindValueAt: rest) else { return false }
                    standIn(for: isObject ? .object : .array)
                    isInObject = isObject
                    continue
                }
                depth -= 1
                if isInObject {
                    let firstKey = Int(open[depth].firstKey)
                    guard !keys.hasDuplicate(from: firstKey, nodes, text) else { return false }
                }
                nodes[parent].end = UInt32(truncatingIfNeeded: at)
                nodes[parent].next = UInt32(truncatingIfNeeded: count)
                guard depth > 0 else { continue }
                let child = parent
                parent = Int(open[depth - 1].node)
                nodes[parent].mark(as: nodes[child])
                isInObject = nodes[parent].kind == .object
            }
            at = text.skippingBlanks(from: at)
        }
    }

    /// The first node stands in for a container that began before the part.
    private mutating func standIn(for kind: JSONKind) {
        nodes[0] = JSONNode(.noKey.with(kind), start: 0, end: 0, next: 0)
        count = max(count, 1)
        open[0] = Container(node: 0, firstKey: 0)
    }

    /// Notes that a container ends which began before the part.
    @inline(never)
    private mutating func leaveOuter(end: Int, _ deepest: Int) {
        outerKeys += keys.all
        keys.removeAll()
        leftBehind.append(
            JSONPart.OuterEnd(
                kind: nodes[0].kind,
                end: end,
                next: count,
                keys: outerKeys.count,
                deepest: deepest,
                isMarked: nodes[0].isMarked
            )
        )
    }
}

extension RawSpan {
    /// Whether a value that ended was one of an object, by what stands behind it; nil where that
    /// is nothing that may.
    fileprivate func isInObject(behindValueAt offset: Int) -> Bool? {
        switch byte(offset) {
        case UInt8(ascii: "}"): return true
        case UInt8(ascii: "]"): return false
        case UInt8(ascii: ","): break
        default: return nil
        }
        let next = skippingBlanks(from: offset + 1)
        guard next < byteCount, byte(next) == UInt8(ascii: "\"") else { return false }
        guard let string = scanString(from: next + 1) else { return nil }
        let behind = skippingBlanks(from: string.end)
        return behind < byteCount && byte(behind) == UInt8(ascii: ":")
    }
}
