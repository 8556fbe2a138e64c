extension Check {
    static let aboutGrants: [Check] = [
        fullAdministratorAccess, fullServiceAccess, passRoleOnAll, assumeRoleOnAll,
        privilegeEscalation, decryptWithEveryKey, notActionAllow, notResourceAllow, notPrincipal,
    ]
}
