extension Check {
    /// Every check, by what it is about.
    package static let all: [Check] =
        aboutNames + aboutKeys + aboutValues + aboutResources + aboutStatements + aboutGrants
        + aboutPrincipals + aboutControlPolicies + aboutOrganizations + aboutDocuments

    /// The check of an id.
    package static func named(_ id: String) -> Check? { all.first { $0.id == id } }
}
