extension Check {
    static let aboutDocuments: [Check] = [
        refusedByAWS, placeholderLeft, policyTooLong, policyNearLimit, duplicateSid,
        emptyStatementList, versionMissing, badSilence,
    ]
}
