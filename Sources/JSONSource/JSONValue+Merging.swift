extension JSONValue {
    /// This value with an overlay laid over it: objects merge deeply, arrays and scalars are
    /// replaced, `null` removes.
    package func merging(_ overlay: JSONValue) -> JSONValue {
        guard let base = members, let changes = overlay.members, !isStandIn, !overlay.isStandIn
        else { return overlay.withoutNulls }
        let changeOf = Dictionary(changes.map { ($0.key, $0) }) { first, _ in first }
        var merged: [JSONMember] = []
        for member in base {
            guard let change = changeOf[member.key] else {
                merged.append(member)
                continue
            }
            if change.value.isNull { continue }
            let value = member.value.merging(change.value)
            merged.append(JSONMember(key: member.key, keySpan: change.keySpan, value: value))
        }
        let known = Set(base.map(\.key))
        for member in changes where !known.contains(member.key) && !member.value.isNull {
            let value = member.value.withoutNulls
            merged.append(JSONMember(key: member.key, keySpan: member.keySpan, value: value))
        }
        return JSONValue(.object(merged), at: span, origin: .edited)
    }

    /// An object that an overlay adds: a null in it removes what is not there.
    private var withoutNulls: JSONValue {
        guard let members else { return self }
        let left = members.filter { !$0.value.isNull }.map {
            JSONMember(key: $0.key, keySpan: $0.keySpan, value: $0.value.withoutNulls)
        }
        return JSONValue(
            .object(left),
            at: span,
            origin: left.count < members.count ? .edited : origin
        )
    }

    /// Whether it is `{"$missing": "why"}`, which stands for a value that nobody could read: it is
    /// replaced as a whole, and replaces as one.
    private var isStandIn: Bool {
        members.map { $0.count == 1 && $0[0].key == "$missing" } ?? false
    }
}
