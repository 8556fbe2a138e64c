import Parallelism

/// A sound JSON text with the places of all its values; a ``JSONValue`` is a view of one of them.
///
/// It lives as long as any value of it. For each value it holds sixteen bytes besides the text,
/// which it shares with whoever read it.
package final class JSONTape: @unchecked Sendable {
    // INVARIANT: nobody writes the nodes once they are here; the tape without `origin` frees them.
    private let nodes: UnsafeBufferPointer<JSONNode>
    package let bytes: [UInt8]
    let file: Int32
    /// The tape that this one shares its nodes with.
    private let origin: JSONTape?
    /// Where a span of the text stands in the file, when the text was decoded from a part of it.
    private let place: (@Sendable (SourceSpan) -> SourceSpan)?

    /// Nil when the text is not sound JSON, or rarer than is read here.
    init?(
        _ bytes: [UInt8],
        file: Int32,
        valueLimit: Int,
        by workers: Workers = .one,
        place: (@Sendable (SourceSpan) -> SourceSpan)? = nil
    ) {
        let joined = JSONJoiner.nodes(
            of: bytes,
            valueLimit: valueLimit,
            by: workers,
            partSize: JSONJoiner.partSize
        )
        if let joined {
            nodes = joined
        } else {
            // One value takes about twenty bytes of a compact file.
            var scanner = JSONScanner(capacity: bytes.count / 12)
            guard scanner.scan(bytes.span.bytes, valueLimit: valueLimit) else { return nil }
            nodes = scanner.takeResult()
        }
        self.bytes = bytes
        self.file = file
        self.place = place
        origin = nil
    }

    /// The same values, counted apart.
    init(sharing origin: JSONTape) {
        nodes = origin.nodes
        bytes = origin.bytes
        file = origin.file
        place = origin.place
        self.origin = origin
    }

    deinit { if origin == nil { nodes.deallocate() } }
}

extension JSONTape {
    /// The value of the whole text.
    var root: JSONValue { JSONValue(self, at: 0) }
    /// How many values it holds.
    var count: Int { nodes.count }

    func node(_ index: Int) -> JSONNode { nodes[index] }

    /// Whether both have the same values, not merely equal ones.
    func isSame(as other: JSONTape) -> Bool { nodes.baseAddress == other.nodes.baseAddress }

    /// A view of a node, of use as long as the tape lives; nil where spans do not stand in the file
    /// as they do in the text.
    func lentView(of index: Int) -> JSONView? {
        // INVARIANT: an array that nobody changes keeps its elements where they are.
        guard place == nil, let first = nodes.baseAddress,
            // PERF: a key path would be followed anew each time.
            let text = bytes.withUnsafeBufferPointer({ $0.baseAddress })
        else { return nil }
        return JSONView(first, text, Unmanaged.passUnretained(self), index)
    }

    func span(of node: JSONNode) -> SourceSpan {
        placed(SourceSpan(file: file, start: Int(node.start), end: Int(node.end)))
    }

    func keySpan(of node: JSONNode) -> SourceSpan {
        placed(SourceSpan(file: file, start: node.keyStart, end: node.keyEnd))
    }

    private func placed(_ span: SourceSpan) -> SourceSpan { place?(span) ?? span }

    func key(of node: JSONNode) -> String { text(node.keyRange, isPlain: node.isPlainKey) }

    func text(of node: JSONNode) -> String {
        text(node.textRange, isPlain: node.isPlainText)
    }

    /// The text of a number as it is written.
    func digits(of node: JSONNode) -> String {
        text(Int(node.start)..<Int(node.end), isPlain: true)
    }

    private func text(_ range: Range<Int>, isPlain: Bool) -> String {
        bytes.withUnsafeBytes { $0.string(in: range, isPlain: isPlain) }
    }

    /// Whether a node's key is a name, as Swift compares strings.
    @inline(__always)
    func key(of node: JSONNode, is name: JSONName) -> Bool {
        // One that is not plain may equal a name of any length.
        guard node.isPlainKey, name.isASCII else { return isRareKey(of: node, name) }
        guard node.keyRange.count == name.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            name.equals(UnsafeBufferPointer(rebasing: bytes[node.keyRange]))
        }
    }

    @inline(never)
    private func isRareKey(of node: JSONNode, _ name: JSONName) -> Bool {
        key(of: node) == name.text
    }

    /// Whether a node is a string that says so, as Swift compares strings.
    func text(of node: JSONNode, is name: JSONName) -> Bool {
        guard node.kind == .string else { return false }
        guard node.isPlainText, name.isASCII else { return text(of: node) == name.text }
        guard Int(node.end) - Int(node.start) - 2 == name.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            name.equals(UnsafeBufferPointer(rebasing: bytes[node.textRange]))
        }
    }
}

/// A word of a file format to compare keys and strings with, without making strings of them.
package struct JSONName: Sendable, ExpressibleByStringLiteral {
    @usableFromInline let bytes: StaticString

    package init(stringLiteral text: StaticString) { bytes = text }

    var isASCII: Bool { bytes.isASCII }
    @inlinable var count: Int { bytes.utf8CodeUnitCount }
    /// The word itself.
    package var text: String { bytes.description }

    @inlinable
    func equals(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard other.count == count else { return false }
        guard bytes.hasPointerRepresentation else { return other.elementsEqual(text.utf8) }
        let own = bytes.utf8Start
        for index in 0..<other.count where own[index] != other[index] { return false }
        return true
    }
}
