import JSONSource
import PolicyLanguage

extension OrganizationLoader {
    /// How many roles the assignments of one file may mean: one for each set and account.
    package static let provisionLimit = 500_000
    /// How many accounts all assignments of one file may mean together.
    package static let assignedLimit = 5_000_000

    /// What assignments may name.
    struct AssignmentReader {
        let users: Names
        let groups: Names
        let sets: Names
        /// For each node the accounts in it and below it.
        let accountsBelow: [[AccountID]]

        struct Names {
            let list: [String]
            let known: Set<String>

            init(_ list: [String]) {
                self.list = list
                known = Set(list)
            }
        }

        init(
            users: [IdentityCenter.User],
            groups: [String],
            sets: [String],
            accountsBelow: [[AccountID]]
        ) {
            self.users = Names(users.map(\.name))
            self.groups = Names(groups)
            self.sets = Names(sets)
            self.accountsBelow = accountsBelow
        }
    }

    /// One assignment, its units resolved.
    struct Assignment {
        let permissionSet: String
        let user: String?
        let group: String?
        let accounts: [AccountID]
        let roleSuffix: String?
        /// The id that AWS gave its roles, where it is known.
        let uniqueID: String?
        let span: SourceSpan
    }

    /// The role of a permission set in an account.
    struct Provision: Hashable {
        let set: String
        let account: AccountID
    }

    mutating func readAssignments(
        _ center: ObjectReader,
        _ reader: AssignmentReader
    ) -> [Assignment] {
        guard let found = center.present("assignments") else { return [] }
        guard let elements = found.elements else {
            diagnostics.append(.wrongType("'assignments'", expected: "a list", found: found))
            return []
        }
        warnRepeatedAssignments(elements)
        var all: [Assignment] = []
        var assigned = 0
        var places: [String: Set<AccountID>] = [:]
        var roles = 0
        for element in elements {
            guard let assignment = assignment(element, reader) else { continue }
            assigned += assignment.accounts.count
            let before = places[assignment.permissionSet]?.count ?? 0
            places[assignment.permissionSet, default: []].formUnion(assignment.accounts)
            roles += (places[assignment.permissionSet]?.count ?? 0) - before
            guard assigned <= Self.assignedLimit, roles <= Self.provisionLimit else {
                let excess =
                    roles > Self.provisionLimit
                    ? "\(roles) roles, more than \(Self.provisionLimit)"
                    : "\(assigned) accounts, more than \(Self.assignedLimit)"
                let message = "up to here the assignments mean \(excess)"
                refuse("limit.assignments", message, at: element.span)
                return []
            }
            all.append(assignment)
        }
        return all
    }

    private mutating func assignment(
        _ value: JSONValue,
        _ reader: AssignmentReader
    ) -> Assignment? {
        guard let object = ObjectReader(value, "the assignment", &diagnostics) else { return nil }
        object.allow(.assignment, &diagnostics)
        let set = name(
            "permissionSet",
            of: object,
            "organization.unknown-permission-set",
            "permission set",
            reader.sets
        )
        if object.present("permissionSet") == nil {
            _ = object.given("permissionSet", &diagnostics)
        }
        let person = assignedPerson(object, reader)
        let accounts = assignedAccounts(object, reader)
        let suffix = roleSuffix(object)
        let uniqueID = uniqueID(object, "AROA")
        return set.map {
            Assignment(
                permissionSet: $0,
                user: person.user,
                group: person.group,
                accounts: accounts,
                roleSuffix: suffix,
                uniqueID: uniqueID,
                span: value.span
            )
        }
    }

    /// A name that must be one of those known.
    private mutating func name(
        _ field: String,
        of object: ObjectReader,
        _ code: String,
        _ kind: String,
        _ known: AssignmentReader.Names
    ) -> String? {
        guard let value = object.present(field),
            let text = SourceString(value, "'\(field)'", &diagnostics)
        else { return nil }
        if known.known.contains(text.text) { return text.text }
        refuseUnknown(code, kind, text, among: known.list)
        return nil
    }

    private mutating func assignedPerson(
        _ object: ObjectReader,
        _ reader: AssignmentReader
    ) -> (user: String?, group: String?) {
        let hasUser = object.present("user") != nil
        if hasUser == (object.present("group") != nil) {
            let message = "an assignment names either a 'user' or a 'group'"
            refuse("identity-center.assigned-person", message, at: object.value.span)
        }
        let user = name(
            "user",
            of: object,
            "organization.unknown-user",
            "Identity Center user",
            reader.users
        )
        let group = name("group", of: object, "organization.unknown-group", "group", reader.groups)
        return (user, group)
    }

    private mutating func assignedAccounts(
        _ object: ObjectReader,
        _ reader: AssignmentReader
    ) -> [AccountID] {
        let names = object.strings("accounts", &diagnostics)
        let units = object.strings("organizationalUnits", &diagnostics)
        if names == nil, units == nil {
            let message = "an assignment needs 'accounts' or 'organizationalUnits'"
            refuse("identity-center.assigned-place", message, at: object.value.span)
        }
        if (names ?? []).isEmpty, (units ?? []).isEmpty, names != nil || units != nil {
            let message = "the assignment names no account and no unit, so it assigns nothing"
            diagnostics.append(
                .warning("identity-center.assigned-nowhere", message, at: object.value.span)
            )
        }
        var found = (names ?? []).compactMap { memberAccount($0) }
        for unit in units ?? [] {
            guard let index = nodePlaces[unit.text] else {
                let nodes = nodes
                refuseUnknown("organization.unknown-unit", "unit", unit, among: nodes.map(\.path))
                continue
            }
            found += reader.accountsBelow[index]
        }
        var seen: Set<AccountID> = []
        return found.filter { seen.insert($0).inserted }
    }

    /// For each node every account in it or in a unit below it, at any depth.
    func accountsBelowNodes() -> [[AccountID]] {
        var below = [[AccountID]](repeating: [], count: nodes.count)
        for place in drafts.indices {
            guard let id = drafts[place].id, case .member(let node) = drafts[place].membership
            else { continue }
            var current: Int? = node
            while let place = current {
                below[place].append(id)
                current = nodes[place].parent
            }
        }
        return below
    }

    private mutating func roleSuffix(_ object: ObjectReader) -> String? {
        guard let text = object.string("roleSuffix", &diagnostics) else { return nil }
        let isSuffix = text.utf8.count == 16 && text.allSatisfy { $0.isHexDigit && !$0.isUppercase }
        if !isSuffix {
            let message = "'roleSuffix' has 16 lower-case hexadecimal digits, not '\(text)'"
            refuse(
                "identity-center.suffix",
                message,
                at: object.value["roleSuffix"]?.span ?? object.value.span
            )
        }
        return text
    }
}
