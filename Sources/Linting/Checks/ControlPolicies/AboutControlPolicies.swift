extension Check {
    static let aboutControlPolicies: [Check] = [
        rcpServiceNotReached, rcpActionWithoutResource, scpAllowIsAFilter, scpDeniesEverything,
        regionLockHitsGlobalServices, denyHitsServicePrincipals, sourceDenyHitsPrincipals,
        denyHitsForwardAccess, denyExemptsByNameOnly, rcpSparesForeignRoles,
    ]
}
