extension JSONValue {
    /// This value with another one put at a path of keys; objects on the way are made.
    ///
    /// Nil removes what stands there. Values that are not touched are shared.
    package func setting(_ path: some Sequence<String>, to value: JSONValue?) -> JSONValue? {
        let parts = Array(path)
        guard let key = parts.first else { return value }
        let rest = parts.dropFirst()
        var members = self.members ?? []
        let index = members.firstIndex { $0.key == key }
        let current = index.map { members[$0].value } ?? JSONValue(.object([]), at: span)
        if value == nil, index == nil { return self }
        let changed = current.setting(rest, to: value)
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

    /// The value at a path of keys.
    package func value(at path: some Sequence<String>) -> JSONValue? {
        path.reduce(Optional(self)) { $0?[$1] }
    }
}
