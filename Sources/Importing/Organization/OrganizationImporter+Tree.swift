import JSONSource
import OrganizationModel
import PolicyLanguage

// Root, units and the places of accounts (Organizations API Reference: ListRoots,
// ListOrganizationalUnitsForParent, ListAccountsForParent, ListParents).
extension OrganizationImporter {
    /// The root with everything below it; nil when the export holds no organization.
    mutating func root(
        _ listed: JSONValue?,
        management: SourceString?,
        at span: SourceSpan
    ) -> JSONValue? {
        let folders = reader.names(in: "organizations/ou")
        guard listed != nil || !folders.isEmpty else { return nil }
        let id =
            listed?.name("Id")
            ?? folders.first { $0.hasPrefix("r-") }.map { SourceString($0, at: span) }
        guard let id else { return nil }
        var draft = ObjectDraft(at: listed?.span ?? span)
        draft.add("id", id.value)
        let enabled =
            listed?.present("PolicyTypes")?.elements.map { types in
                enabledTypes(types)
            } ?? nil
        if let enabled {
            draft.add("policyTypes", enabled.list(at: listed?["PolicyTypes"]?.span ?? id.span))
        } else {
            let what = "service and resource control policies are taken to be enabled"
            reader.reportMissing("organizations/list-roots.json", at: id.span, what)
        }
        for kind in ControlPolicyType.allCases {
            let found = readPolicies(kind)
            // Where a type is not enabled nothing can be attached.
            if enabled?.contains(where: { $0.text == kind.rawValue }) != false {
                attachments[kind] = found
            }
        }
        var homes = accountHomes(root: id, management: management)
        nameAccounts(homes.values.flatMap { $0 })
        var seen: Set<String> = [id.text]
        addPoliciesAndTags(of: id, to: &draft)
        var units = units(below: id, &homes, &seen)
        addLostUnits(of: id, &homes, &seen, to: &units)
        draft.addFilled("accounts", accounts(homes[id.text] ?? [], at: draft.span))
        draft.addFilled("organizationalUnits", units.value)
        return draft.value
    }

    /// The types of control policies that are on; nil where an entry may be about any of them.
    private mutating func enabledTypes(_ types: [JSONValue]) -> [SourceString]? {
        var enabled: [SourceString] = []
        for type in types {
            guard let name = type.name("Type") else {
                let message =
                    "this names no policy type, so service and resource control policies are taken "
                    + "to be enabled"
                reader.warn("export.shape", message, at: type.span)
                return nil
            }
            guard ControlPolicyType(rawValue: name.text) != nil else { continue }
            let status = type.name("Status")
            if status == nil {
                let message =
                    "nothing tells whether '\(name.text)' is enabled, so it is taken to be"
                reader.warn("export.shape", message, at: name.span)
            }
            if status == nil || status?.text == "ENABLED" { enabled.append(name) }
        }
        return enabled
    }

    /// Adds units that the walk has not come by and that accounts are in, below Root; which units
    /// stand between is not known, nor what is attached to them.
    private mutating func addLostUnits(
        of root: SourceString,
        _ homes: inout [String: [JSONValue]],
        _ seen: inout Set<String>,
        to units: inout ObjectDraft
    ) {
        var names = UniqueNames(taken: Set(units.members.map(\.key)))
        let lost = homes.keys.filter { $0 != root.text }.sorted()
        for unit in lost {
            guard let accounts = homes[unit], let first = accounts.first else { continue }
            homes[unit] = nil
            let folder = "organizations/ou/\(unit)"
            let described = reader.object(
                "\(folder)/describe-organizational-unit.json",
                "OrganizationalUnit"
            )
            let parents = reader.list("\(folder)/list-parents.json", "Parents")
            let isBelowRoot = parents.first?.name("Id")?.text == root.text
            let id = SourceString(unit, at: first.span)
            let name = names.claim(plainName(described?.name("Name") ?? id), id: unit)
            seen.insert(unit)
            var draft = ObjectDraft(at: first.span)
            draft.add("id", id.value)
            addPoliciesAndTags(of: id, uncertain: !isBelowRoot, to: &draft)
            draft.addFilled("accounts", self.accounts(accounts, at: first.span))
            units.add(name.text, draft.value, namedAt: first.span)
            if isBelowRoot { continue }
            let message =
                "no answer tells which units stand above '\(unit)': it is put below Root, and "
                + "verdicts may hang on what is attached between"
            reader.warn("export.lost-account", message, at: first.span)
        }
    }

    /// Units are addressed by path, so a name has no slash here.
    private func plainName(_ name: SourceString) -> SourceString {
        name.renamed(String(name.text.map { $0 == "/" ? "-" : $0 }))
    }

    /// Adds the policies and tags of a root or unit.
    private mutating func addPoliciesAndTags(
        of id: SourceString,
        uncertain: Bool = false,
        to draft: inout ObjectDraft
    ) {
        let folder = "organizations/ou/\(id.text)"
        addAttachments(to: id, folder: folder, uncertain: uncertain, &draft)
        draft.add("tags", reader.knownTags("\(folder)/list-tags-for-resource.json"))
    }

