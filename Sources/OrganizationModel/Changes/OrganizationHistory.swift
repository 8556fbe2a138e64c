import PolicyLanguage

/// What happened to an organization since its file was loaded, as far as it bears on identity.
///
/// A user or role that is made anew is another one than before, although its ARN is the same;
/// policies keep the identity of whom they named when they were written (PRIN-8).
package struct OrganizationHistory: Sendable {
    /// How many changes have been made.
    private(set) var changes = 0
    /// When policies were written: paths below an account's name.
    private var writings: [String: Int] = [:]
    /// When entities were made and how often they had been deleted before, by ARN.
    private var births: [ARN: Birth] = [:]
    /// How often the role of a permission set has gone from an account (IDC-3).
    private var losses: [Provision: Int] = [:]

    struct Birth: Sendable {
        var createdAt = 0
        var generation = 0
        /// The unique id that AWS gave to the one of the file.
        var givenID: String?

        func named(_ id: String?) -> Birth {
            var birth = self
            birth.givenID = id
            return birth
        }

        /// The unique ID of a user or role with a prefix such as `AROA`; made anew, it gets another.
        func uniqueID(_ prefix: String, of arn: ARN) -> String {
            if generation == 0, let givenID { return givenID }
            return DerivedIdentifier.entity(
                prefix: prefix,
                arn: arn.description,
                generation: generation
            )
        }
    }

    struct Provision: Hashable, Sendable {
        let permissionSet: String
        let account: AccountID
    }

    package init() {}

    mutating func advance() {
        changes += 1
    }

    /// Notes that something was written at a path, in the current change.
    mutating func wrote(_ path: [String], in account: String) {
        writings[Self.key(path, account)] = changes
    }

    /// When the policy at a path was last written: itself, a part of it, or what holds it.
    func writtenAt(_ path: @autoclosure () -> [String], in account: String) -> Int {
        guard !writings.isEmpty else { return 0 }
        let path = path()
        let above = (0...path.count).map {
            writings[Self.key(Array(path.prefix($0)), account)] ?? 0
        }
        let own = Self.key(path, account) + "\u{0}"
        let below = writings.filter { $0.key.hasPrefix(own) }.map(\.value)
        return (above + below).max() ?? 0
    }

    private static func key(_ path: [String], _ account: String) -> String {
        ([account] + path).joined(separator: "\u{0}")
    }

    func birth(_ arn: ARN) -> Birth { births[arn] ?? Birth() }

    /// Notes who has come and who has gone between two states of the organization; whether anybody
    /// has.
    mutating func compare(
        _ old: Organization,
        _ new: Organization,
        _ readings: AccountReadings
    ) -> Bool {
        let before = Set(old.accounts.flatMap { readings.changeableEntities(of: $0) })
        let after = Set(new.accounts.flatMap { readings.changeableEntities(of: $0) })
        for arn in after.subtracting(before) {
            births[arn, default: Birth()].createdAt = changes
        }
        for arn in before.subtracting(after) {
            births[arn, default: Birth()].generation += 1
        }
        let provisioned = Set(old.provisions).subtracting(new.provisions)
        for provision in provisioned { losses[provision, default: 0] += 1 }
        return before != after || !provisioned.isEmpty
    }

    func generation(of provision: Provision) -> Int { losses[provision] ?? 0 }
}

extension Organization {
    fileprivate var provisions: [OrganizationHistory.Provision] {
        identityCenter?.provisionedRoles
            .map { .init(permissionSet: $0.permissionSet, account: $0.account) } ?? []
    }
}
