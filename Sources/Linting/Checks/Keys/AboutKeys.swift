extension Check {
    static let aboutKeys: [Check] = []
}
