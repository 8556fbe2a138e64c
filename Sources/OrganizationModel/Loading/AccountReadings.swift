import JSONSource
import PolicyLanguage

/// The accounts of an organization as they were read, so that after a change those it did not touch
/// need not be read again.
struct AccountReadings: Sendable {
    /// An account without the roles that Identity Center adds, and what it has that exists once.
    struct Reading: Sendable {
        let draft: AccountDraft
        let claims: [OrganizationLoader.Claim]
    }

    /// What stands outside an account and bears on how it is read.
    struct Surroundings: Sendable {
        let organizationID: String?
        let suppliedPolicies: JSONValue?
    }

    let surroundings: Surroundings
    private(set) var byName: [String: Reading] = [:]
    /// Those of them that were taken over from a load before.
    private(set) var takenOver: Set<String> = []
    /// AWS managed policies that were looked up.
    var managedPolicies: [String: Policy] = [:]
}

extension AccountReadings {
    mutating func keep(_ reading: Reading, isTakenOver: Bool) {
        byName[reading.draft.name] = reading
        if isTakenOver { takenOver.insert(reading.draft.name) }
    }

    /// Only what was taken over: the rest has to be read again.
    var settled: AccountReadings {
        var copy = self
        copy.byName = byName.filter { takenOver.contains($0.key) }
        return copy
    }

    /// The entities of an account that a load may have changed: none of its own where the account
    /// was taken over, and all that Identity Center gives it.
    func changeableEntities(of account: Account) -> [ARN] {
        guard takenOver.contains(account.name), let own = byName[account.name]?.draft.roles.count
        else { return account.users.map(\.arn) + account.roles.map(\.arn) }
        return account.roles.dropFirst(own).map(\.arn)
    }
}

extension AccountReadings.Surroundings {
    func areSame(as other: AccountReadings.Surroundings) -> Bool {
        guard organizationID == other.organizationID else { return false }
        return switch (suppliedPolicies, other.suppliedPolicies) {
        case (nil, nil): true
        case (let one?, let other?): one.isSame(as: other)
        case (nil, _?), (_?, nil): false
        }
    }
}

extension OrganizationLoader {
    /// What is known of an account that nothing has changed since.
    func knownReading(of draft: AccountDraft) -> AccountReadings.Reading? {
        guard let reading = known?.byName[draft.name], reading.draft.id == draft.id,
            reading.draft.isMember == draft.isMember, reading.draft.value.isSame(as: draft.value)
        else { return nil }
        let attached: [(ControlPolicyType, [Policy])] = [
            (.serviceControlPolicy, reading.draft.serviceControlPolicies),
            (.resourceControlPolicy, reading.draft.resourceControlPolicies),
        ]
        for (type, policies) in attached {
            for policy in policies where controlPolicies[type]?[policy.name ?? ""] != policy {
                return nil
            }
        }
        return reading
    }
}
