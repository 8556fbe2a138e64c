/// The values in an array or object, one after the other, without an array of them.
package struct JSONChildren: Sequence, Sendable {
    enum Source: Sendable {
        case written(JSONTape, from: Int, to: Int)
        case elements([JSONValue])
        case members([JSONMember])
    }

    private let source: Source

    init(_ tape: JSONTape, of node: JSONNode, at index: Int) {
        let isContainer = node.kind == .array || node.kind == .object
        source = .written(tape, from: index + 1, to: isContainer ? Int(node.next) : index + 1)
    }

    init(_ content: JSONValue.Content) {
        switch content {
        case .array(let elements): source = .elements(elements)
        case .object(let members): source = .members(members)
        case .null, .bool, .number, .string: source = .elements([])
        }
    }

    package struct Iterator: IteratorProtocol {
        private let source: Source
        private var index: Int

        init(of source: Source) {
            self.source = source
            index = if case .written(_, let from, _) = source { from } else { 0 }
        }

        package mutating func next() -> JSONValue? {
            switch source {
            case .written(let tape, _, let end):
                guard index < end else { return nil }
                defer { index = Int(tape.node(index).next) }
                return JSONValue(tape, at: index)
            case .elements(let elements):
                guard index < elements.count else { return nil }
                defer { index += 1 }
                return elements[index]
            case .members(let members):
                guard index < members.count else { return nil }
                defer { index += 1 }
                return members[index].value
            }
        }
    }

    package func makeIterator() -> Iterator { Iterator(of: source) }

    /// How many there are; they are counted.
    package var count: Int {
        switch source {
        case .written(let tape, var index, let end):
            var count = 0
            while index < end {
                count += 1
                index = Int(tape.node(index).next)
            }
            return count
        case .elements(let elements): return elements.count
        case .members(let members): return members.count
        }
    }

    package var isEmpty: Bool {
        switch source {
        case .written(_, let from, let to): from == to
        case .elements(let elements): elements.isEmpty
        case .members(let members): members.isEmpty
        }
    }

    var values: [JSONValue] {
        var values: [JSONValue] = []
        values.reserveCapacity(count)
        for value in self { values.append(value) }
        return values
    }

    /// The members that the values of an object are part of.
    var members: [JSONMember] {
        if case .members(let members) = source { return members }
        var members: [JSONMember] = []
        members.reserveCapacity(count)
        for value in self { members.append(JSONMember(written: value)) }
        return members
    }
}

/// The members of an object, one after the other, without an array of them.
package struct JSONMembers: Sequence, Sendable {
    enum Source: Sendable {
        case written(JSONChildren)
        case built([JSONMember])
    }

    private let source: Source

    init(_ value: JSONValue) {
        switch value.storage {
        case .written where value.isObject: source = .written(value.children)
        case .built(let built):
            if case .object(let members) = built.content {
                source = .built(members)
            } else {
                source = .built([])
            }
        case .written: source = .built([])
        }
    }

    package struct Iterator: IteratorProtocol {
        private var written: JSONChildren.Iterator?
        private var built: [JSONMember].Iterator?

        init(of source: Source) {
            switch source {
            case .written(let children): written = children.makeIterator()
            case .built(let members): built = members.makeIterator()
            }
        }

        package mutating func next() -> JSONMember? {
            if let value = written?.next() { return JSONMember(written: value) }
            return built?.next()
        }
    }

    package func makeIterator() -> Iterator { Iterator(of: source) }

    /// How many there are; they are counted.
    package var count: Int {
        switch source {
        case .written(let children): children.count
        case .built(let members): members.count
        }
    }

    package var isEmpty: Bool {
        switch source {
        case .written(let children): children.isEmpty
        case .built(let members): members.isEmpty
        }
    }
}
