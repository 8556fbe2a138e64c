extension JSONValue {
    /// This value with an overlay laid over it: objects merge deeply, arrays and scalars are
    /// replaced, `null` removes.
    package func merging(_ overlay: JSONValue) -> JSONValue {
        guard let base = members, let changes = overlay.members else { return overlay }
        var merged: [JSONMember] = []
        for member in base {
            guard let change = changes.first(where: { $0.key == member.key }) else {
                merged.append(member)
                continue
            }
            if change.value.isNull { continue }
            let value = member.value.merging(change.value)
            merged.append(JSONMember(key: member.key, keySpan: change.keySpan, value: value))
        }
        let known = Set(base.map(\.key))
        merged += changes.filter { !known.contains($0.key) && !$0.value.isNull }
        return JSONValue(.object(merged), at: span)
    }
}
