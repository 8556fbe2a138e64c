package import OrganizationModel
import Synchronization

/// The inventories of the organizations asked about last, for several threads.
package final class InventoryShelf: Sendable {
    /// How many organizations are kept: most runs have a few, one with overlays has many.
    static let limit = 8

    private struct Entry {
        let organization: Organization
        let inventory: Inventory
    }

    private let entries = Mutex<[Entry]>([])

    package init() {}

    /// What the organization of a state has; of two threads that ask at once both get the same.
    package func inventory(of state: OrganizationState) -> Inventory {
        if let known = find(state) { return known }
        let made = Inventory(state)
        return entries.withLock { entries in
            if let known = entries.first(where: { $0.organization === state.organization }) {
                return known.inventory
            }
            let entry = Entry(organization: state.organization, inventory: made)
            entries = entries.suffix(Self.limit - 1) + [entry]
            return made
        }
    }

    private func find(_ state: OrganizationState) -> Inventory? {
        entries.withLock { entries in
            entries.first { $0.organization === state.organization }?.inventory
        }
    }
}
