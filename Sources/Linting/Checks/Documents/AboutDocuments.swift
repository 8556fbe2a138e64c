extension Check {
    static let aboutDocuments: [Check] = [badSilence]
}
