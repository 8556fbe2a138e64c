extension Check {
    static let aboutGrants: [Check] = []
}
