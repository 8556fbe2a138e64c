import Authorization
import JSONSource
import PolicyLanguage

/// The condition keys of a line, by their places in it.
struct GivenKeys {
    /// So many keys are compared with each other; a line with more is rare.
    private static let limit = 32

    struct Key: BitwiseCopyable {
        let known: KeyNames.Known
        let node: Int
    }

    private(set) var keys: [Key] = []

    mutating func removeAll() { keys.removeAll(keepingCapacity: true) }

    /// False for one key too many, and for one that is there already, spelled in whatever way.
    mutating func add(_ known: KeyNames.Known, at node: Int) -> Bool {
        guard keys.count < Self.limit else { return false }
        for key in keys where key.known.number == known.number { return false }
        keys.append(Key(known: known, node: node))
        return true
    }
}

// Condition keys and their values.
extension RequestLineReader {
    /// Notes the keys given; false where one is rare or wrong.
    mutating func readGiven(
        _ fields: RequestFields,
        _ nodes: UnsafeBufferPointer<JSONNode>,
        _ line: UnsafeRawBufferPointer
    ) -> Bool {
        given.removeAll()
        keys.forgetIfFull()
        guard let owner = fields.context else { return true }
        guard case .object = nodes[owner].kind else { return false }
        let end = Int(nodes[owner].next)
        var index = owner + 1
        while index < end {
            let node = nodes[index]
            guard let known = key(node, line), fields.overridesAWS || !known.isSetByAWS,
                Self.isSound(index, nodes),
                given.add(known, at: index)
            else { return false }
            index = Int(node.next)
        }
        return true
    }

    private mutating func key(
        _ node: JSONNode,
        _ line: UnsafeRawBufferPointer
    ) -> KeyNames.Known? {
        guard node.isPlainKey, node.keyRange.count <= TextTable<KeyNames.Known>.lengthLimit else {
            return nil
        }
        return keys.known(UnsafeRawBufferPointer(rebasing: line[node.keyRange]))
    }

    /// Whether a value is one that a key can have, within the limits.
    private static func isSound(
        _ index: Int,
        _ nodes: UnsafeBufferPointer<JSONNode>
    ) -> Bool {
        let node = nodes[index]
        switch node.kind {
        case .null: return true
        case .object: return false
        case .string, .number, .true, .false:
            return Int(node.end) - Int(node.start) <= ContextLimits.bytes
        case .array:
            guard Int(node.end) - Int(node.start) <= ContextLimits.bytes,
                Int(node.next) - index - 1 <= ContextLimits.values
            else { return false }
            return nodes[(index + 1)..<Int(node.next)].allSatisfy { element in
                switch element.kind {
                case .string, .number, .true, .false: true
                case .null, .array, .object: false
                }
            }
        }
    }

    /// What is given, as a request holds it.
    mutating func context(
        _ nodes: UnsafeBufferPointer<JSONNode>,
        _ line: UnsafeRawBufferPointer
    ) -> GivenContext {
        var entries: [GivenContext.Entry] = []
        entries.reserveCapacity(given.keys.count)
        for key in given.keys {
            entries.append(
                GivenContext.Entry(
                    key: keys.spelling(key.known),
                    value: value(key.node, nodes, line)
                )
            )
        }
        return GivenContext(distinct: entries)
    }

    /// What a key is given as; nil for `null`.
    mutating func value(
        _ index: Int,
        _ nodes: UnsafeBufferPointer<JSONNode>,
        _ line: UnsafeRawBufferPointer
    ) -> ContextValue? {
        let node = nodes[index]
        guard node.kind == .array else { return single(node, line) }
        return .set(nodes[(index + 1)..<Int(node.next)].compactMap { scalar($0, line) })
    }

    /// Texts up to this length are worth keeping as values; longer ones hardly come again.
    private static let valueLength = 64

    private mutating func single(
        _ node: JSONNode,
        _ line: UnsafeRawBufferPointer
    ) -> ContextValue? {
        guard case .string = node.kind, node.isPlainText, node.textRange.count <= Self.valueLength
        else { return scalar(node, line).map { .single($0) } }
        let text = UnsafeRawBufferPointer(rebasing: line[node.textRange])
        if let known = values.value(of: text) { return known }
        let value = ContextValue.single(String(decoding: text, as: UTF8.self))
        values.note(value, for: text)
        return value
    }

    private func scalar(_ node: JSONNode, _ line: UnsafeRawBufferPointer) -> String? {
        switch node.kind {
        case .string: scanner.string(of: node, in: line)
        case .number: String(decoding: line[node.range], as: UTF8.self)
        case .true: "true"
        case .false: "false"
        case .null, .array, .object: nil
        }
    }
}
