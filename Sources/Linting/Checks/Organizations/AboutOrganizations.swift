extension Check {
    static let aboutOrganizations: [Check] = []
}
