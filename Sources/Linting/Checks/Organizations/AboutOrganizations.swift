extension Check {
    static let aboutOrganizations: [Check] = [
        attachedNowhere, attachedAboveAlready, controlPolicyWithoutReach, policyTypeDisabled,
        nothingAllowedHere, allowBesideFullAccess, unitWithoutRegionLock, denyLocksRoleOut,
        usernameIgnoresPath, longLivedAccessKey, passwordWithoutMFA, rootWithoutMFA,
        bucketOpenToEveryone, thirdPartyWithoutExternalID, missingPrincipal, quotaExceeded,
        permissionSetUnassigned, managedPolicyUnused,
    ]
}
