extension Check {
    static let aboutPrincipals: [Check] =
        [publicResourcePolicy, confusedDeputy, principalOfDeletedEntity] + aboutTrust
        + aboutFederation + [servicePrincipalSpelling, regionalServicePrincipal]

    private static let aboutTrust: [Check] = [
        trustEveryone, trustWholeAccount, trustWithoutAllow, confusedDeputyTrust,
    ]

    private static let aboutFederation: [Check] = [
        federationActionMismatch, providerKeyOfAnotherProvider, oidcTrustWithoutSubject,
        oidcSubjectWildcard, oidcTrustWithoutAudience, samlTrustWithoutAudience,
    ]
}
