package import JSONSource
import PolicyLanguage

extension PolicyKind {
    /// What a document on its own is most likely for, judged by its elements and its path.
    ///
    /// An SCP and an identity policy look alike, so the words in the path decide between them.
    package init(guessedFrom value: JSONValue, path: String) {
        let policy = WrittenPolicy(value, .identityPolicy, name: "")
        let words = Self.words(of: path)
        func isSaid(_ word: String, _ first: String, _ second: String) -> Bool {
            words.contains(word) || zip(words, words.dropFirst()).contains { $0 == (first, second) }
        }
        let hasPrincipal = policy.statements.contains { $0.principals != nil }
        if !hasPrincipal {
            let isControl = isSaid("scp", "service", "control") || words.contains("guardrail")
            self = isControl ? .serviceControlPolicy : .identityPolicy
        } else if isSaid("rcp", "resource", "control") {
            self = .resourceControlPolicy
        } else if isSaid("vpce", "vpc", "endpoint") || words.contains("endpoint") {
            self = .endpointPolicy
        } else if policy.statements.allSatisfy(\.isAboutAssumption) {
            self = .trustPolicy
        } else {
            self = .resourcePolicy
        }
    }

    /// The words of a path in lower case and without the `s` of a plural; `EndpointDefault` is two.
    private static func words(of path: String) -> [String] {
        var spaced = ""
        for character in path {
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