    private mutating func units(
        below parent: SourceString,
        _ homes: inout [String: [JSONValue]],
        _ seen: inout Set<String>
    ) -> ObjectDraft {
        let path = "organizations/ou/\(parent.text)/list-organizational-units-for-parent.json"
        let consequence = "units below '\(parent.text)' are known from their accounts alone"
        guard let answer = reader.required(path, at: parent.span, consequence) else {
            return ObjectDraft(at: parent.span)
        }
        var units = ObjectDraft(at: answer.span)
        var names = UniqueNames()
        for unit in reader.elements(of: answer, "OrganizationalUnits") {
            guard let id = unit.name("Id"), seen.insert(id.text).inserted else { continue }
            let name = names.claim(plainName(unit.name("Name") ?? id), id: id.text)
            var draft = ObjectDraft(at: unit.span)
            draft.add("id", id.value)
            addPoliciesAndTags(of: id, to: &draft)
            let own = homes.removeValue(forKey: id.text) ?? []
            draft.addFilled("accounts", accounts(own, at: unit.span))
            draft.addFilled("organizationalUnits", self.units(below: id, &homes, &seen).value)
            units.add(name.text, draft.value, namedAt: name.span)
        }
        return units
    }

    /// The accounts by the id of their parent.
    private mutating func accountHomes(
        root: SourceString,
        management: SourceString?
    ) -> [String: [JSONValue]] {
        var homes: [String: [JSONValue]] = [:]
        var placed: Set<String> = []
        for parent in reader.names(in: "organizations/ou") {
            let path = "organizations/ou/\(parent)/list-accounts-for-parent.json"
            for account in reader.list(path, "Accounts") {
                guard let id = account.name("Id"), placed.insert(id.text).inserted else { continue }
                homes[parent, default: []].append(account)
            }
        }
        for account in reader.list("organizations/list-accounts.json", "Accounts") {
            guard let id = account.name("Id"), !placed.contains(id.text) else { continue }
            let path = "organizations/account/\(id.text)/list-parents.json"
            let parent = reader.list(path, "Parents").first?.name("Id")
            if parent == nil {
                let message =
                    "nothing says which unit the account is in: it is put below Root, and verdicts "
                    + "may hang on what is attached above it"
                reader.warn("export.lost-account", message, at: id.span)
                homeless.insert(id.text)
            }
            placed.insert(id.text)
            homes[parent?.text ?? root.text, default: []].append(account)
        }
        // An account that was asked itself and that the lists lack is not known to be outside.
        let list = "organizations/list-accounts.json"
        if management != nil, reader.gap(list, at: root.span, nil) != nil {
            for id in reader.folders(in: "accounts")
            where AccountID(id) != nil && placed.insert(id).inserted {
                let span = reader.span(of: "accounts/\(id)")
                let message =
                    "no list of accounts tells where this one is: it is put below Root, and "
                    + "verdicts may hang on what is attached above it"
                reader.warn("export.lost-account", message, at: span)
                homeless.insert(id)
                var account = ObjectDraft(at: span)
                account.add("Id", SourceString(id, at: span).value)
                homes[root.text, default: []].append(account.value)
            }
        }
        if let management, !placed.contains(management.text) {
            let message = "no answer lists the management account, it is taken to be below Root"
            reader.warn("export.lost-account", message, at: management.span)
            var account = ObjectDraft(at: management.span)
            account.add("Id", management.value)
            homes[root.text, default: []].append(account.value)
        }
        return homes
    }
}

// Member accounts.
extension OrganizationImporter {
    /// Gives every account its name; of several with one name that with the lowest id keeps it,
    /// whatever the order in which AWS lists them.
    private mutating func nameAccounts(_ listed: [JSONValue]) {
        let named = listed.compactMap { account in
            account.name("Id").map { (id: $0, name: account.name("Name") ?? $0) }
        }
        for account in named.sorted(by: { $0.id.text < $1.id.text }) {
            memberNames[account.id.text] = accountNames.claim(account.name, id: account.id.text)
        }
    }

    private mutating func accounts(_ listed: [JSONValue], at span: SourceSpan) -> JSONValue {
        var accounts = ObjectDraft(at: span)
        for account in listed {
            guard let id = account.name("Id") else { continue }
            let name = memberNames[id.text] ?? id
            members.insert(id.text)
            var draft = ObjectDraft(at: account.span)
            draft.add("id", id.value)
            let status = account.name("State") ?? account.name("Status")
            if let status { addStatus(status, to: &draft) }
            let folder = "organizations/account/\(id.text)"
            draft.add("tags", reader.knownTags("\(folder)/list-tags-for-resource.json"))
            let isHomeless = homeless.contains(id.text)
            addAttachments(to: id, folder: folder, uncertain: isHomeless, &draft)
            addContents(of: id.text, named: name, status: status?.text, to: &draft)
            accounts.add(name.text, draft.value, namedAt: name.span)
        }
        return accounts.value
    }

    private mutating func addStatus(_ status: SourceString, to draft: inout ObjectDraft) {
        if Account.Status(rawValue: status.text) == nil {
            let message =
                "the state '\(status.text)' is not known, the account is taken to be active"
            reader.warn("export.unknown-state", message, at: status.span)
        } else {
            draft.add("status", status.value)
        }
    }

    /// Adds what the calls made in an account tell, and what they do not.
    mutating func addContents(
        of id: String,
        named name: SourceString,
        status: String? = nil,
        to draft: inout ObjectDraft
    ) {
        let folder = "accounts/\(id)"
        guard !reader.names(in: folder).isEmpty else {
            // Nobody can do anything in an account that is closed.
            let closed: [Account.Status] = [.suspended, .closed, .pendingActivation]
            let state = status.flatMap { Account.Status(rawValue: $0) }
            if state.map(closed.contains) != true { addNothing(of: id, named: name, to: &draft) }
            return
        }
        draft.add("iam", iam(of: AccountExport(id: id, name: name)))
        draft.add(
            "blockPublicAccess",
            blockPublicAccess(
                ofAccount: "\(folder)/s3/get-public-access-block.account.json",
                at: name
            )
        )
        draft.addFilled("resources", resources(of: id, at: draft.span))
        addUnlisted(of: id, at: name.span, to: &draft)
    }
}
