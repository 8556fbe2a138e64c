extension Check {
    static let aboutResources: [Check] = []
}
