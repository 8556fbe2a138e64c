package import JSONSource
import PolicyLanguage

extension PolicyKind {
    /// What a document on its own is most likely for, judged by its elements and its path.
    ///
    /// An SCP and an identity policy look alike, and so do policies of resources, RCPs and policies
    /// of endpoints: the name of the file decides between them, or the nearest folder that says.
    package init(guessedFrom value: JSONValue, path: String) {
        let policy = WrittenPolicy(value, .identityPolicy, name: "")
        let hasPrincipal = policy.statements.contains { $0.principals != nil }
        let names = path.split(separator: "/").reversed()
        let said = names.enumerated().lazy.compactMap { distance, name in
            Self.said(in: String(name), isFolder: distance > 0, hasPrincipal: hasPrincipal)
        }.first
        if let said {
            self = said
        } else if !hasPrincipal {
            self = .identityPolicy
        } else {
            let isTrust = policy.statements.allSatisfy(\.isAboutAssumption)
            self = isTrust ? .trustPolicy : .resourcePolicy
        }
    }

    /// The kind that the name of a file or folder speaks of, among those the elements allow.
    ///
    /// A file named after IAM roles may well protect them; a folder of that name holds theirs.
    private static func said(
        in name: String,
        isFolder: Bool,
        hasPrincipal: Bool
    ) -> PolicyKind? {
        let words = words(of: name)
        func has(_ wanted: String...) -> Bool { wanted.contains { words.contains($0) } }
        func has(_ first: String, then second: String) -> Bool {
            zip(words, words.dropFirst()).contains { $0 == (first, second) }
        }
        if !hasPrincipal {
            if has("scp", "guardrail") || has("service", then: "control") {
                return .serviceControlPolicy
            }
            let isIdentity =
                has("identity")
                || isFolder && has("iam", "identitie", "role", "user", "group", "permission")
            return isIdentity ? .identityPolicy : nil
        }
        if has("rcp") || has("resource", then: "control") { return .resourceControlPolicy }
        if has("vpce", "endpoint") { return .endpointPolicy }
        if has("trust", "assume") { return .trustPolicy }
        let isResource = isFolder && has("bucket", "key", "queue", "topic", "resource")
        return isResource ? .resourcePolicy : nil
    }

    /// The words of a name in lower case and without the `s` of a plural; `EndpointDefault` is two.
    private static func words(of name: String) -> [String] {
        var spaced = ""
        for character in name {
            if character.isUppercase, spaced.last?.isLowercase == true { spaced.append(" ") }
            spaced.append(character)
        }
        return spaced.lowercased().split { !$0.isLetter && !$0.isNumber }
            .map { $0.hasSuffix("s") ? String($0.dropLast()) : String($0) }
    }
}

extension WrittenStatement {
    /// Without a resource, and about `sts` alone: a role's trust.
    fileprivate var isAboutAssumption: Bool {
        guard resources == nil, let actions, !actions.entries.isEmpty else { return false }
        return actions.entries.allSatisfy { $0.actionPattern?.service == "sts" }
    }
}
