import JSONSource
import PolicyLanguage
import ServiceCatalog

// Names and paths of IAM entities (ENT-5).
extension OrganizationLoader {
    /// Letters, digits and `+=,.@_-`, as every name in IAM is written.
    static func isIAMName(_ text: String, limit: Int) -> Bool {
        (1...limit).contains(text.utf8.count)
            && text.utf8.allSatisfy { ActionName.isNameByte($0) || nameSigns.contains($0) }
    }

    private static let nameSigns = Set("+=,.@_-".utf8)

    /// What was found in the place of a name: itself, or its length where that is the mistake.
    static func found(_ name: String, limit: Int) -> String {
        let count = name.unicodeScalars.count
        return count > limit ? ", not \(count)" : ", not '\(name)'"
    }

    mutating func checkName(_ text: String, limit: Int, kind: String, at span: SourceSpan) {
        if Self.isIAMName(text, limit: limit) { return }
        let message = "the name of \(kind) has 1 to \(limit) letters, digits and +=,.@_-"
        refuse("iam.name", message + Self.found(text, limit: limit), at: span)
    }

    /// Names of IAM entities are unique in an account without regard to case.
    mutating func checkUniqueNames(_ members: [JSONMember], limit: Int, kind: String) {
        var first: [String: JSONMember] = [:]
        for member in members {
            checkName(member.key, limit: limit, kind: "a \(kind)", at: member.keySpan)
            let canonical = member.key.lowercased()
            // A key that stands twice was reported when the file was read.
            if let earlier = first[canonical], earlier.key != member.key {
                let message = "the name '\(member.key)' is taken: names of a \(kind) ignore case"
                let problem = Diagnostic.error("iam.duplicate-name", message, at: member.keySpan)
                diagnostics.append(problem.noting("by '\(earlier.key)'", at: earlier.keySpan))
            } else {
                first[canonical] = member
            }
        }
    }

    mutating func path(_ object: ObjectReader) -> String {
        guard let text = object.string("path", &diagnostics) else { return "/" }
        let span = object.value["path"]?.span ?? object.value.span
        return checkPath(text, at: span) ? text : "/"
    }

    /// Reports a path that does not begin and end with `/`; says whether it is one.
    mutating func checkPath(_ text: String, at span: SourceSpan) -> Bool {
        let isPath =
            text.hasPrefix("/") && text.hasSuffix("/") && text != "//"
            && text.utf8.count <= Quotas.pathCharacters
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        if !isPath {
            let message =
                text.utf8.count > Quotas.pathCharacters
                ? "'path' has at most \(Quotas.pathCharacters) characters, not \(text.utf8.count)"
                : "'path' begins and ends with '/', not '\(text)'"
            refuse("iam.path", message, at: span)
        }
        return isPath
    }
}
