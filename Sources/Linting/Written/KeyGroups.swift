/// Condition keys that belong together, in lower case.
enum KeyGroups {
    /// Keys that only requests through a VPC endpoint carry.
    static let endpoints: Set<String> = [
        "aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn", "aws:vpcsourceip",
        "aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths",
    ]

    /// Keys that hold paths in an organization.
    static let organizationPaths: Set<String> = [
        "aws:principalorgpaths", "aws:resourceorgpaths", "aws:sourceorgpaths",
        "aws:vpceorgpaths",
    ]
}
