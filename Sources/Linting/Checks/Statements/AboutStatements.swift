extension Check {
    static let aboutStatements: [Check] = []
}
