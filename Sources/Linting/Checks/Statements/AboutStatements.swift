extension Check {
    static let aboutStatements: [Check] = [
        shadowedStatement, allowOverriddenByDeny, shadowedAction, shadowedResource, duplicateEntry,
        nothingLeft,
    ]
}
