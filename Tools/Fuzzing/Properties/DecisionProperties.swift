import Authorization
import JSONSource

/// What must hold of every decision (formats, sections 2 and 5).
struct DecisionProperties {
    let sources: SourceMap
    /// Every statement in the files of the organizations, by its place.
    private var statements: [SourceSpan: String] = [:]

    init(_ sources: SourceMap) {
        self.sources = sources
        var file: Int32 = 0
        while let text = sources.text(file) {
            if let value = JSONParser.parse(text.bytes, file: file).value { collect(value) }
            file += 1
        }
    }

    private mutating func collect(_ value: JSONValue) {
        if let content = value["Statement"] {
            for statement in content.elements ?? [content] {
                statements[statement.span] = statement["Effect"]?.string ?? ""
            }
        }
        for member in value.members ?? [] { collect(member.value) }
        for element in value.elements ?? [] { collect(element) }
    }
}

extension DecisionProperties {
    func problems(_ decision: Decision) -> [String] {
        var problems = Self.shape(decision)
        for reason in decision.reasons where reason.statementIndex != nil {
            // Session policies stand in the request, the rest of them in a file.
            guard reason.span.file >= 0, reason.policyType != .sessionPolicy else { continue }
            let wanted = reason.kind == .allow ? "Allow" : "Deny"
            switch statements[reason.span] {
            case wanted: break
            case nil: problems.append("a reason names a statement that does not exist")
            case let effect?: problems.append("a reason to \(wanted) is a statement to \(effect)")
            }
        }
        return problems
    }

    /// What its outcome says of its reasons.
    static func shape(_ decision: Decision) -> [String] {
        let kinds = decision.reasons.map(\.kind)
        let isDenied = !kinds.isEmpty && !kinds.contains(.allow)
        let holds =
            switch decision.outcome {
            case .allowed: decision.blockedBy.isEmpty
            case .explicitDeny: isDenied && kinds.contains(.explicitDeny)
            case .implicitDeny: isDenied && !kinds.contains(.explicitDeny)
            case .invalid, .expiredToken: decision.blockedBy.isEmpty
            // What may stand in the way with some values of the unknown keys.
            case .undetermined: isDenied
            }
        return holds ? [] : ["\(decision.outcome) for reasons \(kinds)"]
    }
}
