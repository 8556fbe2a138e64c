import OrganizationModel
package import Authorization
package import PolicyLanguage

/// The ways a scenario may write where a policy is attached.
package struct TargetNames: Sendable {
    private let organization: Organization
    private let resolver: CallerResolver

    package init(_ engine: Engine, at instant: Instant) {
        organization = engine.organization
        resolver = CallerResolver(organization: engine.organization, instant: instant)
    }

    /// Whether a text means the target of a reason: itself, an id, or the shorthand of an ARN.
    package func names(_ text: String, _ target: String?) -> Bool {
        guard let target else { return false }
        if text == target { return true }
        if organization.node(text)?.path == target { return true }
        if organization.account(named: text)?.name == target { return true }
        if text.hasPrefix("sso:") { return resolver.principalARN(text)?.description == target }
        guard let resource = try? resolver.resource(text) else { return false }
        if resource == target { return true }
        // A role acts in sessions, which the shorthand and the role's ARN stand for.
        guard let arn = ARN(resource), arn.resourceType == "role" else { return false }
        let prefix = "arn:\(arn.partition):sts::\(arn.account):assumed-role/\(arn.resourceName)/"
        return target.hasPrefix(prefix)
    }
}
