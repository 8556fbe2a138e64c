package import PolicyLanguage

/// Values as explanations write them: in quotation marks, long lists with their end counted.
package enum ValueText {
    /// How many values of a list are written out.
    static let listLimit = 4
    /// The longest value that is written in full, in bytes; ARNs have 2,048 at most.
    private static let limit = 160

    package static func quoted(_ text: String) -> String {
        let isARN = text.hasPrefix("arn:")
        guard text.utf8.count > (isARN ? 2_048 : limit) else { return "\"\(text)\"" }
        // Cut by scalars: one character may have a thousand of them.
        let scalars = text.unicodeScalars
        let beginning = String(scalars.prefix(limit / 2))
        return "\"\(beginning)…\" (\(text.utf8.count) bytes)"
    }

    /// `["a", "b", … and 27 more]`, the value that matters first.
    package static func list(_ texts: [String], first: Int? = nil) -> String {
        var order = Array(texts.indices)
        if let first, texts.indices.contains(first), texts.count > listLimit {
            order.remove(at: first)
            order.insert(first, at: 0)
        }
        var parts = order.prefix(listLimit).map { quoted(texts[$0]) }
        // One more is as short as its count.
        if texts.count == listLimit + 1 {
            parts.append(quoted(texts[order[listLimit]]))
        } else if texts.count > listLimit {
            parts.append("… and \(texts.count - listLimit) more")
        }
        return "[\(parts.joined(separator: ", "))]"
    }

    package static func value(_ value: ContextValue) -> String {
        guard value.isMultivalued else { return quoted(value.values.first ?? "") }
        return list(value.values)
    }

    /// `, with "${aws:PrincipalTag/team}" = "data"` for what stands in place of variables.
    static func variables(
        _ values: [PutInValue],
        _ isUnknown: (ConditionKey) -> Bool
    ) -> String {
        var seen: Set<ConditionKey> = []
        let distinct = values.filter { seen.insert($0.variable).inserted }
        let parts = distinct.prefix(listLimit).map { value in
            let name = quoted("${\(value.variable)}")
            if isUnknown(value.variable) { return "\(name) unknown" }
            return value.value.map { "\(name) = \(quoted($0))" } ?? "\(name) without a value"
        }
        return parts.isEmpty ? "" : ", with " + parts.joined(separator: ", ")
    }
}
