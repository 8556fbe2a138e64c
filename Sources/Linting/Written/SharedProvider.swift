/// OIDC providers whose tokens anybody can get, and how their subjects begin.
///
/// Source: the guides of the providers; GitHub's and Buildkite's hosts were read in 2026-11, the
/// others not one by one. The whole list is in the IAM User Guide, "Identity-provider controls for
/// shared OIDC providers".
struct SharedProvider {
    let host: String
    /// What stands before the name of the owner in a subject, and what ends that name.
    let subjectStart: String
    let ownerEnd: Character

    static let all = [
        SharedProvider(
            host: "token.actions.githubusercontent.com",
            subjectStart: "repo:",
            ownerEnd: "/"
        ),
        SharedProvider(host: "gitlab.com", subjectStart: "project_path:", ownerEnd: "/"),
        SharedProvider(host: "app.terraform.io", subjectStart: "organization:", ownerEnd: ":"),
        SharedProvider(host: "agent.buildkite.com", subjectStart: "organization:", ownerEnd: ":"),
        SharedProvider(host: "oidc.codefresh.io", subjectStart: "account:", ownerEnd: ":"),
    ]

    /// How messages call those whom a token without a condition on its subject may come from.
    static func crowd(of host: String) -> String? {
        if all.contains(where: { $0.host == host }) { return "every customer of \(host)" }
        if host.hasPrefix("oidc.eks."), host.contains(".amazonaws.com") {
            return "every service account of the cluster"
        }
        return nil
    }

    /// Whether a subject with wildcards leaves the owner open.
    func leavesOwnerOpen(_ subject: String) -> Bool {
        let literal = subject.prefix { $0 != "*" && $0 != "?" }
        if literal.count == subject.count { return false }
        if subjectStart.hasPrefix(literal) { return true }
        guard literal.hasPrefix(subjectStart) else { return false }
        return !literal.dropFirst(subjectStart.count).contains(ownerEnd)
    }
}
