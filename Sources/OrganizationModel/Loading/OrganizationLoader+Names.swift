import JSONSource
import PolicyLanguage
import ServiceCatalog

// Names and paths of IAM entities (ENT-5).
extension OrganizationLoader {
    /// Letters, digits and `+=,.@_-`, as every name in IAM is written.
    static func isIAMName(_ text: String, limit: Int) -> Bool {
        (1...limit).contains(text.utf8.count)
            && text.utf8.allSatisfy { ActionName.isNameByte($0) || isNameSign($0) }
    }

    private static func isNameSign(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "."),
            UInt8(ascii: "@"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

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
        if members.isEmpty || Self.areUniqueNames(members.map(\.key), limit: limit) { return }
        var first: [String: JSONMember] = [:]
        first.reserveCapacity(members.count)
        for member in members {
            let name = member.key
            if !Self.isIAMName(name, limit: limit) {
                checkName(name, limit: limit, kind: "a \(kind)", at: member.keySpan)
            }
            let canonical = name.lowercased()
            guard let earlier = first.updateValue(member, forKey: canonical) else { continue }
            // A key that stands twice was reported when the file was read.
            if earlier.key != name {
                first[canonical] = earlier
                let message = "the name '\(member.key)' is taken: names of a \(kind) ignore case"
                let problem = Diagnostic.error("iam.duplicate-name", message, at: member.keySpan)
                diagnostics.append(problem.noting("by '\(earlier.key)'", at: earlier.keySpan))
            }
        }
    }

    /// Whether all are sound names and none is another one's in letters of another case; may say
    /// no where it is so.
    private static func areUniqueNames(_ names: [String], limit: Int) -> Bool {
        guard names.allSatisfy({ isIAMName($0, limit: limit) }) else { return false }
        // The bit that tells letters of two cases apart tells nothing else of these apart.
        var hashes = names.map { name in
            name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, byte in
                (hash ^ UInt64(byte | 0x20)) &* 0x100_0000_01b3
            }
        }
        hashes.sort()
        return !zip(hashes, hashes.dropFirst()).contains(where: ==)
    }

    mutating func path(_ object: ObjectReader) -> String {
        guard let text = object.string("path", &diagnostics) else { return "/" }
        let span = object.value["path"]?.span ?? object.value.span
        return checkPath(text, at: span) ? text : "/"
    }

    static func isPath(_ text: String) -> Bool {
        text.hasPrefix("/") && text.hasSuffix("/") && text != "//"
            && text.utf8.count <= Quotas.pathCharacters
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Reports a path that does not begin and end with `/`; says whether it is one.
    mutating func checkPath(_ text: String, at span: SourceSpan) -> Bool {
        let isPath = Self.isPath(text)
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
