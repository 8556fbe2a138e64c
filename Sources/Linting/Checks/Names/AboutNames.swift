extension Check {
    static let aboutNames: [Check] = [
        unknownService, unknownAction, patternWithoutAction,
    ]
}
