import Authorization
import JSONSource
package import OrganizationModel
import PolicyLanguage

/// Everything of one organization that a check can decide.
///
/// What stands in no file, such as the policies AWS keeps, is not in it.
package final class Inventory: Sendable {
    package let statements: [CountedStatement]
    package let conditions: [CountedCondition]
    package let places: [CountedPlace]
    /// Where each statement stands.
    let statementSpans: Set<SourceSpan>
    /// The places at which a policy is attached to a holder.
    private let attachments: [AttachmentKey: [SourceSpan]]
    private let assignments: [AssignmentKey: [Assignee]]

    /// What the organization of a state has, as its files say.
    package convenience init(_ state: OrganizationState) {
        var reader = InventoryReader(state)
        reader.read()
        self.init(reader)
    }

    private init(_ reader: InventoryReader) {
        statements = reader.statements
        conditions = reader.conditions
        places = reader.places
        statementSpans = reader.statementSpans
        attachments = reader.attachments
        assignments = reader.assignments
    }

    func places(_ key: AttachmentKey) -> [SourceSpan] { attachments[key] ?? [] }

    /// Where a person is assigned a permission set in an account.
    func assignments(
        of permissionSet: String,
        to person: IdentityCenter.User,
        in account: Account,
        of organization: Organization
    ) -> [SourceSpan] {
        let nodes = organization.path(to: account)
        let targets = [account.name, account.id.description] + nodes.flatMap { [$0.path, $0.id] }
        return Set(targets).flatMap { target in
            let key = AssignmentKey(permissionSet: permissionSet, target: target)
            return (assignments[key] ?? []).filter { assignee in
                assignee.user == person.name
                    || assignee.group.map { person.groups.contains($0) } ?? false
            }
            .map(\.place)
        }
    }
}
