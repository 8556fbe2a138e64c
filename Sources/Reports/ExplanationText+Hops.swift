import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage

extension ExplanationText {
    /// More hops than these have their middle counted.
    private static let hopLimit = 6

    /// How the session came to be, hop by hop.
    func hops(_ explanation: Explanation) -> [String] {
        let hops = explanation.hops
        guard let first = hops.first else { return [] }
        var lines = Wrapping.line("session: ", first.name, hanging: 2)
        let rest = hops.dropFirst()
        if rest.count > Self.hopLimit {
            let skipped = rest.count - Self.hopLimit
            lines += rest.prefix(Self.hopLimit / 2).flatMap(hop)
            lines.append("  … and \(skipped) more hops")
            lines += rest.suffix(Self.hopLimit / 2).flatMap(hop)
        } else {
            lines += rest.flatMap(hop)
        }
        return lines
    }

    private func hop(_ hop: Hop) -> [String] {
        let how = hop.permissionSet.map { "signs in with the permission set \($0)" } ?? hop.call
        let facts = hop.session.map(SessionText.facts) ?? []
        let text = "\(how ?? "") as " + ([hop.name] + facts).joined(separator: ", ")
        return Wrapping.line("  → ", text, hanging: 4)
    }
}

/// What a session carries, in a few words each.
enum SessionText {
    static func facts(_ session: Session) -> [String] {
        var facts: [String] = []
        if !session.name.isEmpty { facts.append("session \(session.name)") }
        let tags = session.tags.pairs.prefix(4).map { tag in
            let isTransitive = session.transitiveTagKeys.contains(tag.key.lowercased())
            return "tag \(tag.key)=\(tag.value)" + (isTransitive ? " (transitive)" : "")
        }
        facts += tags
        if session.tags.pairs.count > tags.count {
            facts.append("… and \(session.tags.pairs.count - tags.count) more tags")
        }
        if let identity = session.sourceIdentity { facts.append("source identity \(identity)") }
        if let policies = session.policies {
            let names = policies.prefix(3).map { $0.name ?? "inline" }.joined(separator: ", ")
            facts.append("session policy \(names)")
        }
        switch session.mfa {
        case .notCarried: break
        case .notUsed: facts.append("without MFA")
        case .used: facts.append("with MFA")
        }
        if let end = session.expiresAt { facts.append("until \(end)") }
        return facts
    }
}
