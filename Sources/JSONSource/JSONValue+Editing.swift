extension JSONValue {
    /// This value with another one put at a path of keys and indices (RFC 6901, RFC 6902).
    ///
    /// Objects on the way are made; in a list an index replaces and `-` appends. Nil removes what
    /// stands there. Values that are not touched are shared.
    package func setting(_ path: some Sequence<String>, to value: JSONValue?) -> JSONValue? {
        let parts = Array(path)
        guard let key = parts.first else { return value }
        if let elements { return setting(key, parts.dropFirst(), in: elements, to: value) }
        var members = self.members ?? []
        let index = members.firstIndex { $0.key == key }
        let current = index.map { members[$0].value } ?? JSONValue(.object([]), at: span)
        if value == nil, index == nil { return self }
        let changed = current.setting(parts.dropFirst(), to: value)
        switch (index, changed) {
        case (let index?, let changed?):
            let member = members[index]
            members[index] = JSONMember(key: key, keySpan: member.keySpan, value: changed)
        case (nil, let changed?):
            members.append(JSONMember(key: key, keySpan: changed.span, value: changed))
        case (let index?, nil): members.remove(at: index)
        case (nil, nil): break
        }
        return JSONValue(.object(members), at: span, origin: .edited)
    }

    private func setting(
        _ key: String,
        _ rest: ArraySlice<String>,
        in elements: [JSONValue],
        to value: JSONValue?
    ) -> JSONValue? {
        var elements = elements
        if key == "-" {
            let empty = JSONValue(.object([]), at: span)
            if let added = empty.setting(rest, to: value) { elements.append(added) }
        } else if let index = Int(key), String(index) == key, elements.indices.contains(index) {
            if let changed = elements[index].setting(rest, to: value) {
                elements[index] = changed
            } else {
                elements.remove(at: index)
            }
        } else {
            return self
        }
        return JSONValue(.array(elements), at: span, origin: .edited)
    }

    /// The value at a path of keys and indices.
    package func value(at path: some Sequence<String>) -> JSONValue? {
        JSONPointer(parts: Array(path)).value(in: self)
    }
}
