import JSONSource

/// One edit of a policy document; several of one document make one new document together.
enum DocumentEdit: Sendable {
    /// A statement by its index before all edits; nil removes it.
    case statement(Int, @Sendable (JSONValue) -> JSONValue?)
    case append(JSONOutput)
    /// Of a value that need not be a policy; nil removes it.
    case replace(@Sendable (JSONValue?) -> JSONValue?)
}

extension [DocumentEdit] {
    /// The document with all edits made; nil when nothing is left of it.
    func applied(to document: JSONValue?) -> JSONValue? {
        var value = document
        for case .replace(let edit) in self { value = edit(value) }
        let statementEdits = compactMap { edit -> (Int, @Sendable (JSONValue) -> JSONValue?)? in
            if case .statement(let index, let change) = edit { (index, change) } else { nil }
        }
        let added = compactMap { if case .append(let statement) = $0 { statement } else { nil } }
        if statementEdits.isEmpty, added.isEmpty { return value }
        let base = value ?? JSONValue(written: .fields(["Version": .string("2012-10-17")]))
        var statements: [JSONValue?] = base.statements
        for (index, change) in statementEdits where statements.indices.contains(index) {
            statements[index] = statements[index].flatMap(change)
        }
        var left = statements.compactMap { $0 }
        var names = Set(left.compactMap { $0["Sid"]?.string })
        for statement in added {
            let one = statement.renamed(apartFrom: names)
            if let name = one["Sid"]?.string { names.insert(name) }
            left.append(one)
        }
        guard !left.isEmpty else { return nil }
        return base.setting(
            ["Statement"],
            to: JSONValue(.array(left), at: base.span, origin: .edited)
        )
    }
}

extension JSONOutput {
    /// The statement as a value, its Sid unlike others of the document.
    fileprivate func renamed(apartFrom names: Set<String>) -> JSONValue {
        let value = JSONValue(written: self)
        guard let name = value["Sid"]?.string, names.contains(name) else { return value }
        var number = 2
        while names.contains("\(name)\(number)") { number += 1 }
        return value.setting(["Sid"], to: JSONValue(written: .string("\(name)\(number)"))) ?? value
    }
}

extension JSONValue {
    /// A value that stands in no file.
    init(written output: JSONOutput) {
        let content: Content =
            switch output {
            case .null: .null
            case .bool(let flag): .bool(flag)
            case .integer(let number): .number(String(number))
            case .number(let text): .number(text)
            case .string(let text): .string(text)
            case .array(let elements): .array(elements.map { JSONValue(written: $0) })
            case .object(let members):
                .object(
                    members.map {
                        JSONMember(
                            key: $0.key,
                            keySpan: .nowhere,
                            value: JSONValue(written: $0.value)
                        )
                    }
                )
            }
        self.init(content, at: .nowhere, origin: .edited)
    }

    /// The statements of a policy: one object stands for a list of one (GRAM-4).
    var statements: [JSONValue] {
        guard let statement = self["Statement"] else { return [] }
        return statement.elements ?? [statement]
    }

    /// The texts of a list, or of one text that stands for it (GRAM-10).
    var texts: [String] { elements?.compactMap(\.string) ?? string.map { [$0] } ?? [] }

    /// A list with a text added, or one text made into a list.
    func appending(_ text: String) -> JSONValue {
        let values = elements ?? [self]
        return JSONValue(
            .array(values + [JSONValue(written: .string(text))]),
            at: span,
            origin: .edited
        )
    }

    /// The list without a text.
    func removing(_ text: String) -> JSONValue {
        JSONValue(
            .array((elements ?? [self]).filter { $0.string != text }),
            at: span,
            origin: .edited
        )
    }

    /// The statement with one more condition, which an existing operator may hold already.
    func adding(condition name: String, _ key: String, _ text: String) -> JSONValue {
        let conditions = self["Condition"]?.members ?? []
        let known = conditions.first { $0.key.lowercased() == name.lowercased() }?.key ?? name
        let value = JSONValue(written: .string(text))
        return setting(["Condition", known, key], to: value) ?? self
    }

    /// The statement with one more value of a condition that stands in it.
    func extending(condition name: String, _ key: String, with text: String) -> JSONValue? {
        for group in self["Condition"]?.members ?? []
        where group.key.lowercased() == name.lowercased() {
            for member in group.value.members ?? []
            where member.key.lowercased() == key.lowercased() {
                return setting(
                    ["Condition", group.key, member.key],
                    to: member.value.appending(text)
                )
            }
        }
        return nil
    }
}
