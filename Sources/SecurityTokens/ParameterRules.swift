import OrganizationModel
import PolicyLanguage

/// Limits on the parameters of STS calls; a call that breaks one is rejected (STS-7…STS-32).
///
/// Source: AWS STS API Reference, "AssumeRole", "GetFederationToken", "AssumeRoot".
enum ParameterRules {
    /// Why a name is not one of 2 to 64 letters, digits and `_+=,.@-`.
    static func problem(sessionName name: String, limit: Int = 64) -> String? {
        isWord(name, 2...limit, "_+=,.@-")
            ? nil : "'\(name)' is not a name of 2 to \(limit) letters, digits and _+=,.@-"
    }

    static func problem(externalID: String?) -> String? {
        guard let externalID, !isWord(externalID, 2...1_224, "_+=,.@:/-") else { return nil }
        return "'\(externalID)' is not an external id"
    }

    static func problem(sourceIdentity: String?) -> String? {
        guard let sourceIdentity else { return nil }
        if sourceIdentity.lowercased().hasPrefix("aws:") {
            return "a source identity cannot begin with 'aws:'"
        }
        return problem(sessionName: sourceIdentity)
    }

    static func problem(_ parameters: SessionParameters) -> String? {
        problem(tags: parameters) ?? problem(policies: parameters)
            ?? problem(sourceIdentity: parameters.sourceIdentity)
    }

    /// STS-11: 50 tags, keys of 128 and values of 256 characters, unique without regard to case.
    private static func problem(tags parameters: SessionParameters) -> String? {
        let pairs = parameters.tags.pairs
        if pairs.count > 50 { return "\(pairs.count) session tags are passed, STS takes 50" }
        for tag in pairs {
            if tag.key.lowercased().hasPrefix("aws:") {
                return "the tag key '\(tag.key)' is reserved"
            }
            if tag.key.isEmpty || tag.key.count > 128 { return "a tag key has 1 to 128 characters" }
            if tag.value.count > 256 {
                return "the value of the tag '\(tag.key)' is longer than 256"
            }
        }
        let keys = Set(pairs.map { $0.key.lowercased() })
        if keys.count < pairs.count { return "two session tags have keys that differ by case only" }
        let transitive = parameters.transitiveTagKeys
        guard let stray = transitive.first(where: { !keys.contains($0.lowercased()) }) else {
            return nil
        }
        return "the transitive tag key '\(stray)' is no tag of the call"
    }

    /// STS-19, RES-5: ten managed policies, 2,048 characters, complete ARNs.
    private static func problem(policies parameters: SessionParameters) -> String? {
        if parameters.managedPolicies.count > 10 {
            return
                "\(parameters.managedPolicies.count) managed session policies are passed, STS takes 10"
        }
        guard let document = parameters.policy?.document else { return nil }
        if document.size > 2_048 {
            return "the session policy has \(document.size) characters, STS takes 2048"
        }
        for statement in document.statements {
            let patterns = statement.resources?.patterns ?? []
            if let short = patterns.first(where: \.isIncomplete) {
                return "'\(short.text)' in the session policy is not a complete ARN"
            }
        }
        return nil
    }

    private static func isWord(_ text: String, _ length: ClosedRange<Int>, _ others: String) -> Bool
    {
        let allowed = Set(others.utf8)
        return length.contains(text.utf8.count)
            && text.utf8.allSatisfy { ActionName.isNameByte($0) || allowed.contains($0) }
    }
}
