extension Check {
    static let aboutValues: [Check] = []
}
