package import JSONSource
package import PolicyLanguage

/// A statement as written.
package struct WrittenStatement: Sendable {
    package let value: JSONValue
    /// Position in the document, counted from 0.
    package let index: Int
    package let sid: SourceString?
    /// Nil where it is neither "Allow" nor "Deny".
    package let effect: Statement.Effect?
    package let actions: Element?
    package let resources: Element?
    package let principals: Principals?
    package let conditions: [WrittenCondition]

    /// `Action`, `Resource` or what excludes them.
    package struct Element: Sendable {
        package let key: SourceString
        package let isNegated: Bool
        package let entries: [SourceString]
        /// The entries ready to be compared with others; actions in lower case.
        let globs: [Glob]
    }

    /// `Principal` or `NotPrincipal`.
    package struct Principals: Sendable {
        package let key: SourceString
        package let isNegated: Bool
        package let entries: [Principal]
    }

    package struct Principal: Sendable {
        /// `AWS`, `Service`, `Federated` or `CanonicalUser`; `AWS` for a bare `*`.
        package let kind: String
        package let text: SourceString
    }

    init?(_ value: JSONValue, index: Int) {
        guard value.members != nil else { return nil }
        self.value = value
        self.index = index
        sid = value["Sid"].flatMap { SourceString(written: $0) }
        effect = value["Effect"]?.string.flatMap { Statement.Effect(rawValue: $0) }
        actions = Element("Action", "NotAction", in: value)
        resources = Element("Resource", "NotResource", in: value)
        principals = Principals(in: value)
        conditions = (value["Condition"]?.members ?? []).flatMap { WrittenCondition.all(under: $0) }
    }
}

extension WrittenStatement.Element {
    fileprivate init?(_ name: String, _ negated: String, in value: JSONValue) {
        guard let member = value.members?.first(where: { [name, negated].contains($0.key) }) else {
            return nil
        }
        key = SourceString(member.key, at: member.keySpan)
        isNegated = member.key == negated
        let entries = SourceString.written(member.value)
        let ignoresCase = name == "Action"
        self.entries = entries
        globs = entries.map { Glob(ignoresCase ? $0.text.lowercased() : $0.text) }
    }
}

extension WrittenStatement.Principals {
    fileprivate init?(in value: JSONValue) {
        let names = ["Principal", "NotPrincipal"]
        guard let member = value.members?.first(where: { names.contains($0.key) }) else {
            return nil
        }
        key = SourceString(member.key, at: member.keySpan)
        isNegated = member.key == "NotPrincipal"
        if let text = SourceString(written: member.value) {
            entries = [WrittenStatement.Principal(kind: "AWS", text: text)]
        } else {
            entries = (member.value.members ?? []).flatMap { kind in
                SourceString.written(kind.value).map {
                    WrittenStatement.Principal(kind: kind.key, text: $0)
                }
            }
        }
    }

    /// The entry that means everybody.
    package var everyone: WrittenStatement.Principal? {
        entries.first { $0.kind == "AWS" && $0.text.text == "*" }
    }

    package func entries(ofKind kind: String) -> [WrittenStatement.Principal] {
        entries.filter { $0.kind == kind }
    }
}

extension WrittenStatement {
    package var isAllow: Bool { effect == .allow }
    package var isDeny: Bool { effect == .deny }

    /// What messages call it: the Sid, or its number.
    package var label: String {
        sid.flatMap { $0.text.isEmpty ? nil : "'\($0.text)'" } ?? "number \(index + 1)"
    }

    /// Where a remark about the statement as a whole points.
    package var place: SourceSpan {
        sid?.span ?? value.members?.first { $0.key == "Effect" }?.value.span ?? value.span
    }

    /// The conditions on a key, in any case.
    package func conditions(on key: String) -> [WrittenCondition] {
        let wanted = ConditionKey(key)
        return conditions.filter { ConditionKey($0.key.text) == wanted }
    }

    /// Whether the statement covers all resources.
    package var coversEverything: Bool {
        guard let resources else { return true }
        return !resources.isNegated && resources.entries.contains { $0.text == "*" }
    }
}
