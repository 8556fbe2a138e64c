/// A pattern of `aws:PrincipalArn` that takes a role by its name in whatever account it is.
struct OpenRoleName {
    /// `role/` with path and name.
    let role: String

    /// Nil where the account is given, and for names that AWS alone gives: those of service-linked
    /// roles, of Identity Center, and with a colon.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[2] == "iam", parts[4] == "*" else { return nil }
        guard parts[5].hasPrefix("role/"), !parts[5].contains(":") else { return nil }
        let name = parts[5].dropFirst("role/".count)
        if ["aws-reserved/", "aws-service-role/"].contains(where: { name.hasPrefix($0) }) {
            return nil
        }
        role = String(parts[5])
    }
}
