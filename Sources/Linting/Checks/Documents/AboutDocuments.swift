extension Check {
    static let aboutDocuments: [Check] = [
        refusedByAWS, placeholderLeft, policyTooLong, policyLongAsWritten, policyNearLimit,
        duplicateSid,
        emptyStatementList, versionMissing, badSilence,
    ]
}
