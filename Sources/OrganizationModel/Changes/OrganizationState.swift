package import JSONSource
package import Parallelism
import PolicyLanguage

/// An organization that changes: its file as it would read now, and the world it describes.
///
/// A change yields a new state; what AWS would refuse yields the reason and leaves all as it was.
package struct OrganizationState: Sendable {
    package let organization: Organization
    /// The file as it would read now, references put in place.
    package let value: JSONValue
    let history: OrganizationHistory
    /// The accounts as they were read; a change reads again only those it touches.
    private let readings: AccountReadings?
    private let library: PolicyLibrary
    private let rereading: Rereading

    /// What a change reads again; the state is the same.
    package enum Rereading: Sendable {
        case whatItTouches
        case everything
    }

    /// The state a file describes, with what there is to say about the file.
    ///
    /// Which documents are known already and how many threads there are make no difference but in
    /// time.
    package static func load(
        _ value: JSONValue,
        library: PolicyLibrary = PolicyLibrary(),
        workers: Workers = .one,
        rereading: Rereading = .whatItTouches
    ) -> Parsed<OrganizationState?> {
        let history = OrganizationHistory()
        let (loaded, readings) = OrganizationLoader.load(
            value,
            history: history,
            library: library,
            workers: workers,
            known: nil
        )
        let state = loaded.value.map {
            OrganizationState(
                organization: $0,
                value: value,
                history: history,
                readings: readings,
                library: library,
                rereading: rereading
            )
        }
        return Parsed(state, loaded.diagnostics)
    }

    /// How many lists of changes were made since the file was loaded.
    package var changeCount: Int { history.changes }

    /// How many values stand in its file.
    package var valueCount: Int { value.count }

    /// The state as it would be had the file said this from the beginning; nil where it could not.
    ///
    /// What the two have in common is not read again.
    package func rewritten(_ value: JSONValue) -> OrganizationState? {
        let (loaded, readings) = load(value, history, known: readings)
        return loaded.value.map {
            OrganizationState(
                organization: $0,
                value: value,
                history: history,
                readings: readings,
                library: library,
                rereading: rereading
            )
        }
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
        var (loaded, now) = load(editor.value, editor.history, known: readings)
        guard let organization = loaded.value, let first = now else {
            let first = loaded.diagnostics.first { $0.severity == .error }
            throw ChangeRefusal(first?.message ?? "AWS would not accept the result")
        }
        var history = editor.history
        var settledOrganization = organization
        if history.compare(self.organization, organization, first) {
            // Births are known only now; the entities must be loaded with them.
            (loaded, now) = load(editor.value, history, known: first.settled)
            guard let again = loaded.value else {
                throw ChangeRefusal("AWS would not accept the result")
            }
            settledOrganization = again
        }
        let state = OrganizationState(
            organization: settledOrganization,
            value: editor.value,
            history: history,
            readings: now,
            library: library,
            rereading: rereading
        )
        try state.refuseUnknownPrincipals()
        try state.refuseLostPolicies(of: self.organization)
        try state.refusePublicPolicies()
        return state
    }

    private func load(
        _ value: JSONValue,
        _ history: OrganizationHistory,
        known: AccountReadings?
    ) -> (parsed: Parsed<Organization?>, readings: AccountReadings?) {
        OrganizationLoader.load(
            value,
            history: history,
            library: library,
            workers: .one,
            known: rereading == .everything ? nil : known
        )
    }

    /// The accounts that the last change touched, and perhaps others.
    private var touched: [Account] {
        organization.accounts.filter { readings?.takenOver.contains($0.name) != true }
    }

    /// S3-3: BlockPublicPolicy refuses a public policy that is written now.
    private func refusePublicPolicies() throws(ChangeRefusal) {
        for account in touched {
            for bucket in account.resources where bucket.arn.service == "s3" {
                let isBlocked =
                    bucket.blockPublicAccess.blockPublicPolicy
                    || account.blockPublicAccess.blockPublicPolicy
                guard isBlocked, let policy = bucket.policy, policy.writtenAt == history.changes,
                    PublicPolicy.isPublic(policy.document)
                else { continue }
                throw ChangeRefusal(
                    "the policy of '\(bucket.arn)' is public, which BlockPublicPolicy refuses"
                )
            }
        }
    }

    /// ENT-10: a managed policy that somebody has, or is bounded by, cannot go; provisioned roles
    /// count as well, and would vanish with it.
    private func refuseLostPolicies(of old: Organization) throws(ChangeRefusal) {
        for account in old.accounts where readings?.takenOver.contains(account.name) != true {
            guard let now = organization.account(account.id) else { continue }
            let kept = Set(now.settings.managedPolicies.values.compactMap(\.arn))
            for (name, policy) in account.settings.managedPolicies.sorted(by: { $0.key < $1.key }) {
                guard let arn = policy.arn, !kept.contains(arn) else { continue }
                if let holder = account.holder(of: arn) {
                    throw ChangeRefusal("the policy '\(name)' is still attached to \(holder)")
                }
            }
        }
    }

    /// PRIN-9: a policy that is written now cannot name a user or role that does not exist.
    private func refuseUnknownPrincipals() throws(ChangeRefusal) {
        for account in touched {
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

extension Account {
    /// Somebody who has a managed policy, or is bounded by it.
    fileprivate func holder(of arn: String) -> String? {
        func uses(_ policies: [Policy], _ boundary: Policy?) -> Bool {
            policies.contains { $0.arn == arn } || boundary?.arn == arn
        }
        if let user = users.first(where: { uses($0.identityPolicies, $0.permissionsBoundary) }) {
            return "the user '\(user.name)'"
        }
        return roles.first { uses($0.identityPolicies, $0.permissionsBoundary) }
            .map { "the role '\($0.name)'" }
    }
}

extension PolicyDocument {
    /// The users and roles that `Principal` and `NotPrincipal` elements name.
    var entityPrincipals: [ARN] {
        statements.flatMap { $0.principal?.entries.compactMap(\.entityARN) ?? [] }
    }
}
