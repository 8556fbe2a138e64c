package import JSONSource
import PolicyLanguage

/// An organization that changes: its file as it would read now, and the world it describes.
///
/// A change yields a new state; what AWS would refuse yields the reason and leaves all as it was.
package struct OrganizationState: Sendable {
    package let organization: Organization
    let value: JSONValue
    let history: OrganizationHistory

    /// The state a file describes, with what there is to say about the file.
    package static func load(_ value: JSONValue) -> Parsed<OrganizationState?> {
        let history = OrganizationHistory()
        let loaded = OrganizationLoader.load(value, history: history)
        let state = loaded.value.map {
            OrganizationState(organization: $0, value: value, history: history)
        }
        return Parsed(state, loaded.diagnostics)
    }

    /// The state after all changes in order; if one is refused, none is made.
    package func applying(
        _ changes: [OrganizationChange]
    ) throws(ChangeRefusal) -> OrganizationState {
        var state = self
        for change in changes { state = try state.applying(change) }
        return state
    }

    private func applying(_ change: OrganizationChange) throws(ChangeRefusal) -> OrganizationState {
        var editor = OrganizationEditor(self)
        try editor.apply(change)
        let loaded = OrganizationLoader.load(editor.value, history: editor.history)
        guard let organization = loaded.value else {
            let first = loaded.diagnostics.first { $0.severity == .error }
            throw ChangeRefusal(first?.message ?? "AWS would not accept the result")
        }
        var history = editor.history
        history.compare(self.organization, organization)
        // Births are known only now; the entities must be loaded with them.
        let settled = OrganizationLoader.load(editor.value, history: history)
        guard let settledOrganization = settled.value else {
            throw ChangeRefusal("AWS would not accept the result")
        }
        let state = OrganizationState(
            organization: settledOrganization,
            value: editor.value,
            history: history
        )
        try state.refuseUnknownPrincipals()
        return state
    }

    /// PRIN-9: a policy that is written now cannot name a user or role that does not exist.
    private func refuseUnknownPrincipals() throws(ChangeRefusal) {
        for account in organization.accounts {
            let policies = account.roles.map(\.trustPolicy) + account.resources.compactMap(\.policy)
            for policy in policies where policy.writtenAt == history.changes {
                for arn in policy.document.entityPrincipals {
                    guard let id = arn.accountID, let owner = organization.account(id),
                        !owner.hasEntity(arn)
                    else { continue }
                    throw ChangeRefusal(
                        "the policy names the principal '\(arn)', which does not exist"
                    )
                }
            }
        }
    }
}

extension PolicyDocument {
    /// The users and roles that `Principal` and `NotPrincipal` elements name.
    var entityPrincipals: [ARN] {
        statements.flatMap { $0.principal?.entries.compactMap(\.entityARN) ?? [] }
    }
}
