import JSONSource
import PolicyLanguage

extension StatementSite {
    /// No action has this name, nor will: it is no word.
    static let noAction = "sts:-"

    /// The statement is there no more.
    ///
    /// Something that never applies takes its place: the statements behind it keep their numbers, by
    /// which checks may know them.
    func dropped() -> [Draft] {
        func member(_ key: String, _ text: String) -> JSONMember {
            JSONMember(key: key, keySpan: value.span, value: .edited(text, at: value.span))
        }
        var members = [member("Effect", "Deny")]
        if grammar.principal != .forbidden { members.append(member("Principal", "*")) }
        members.append(member("Action", Self.noAction))
        if grammar.resource != .forbidden { members.append(member("Resource", "*")) }
        let nothing = JSONValue(.object(members), at: value.span, origin: .edited)
        return [
            Draft(
                kind: .dropStatement,
                statement: index,
                detail: label,
                span: value.span,
                sentence: "drops the statement '\(label)'",
                document: document(with: nothing)
            )
        ]
    }
}
