import OrganizationModel

/// What every request is decided in; one object, so that handing it on costs nothing.
final class Surroundings: Sendable {
    let organization: Organization
    let controlPolicies: ControlPolicyPlans

    init(_ organization: Organization) {
        self.organization = organization
        controlPolicies = ControlPolicyPlans(organization)
    }
}
