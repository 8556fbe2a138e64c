extension Check {
    static let aboutControlPolicies: [Check] = []
}
