import JSONSource
import PolicyLanguage

/// A statement of a document that is to be changed.
struct StatementSite {
    let document: JSONValue
    let grammar: PolicyGrammar
    let index: Int
    let path: [String]
    let value: JSONValue

    /// The statements of a document; one object stands for a list of one (GRAM-4).
    static func all(of document: JSONValue, _ grammar: PolicyGrammar) -> [StatementSite] {
        guard let statements = document["Statement"] else { return [] }
        func site(_ index: Int, _ path: [String], _ value: JSONValue) -> StatementSite {
            StatementSite(
                document: document,
                grammar: grammar,
                index: index,
                path: path,
                value: value
            )
        }
        guard let elements = statements.elements else {
            return [site(0, ["Statement"], statements)]
        }
        return elements.enumerated().map { site($0, ["Statement", String($0)], $1) }
    }
}

extension StatementSite {
    /// The Sid, or the index where there is none.
    var label: String {
        value["Sid"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? String(index)
    }

    var isDeny: Bool { value["Effect"]?.string == "Deny" }

    /// The document with another value at a path of the statement; nil takes it away.
    func document(setting path: [String], to new: JSONValue?) -> JSONValue {
        document.setting(self.path + path, to: new) ?? document
    }

    /// The document with another statement in this one's place.
    func document(with statement: JSONValue) -> JSONValue { document(setting: [], to: statement) }

    func draft(
        _ kind: MutationOperator,
        _ detail: String,
        at span: SourceSpan,
        _ sentence: String,
        _ document: JSONValue
    ) -> Draft {
        Draft(
            kind: kind,
            statement: index,
            detail: "\(label)\u{0}\(detail)",
            span: span,
            sentence: "\(sentence) of the statement '\(label)'",
            document: document
        )
    }

    /// The elements of a statement that list texts, as far as they are there.
    func list(_ element: String) -> TextList? { value[element].map { TextList($0, at: [element]) } }

    /// Every operator on every key.
    var conditions: [ConditionSite] {
        (value["Condition"]?.members ?? []).flatMap { group -> [ConditionSite] in
            guard let known = ConditionOperator(group.key) else { return [] }
            return (group.value.members ?? []).map { member in
                ConditionSite(
                    name: group.key,
                    known: known,
                    key: member.key,
                    span: member.keySpan,
                    values: TextList(member.value, at: ["Condition", group.key, member.key])
                )
            }
        }
    }
}

/// One operator on one key of a statement.
struct ConditionSite {
    /// The operator as it is spelled.
    let name: String
    let known: ConditionOperator
    let key: String
    let span: SourceSpan
    let values: TextList

    var text: String { "\(name) \(key)" }
}

/// One text or a list of them, which are the same (GRAM-10).
struct TextList {
    let path: [String]
    let isList: Bool
    let entries: [Entry]

    struct Entry {
        let text: String
        let span: SourceSpan
        let path: [String]
    }

    init(_ value: JSONValue, at path: [String]) {
        self.path = path
        isList = value.isArray
        let elements = value.elements.map { $0.enumerated().map { ($1, path + [String($0)]) } }
        entries = (elements ?? [(value, path)]).compactMap { element, path in
            Self.text(element).map { Entry(text: $0, span: element.span, path: path) }
        }
    }

    private static func text(_ value: JSONValue) -> String? {
        switch value.content {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}

extension JSONValue {
    /// A text in place of what stands somewhere.
    static func edited(_ text: String, at span: SourceSpan) -> JSONValue {
        JSONValue(.string(text), at: span, origin: .edited)
    }
}
