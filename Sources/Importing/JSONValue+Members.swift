import JSONSource

extension JSONValue {
    /// The value of a member that is there and not null.
    func present(_ key: String) -> JSONValue? { self[key].flatMap { $0.isNull ? nil : $0 } }

    /// The value of a member that is a string and not empty.
    func name(_ key: String) -> SourceString? {
        guard let value = self[key], let text = value.string, !text.isEmpty else { return nil }
        return SourceString(text, at: value.span)
    }

    /// The value where it is a list or one element without the list around it.
    var asList: JSONValue? {
        if elements != nil { return self }
        return members?.isEmpty == false ? JSONValue(.array([self]), at: span) : nil
    }

    /// The value at a path of members.
    func member(_ path: [String]) -> JSONValue? {
        path.reduce(self) { value, key in value?.present(key) }
    }
}

extension SourceString {
    var value: JSONValue { JSONValue(.string(text), at: span) }

    /// The same text as it follows from another place.
    func moved(to span: SourceSpan) -> SourceString { SourceString(text, at: span) }

    /// Another text that follows from this one.
    func renamed(_ text: String) -> SourceString { SourceString(text, at: span) }
}

extension [SourceString] {
    func list(at span: SourceSpan) -> JSONValue { JSONValue(.array(map(\.value)), at: span) }
}
