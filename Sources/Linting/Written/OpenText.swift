import ServiceCatalog
import JSONSource
import PolicyLanguage

extension SourceString {
    /// Whether the text, or a part of it, looks like something to be filled in before use:
    /// `<my-org-id>`, `${ORG_ID}`, `{{account}}`, `[ROLE_NAME]`, `ORG_ID`, `o-xxxxxxxxxx`.
    ///
    /// What such a text will be is not known, so checks of values leave it alone.
    package var mayBePlaceholder: Bool {
        let template = TextTemplate(text, wildcards: .active, variables: .expanded)
        return template.pieces.contains { piece in
            switch piece {
            case .variable(let key, _): !key.isWritten || KeyLookup(key.description).isUnknown
            case .literal(let bytes): Self.looksOpen(bytes)
            case .anyRun, .anyCharacter: false
            }
        }
    }

    private static func looksOpen(_ bytes: [UInt8]) -> Bool {
        if bytes.contains(where: { "<>{}[]%#$".utf8.contains($0) }) { return true }
        let text = String(decoding: bytes, as: UTF8.self)
        if text.lowercased().contains("xxx") { return true }
        return bytes.count > 3 && text.contains("_")
            && text.allSatisfy { $0 == "_" || $0 == "-" || $0.isUppercase }
    }
}

extension ConditionKey {
    /// Whether the name is one that AWS could have: `aws:username`, but not `AWS::AccountId`.
    package var isWritten: Bool {
        description.contains(":") && !description.contains("::") && !description.hasSuffix(":")
    }
}
