extension Check {
    static let aboutPrincipals: [Check] = []
}
