/// A value of a tape, lent to somebody who looks at much of a file.
///
/// Nobody counts who holds the tape, so a view is of no use beyond the call that it was lent to;
/// ``value`` is what may be kept.
package struct JSONView {
    // INVARIANT: the pointers lead into the tape, which whoever lends the view holds meanwhile.
    @usableFromInline let nodes: UnsafePointer<JSONNode>
    @usableFromInline let text: UnsafePointer<UInt8>
    @usableFromInline let tape: Unmanaged<JSONTape>
    @usableFromInline let index: Int

    @inlinable
    init(
        _ nodes: UnsafePointer<JSONNode>,
        _ text: UnsafePointer<UInt8>,
        _ tape: Unmanaged<JSONTape>,
        _ index: Int
    ) {
        self.nodes = nodes
        self.text = text
        self.tape = tape
        self.index = index
    }
}

extension JSONValue {
    /// A view of the value, of use as long as somebody has the value; nil where it is built, or
    /// stands in a string.
    package var lentView: JSONView? {
        guard case .written(let tape, let index) = storage else { return nil }
        return tape.lentView(of: Int(index))
    }
}

extension JSONView {
    @inlinable package var node: JSONNode { nodes[index] }
    @inlinable package var kind: JSONKind { node.kind }

    /// What may be kept.
    package var value: JSONValue {
        JSONValue(tape.takeUnretainedValue(), at: index)
    }

    /// The member that a value of an object is part of.
    package var member: JSONMember { JSONMember(written: value) }

    /// The value as it is written.
    @inlinable package var written: UnsafeRawBufferPointer { bytes(node.range) }

    /// The value as it is written, to be kept, with the hash of its bytes.
    package func writtenText(hash: UInt64) -> WrittenJSON {
        WrittenJSON(tape.takeUnretainedValue(), node.range, hash: hash)
    }

    package var span: SourceSpan { tape._withUnsafeGuaranteedRef { $0.span(of: node) } }

    /// Where the key of a member stands.
    package var keySpan: SourceSpan {
        tape._withUnsafeGuaranteedRef { $0.keySpan(of: node) }
    }

    /// What a string says that is ASCII without an escape; nil for other values.
    @inlinable package var plainText: UnsafeRawBufferPointer? {
        let node = node
        guard node.kind == .string, node.isPlainText else { return nil }
        return bytes(node.textRange)
    }

    /// The key of a member where it is ASCII without an escape.
    @inlinable package var plainKey: UnsafeRawBufferPointer? {
        let node = node
        return node.isPlainKey ? bytes(node.keyRange) : nil
    }

    @inlinable
    func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: text + range.lowerBound, count: range.count)
    }
}

// What is in an array or object.
extension JSONView {
    /// The elements of an array, or the values of an object; nothing for other values.
    @inlinable package var children: Children {
        let node = node
        let isContainer = node.kind == .array || node.kind == .object
        return Children(self, isContainer ? Int(node.next) : index + 1)
    }

    package struct Children: Sequence, IteratorProtocol {
        @usableFromInline var place: Int
        @usableFromInline let end: Int
        @usableFromInline let owner: JSONView

        @inlinable
        init(_ owner: JSONView, _ end: Int) {
            self.owner = owner
            self.end = end
            place = owner.index + 1
        }

        @inlinable
        package mutating func next() -> JSONView? {
            guard place < end else { return nil }
            defer { place = Int(owner.nodes[place].next) }
            return owner.at(place)
        }

        @inlinable package var isEmpty: Bool { place == end }
    }

    /// How many there are; they are counted.
    package var childCount: Int {
        var count = 0
        for _ in children { count += 1 }
        return count
    }

    /// Whether another value is written in the same bytes.
    package func isWritten(as other: JSONView) -> Bool {
        let (one, other) = (written, other.written)
        return one.count == other.count && one.elementsEqual(other)
    }

    @inlinable
    func at(_ index: Int) -> JSONView { JSONView(nodes, text, tape, index) }

    /// The values of an object's members by the places of their names, of which there are at most
    /// ``JSONFields/limit``; nil for what is no object, or has a key that is none of the names.
    package func fields(named names: [JSONName]) -> JSONFields? {
        guard kind == .object else { return nil }
        var fields = JSONFields(of: self)
        for child in children {
            guard let key = child.plainKey?.bindMemory(to: UInt8.self),
                let place = names.firstIndex(where: { $0.equals(key) })
            else { return nil }
            fields.nodes[place] = UInt32(truncatingIfNeeded: child.index)
        }
        return fields
    }
}

/// The members of an object that were asked for, by their places among the names.
package struct JSONFields {
    /// How many may be asked for.
    package static let limit = 12

    private let owner: JSONView
    /// No member is the first node of a tape.
    fileprivate var nodes = [12 of UInt32](repeating: 0)

    fileprivate init(of owner: JSONView) { self.owner = owner }

    package subscript(place: Int) -> JSONView? {
        nodes[place] == 0 ? nil : owner.at(Int(nodes[place]))
    }
}
