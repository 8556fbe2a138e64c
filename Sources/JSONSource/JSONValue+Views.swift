// Ways to look at a value that make no arrays and no strings.
extension JSONValue {
    /// The elements of an array, or the values of an object; nothing for other values.
    package var children: JSONChildren {
        switch storage {
        case .written(let tape, let index):
            JSONChildren(tape, of: tape.node(Int(index)), at: Int(index))
        case .built(let built): JSONChildren(built.content)
        }
    }

    /// An element of an array, found by counting; nil where there is none.
    package func element(_ index: Int) -> JSONValue? {
        guard isArray, index >= 0 else { return nil }
        var left = index
        for element in children {
            if left == 0 { return element }
            left -= 1
        }
        return nil
    }

    /// The members of an object; nothing for other values.
    package var eachMember: JSONMembers { JSONMembers(self) }

    /// The first member of that name.
    package func member(_ key: String) -> JSONMember? {
        switch storage {
        case .written(let tape, let index):
            tape.value(of: key, in: Int(index)).map { JSONMember(written: $0) }
        case .built: eachMember.first { $0.key == key }
        }
    }

    /// The first member of that name.
    package func member(_ name: JSONName) -> JSONMember? {
        switch storage {
        case .written(let tape, let index):
            tape.value(of: name, in: Int(index)).map { JSONMember(written: $0) }
        case .built: eachMember.first { $0.hasKey(name) }
        }
    }

    /// Whether every key of an object is one of a few names.
    func hasKeys(only known: [JSONName]) -> Bool {
        switch storage {
        case .written(let tape, let index): tape.hasKeys(only: known, in: Int(index))
        case .built: eachMember.allSatisfy { $0.index(in: known) != nil }
        }
    }

    /// The value of a member; the first one where a key stands twice.
    package func value(of name: JSONName) -> JSONValue? {
        switch storage {
        case .written(let tape, let index): tape.value(of: name, in: Int(index))
        case .built: self[name.text]
        }
    }

    /// The values of several members in one pass, in the order of the names; those of the first
    /// ones where a key stands twice.
    package func values<let count: Int>(
        of names: [count of JSONName]
    ) -> [count of JSONValue?] {
        var found = [count of JSONValue?](repeating: nil)
        var left = count
        for member in eachMember {
            for index in 0..<count where found[index] == nil && member.hasKey(names[index]) {
                found[index] = member.value
                left -= 1
                break
            }
            if left == 0 { break }
        }
        return found
    }

    /// Whether it is a string that says so.
    package func isString(_ name: JSONName) -> Bool {
        switch storage {
        case .written(let tape, let node): tape.text(of: tape.node(Int(node)), is: name)
        case .built: string == name.text
        }
    }

    package var bool: Bool? {
        switch kind {
        case .true: true
        case .false: false
        case .null, .number, .string, .array, .object: nil
        }
    }

    /// Whether an object with a key that begins with `$` may stand in it, such as a reference.
    var mayRefer: Bool {
        switch storage {
        case .written(let tape, let node): tape.node(Int(node)).isMarked
        case .built: isObject || isArray
        }
    }

    /// Lends the bytes that are written where the value stands; nil where that is not all of it.
    package func withWrittenBytes<Result>(
        _ body: (UnsafeRawBufferPointer) -> Result?
    ) -> Result? {
        guard case .written(let tape, let index) = storage else { return nil }
        let range = tape.node(Int(index)).range
        return tape.bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
}

extension JSONTape {
    // PERF: asked of every object of an organization; no member is made.
    func hasKeys(only known: [JSONName], in index: Int) -> Bool {
        let owner = node(index)
        guard owner.kind == .object else { return true }
        var child = index + 1
        while child < Int(owner.next) {
            let node = node(child)
            guard known.contains(where: { key(of: node, is: $0) }) else { return false }
            child = Int(node.next)
        }
        return true
    }

    func value(of name: JSONName, in index: Int) -> JSONValue? {
        let owner = node(index)
        guard owner.kind == .object else { return nil }
        var child = index + 1
        while child < Int(owner.next) {
            let node = node(child)
            if key(of: node, is: name) { return JSONValue(self, at: child) }
            child = Int(node.next)
        }
        return nil
    }

    func value(of key: String, in index: Int) -> JSONValue? {
        let owner = node(index)
        guard owner.kind == .object else { return nil }
        var key = key
        return key.withUTF8 { name in
            let isASCII = name.allSatisfy { $0 < 0x80 }
            return bytes.withUnsafeBufferPointer { bytes in
                var child = index + 1
                while child < Int(owner.next) {
                    let node = node(child)
                    if isASCII, node.isPlainKey {
                        let range = node.keyRange
                        if range.count == name.count,
                            zip(range, name).allSatisfy({ bytes[$0] == $1 })
                        {
                            return JSONValue(self, at: child)
                        }
                    } else if self.key(of: node) == String(decoding: name, as: UTF8.self) {
                        // As Swift compares strings: two spellings of a letter are one.
                        return JSONValue(self, at: child)
                    }
                    child = Int(node.next)
                }
                return nil
            }
        }
    }
}
