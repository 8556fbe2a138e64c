package import JSONSource
import PolicyLanguage

/// An organization file as somebody wrote it: where everything stands, and every policy in it.
///
/// Format: the organization file of orgsim. What is malformed is left out; loading says so.
package struct WrittenOrganization: Sendable {
    package let value: JSONValue
    /// The root first, every unit behind its parent.
    package private(set) var units: [Unit] = []
    package private(set) var accounts: [Account] = []
    package private(set) var policies: [WrittenPolicy] = []
    /// What control policies are attached to: units first, then the accounts in them.
    package private(set) var nodes: [Node] = []
    private var controlPolicies: [PolicyKind: [String: Int]] = [:]
    private var attachments: [String: [String: [Attachment]]] = [:]

    /// The root or an organizational unit.
    package struct Unit: Sendable {
        package let path: String
        package let parent: Int?
        /// The name, or the root itself.
        package let place: SourceSpan
        package let value: JSONValue
    }

    package struct Account: Sendable {
        package let name: String
        package let id: String
        /// Index of the unit it sits in; nil outside the organization.
        package let unit: Int?
        package let place: SourceSpan
        package let value: JSONValue
        package fileprivate(set) var users: [Entity] = []
        package fileprivate(set) var roles: [Entity] = []
        package fileprivate(set) var resources: [Entity] = []
    }

    /// A user, role or resource.
    package struct Entity: Sendable {
        package let name: String
        package let arn: String
        package let place: SourceSpan
        package let value: JSONValue
        /// Indices into ``WrittenOrganization/policies`` of what stands in it.
        package let policies: Range<Int>
    }

    /// How many characters all policies of one organization may have: as many as the largest file
    /// may have bytes.
    package static let characterLimit = 512 << 20

    /// How many pairs of statements of one policy are compared in all policies together.
    ///
    /// Ten thousand policies of ten statements have as many; a file can hold a hundred times more.
    static let pairLimit = 1_000_000

    private var characters = 0
    private var pairs = 0
    /// The statements of each document by its place: those of one that many refer to are shared.
    private var statements: [SourceSpan: [WrittenStatement]] = [:]
    /// Why not all policies are there.
    package private(set) var problem: Diagnostic?

    package init(_ value: JSONValue) {
        self.value = value
        readControlPolicies()
        if let root = value["root"] { read(root, path: "Root", parent: nil, place: root.span) }
        for member in value["externalAccounts"]?.members ?? [] { readAccount(member, unit: nil) }
        readPermissionSets()
        indexAttachments()
    }
}

extension WrittenOrganization {
    private mutating func indexAttachments() {
        for (index, policy) in policies.enumerated() where policy.kind.field != nil {
            guard let name = policy.holder.name else { continue }
            if controlPolicies[policy.kind]?[name] == nil {
                controlPolicies[policy.kind, default: [:]][name] = index
            }
        }
        nodes = units.map { Node($0) } + accounts.filter { $0.unit != nil }.map { Node($0) }
        for (index, node) in nodes.enumerated() {
            for field in [Self.serviceControl, Self.resourceControl] {
                for word in Self.attached(field, to: node.value) {
                    let attachment = Attachment(node: index, word: word)
                    attachments[field, default: [:]][word.text, default: []].append(attachment)
                }
            }
        }
    }

    /// Where a control policy of that name is attached.
    package func attachments(_ field: String, of name: String) -> [Attachment] {
        attachments[field]?[name] ?? []
    }

    /// The document of a control policy by name.
    package func controlPolicy(_ kind: PolicyKind, named name: String) -> WrittenPolicy? {
        controlPolicies[kind]?[name].map { policies[$0] }
    }
}

extension WrittenOrganization {
    /// The names of the control policies attached to a root, unit or account.
    package static func attached(_ field: String, to value: JSONValue) -> [SourceString] {
        guard let list = value[field]?.elements else {
            let isService = field == serviceControl
            return isService ? [SourceString(fullAccess, at: value.span)] : []
        }
        return list.compactMap { SourceString(written: $0) }
    }

    package static let serviceControl = "serviceControlPolicies"
    package static let resourceControl = "resourceControlPolicies"
    /// The SCP that AWS attaches everywhere at first.
    static let fullAccess = "FullAWSAccess"

    /// The units above an account, its own first.
    package func unitsAbove(_ account: Account) -> [Unit] {
        var found: [Unit] = []
        var next = account.unit
        while let index = next {
            found.append(units[index])
            next = units[index].parent
        }
        return found
    }

    /// The accounts whose owner reads the findings: the members, or all where there is no
    /// organization.
    package var ownAccounts: [Account] {
        let members = accounts.filter { $0.unit != nil }
        return members.isEmpty ? accounts : members
    }

    /// The name or id that the file gives the management account.
    package var managementAccount: Account? {
        guard let name = value["organization"]?["managementAccount"]?.string else { return nil }
        return accounts.first { $0.name == name || $0.id == name }
    }
}

extension WrittenOrganization {
    private mutating func add(
        _ value: JSONValue?,
        _ kind: PolicyKind,
        _ name: String,
        _ holder: WrittenPolicy.Holder
    ) {
        guard let value else { return }
        // A managed policy may stand in `document` beside its path.
        let document = value["document"] ?? value
        guard document["Statement"] != nil else { return }
        var policy = WrittenPolicy(
            document,
            kind,
            name: name,
            holder: holder,
            statements: document.origin == .file ? statements[document.span] : nil
        )
        characters += policy.size
        guard characters <= Self.characterLimit else {
            let message =
                "up to here the policies have \(characters) characters, more than \(Self.characterLimit); one that is referred to counts each time"
            problem = problem ?? .error("limit.policies", message, at: value.span)
            return
        }
        pairs += policy.statements.count * policy.statements.count
        policy.comparesStatements = pairs <= Self.pairLimit
        statements[document.span] = policy.statements
        policies.append(policy)
    }

    private mutating func readControlPolicies() {
        let kinds: [(String, PolicyKind, String)] = [
            (Self.serviceControl, .serviceControlPolicy, "the SCP"),
            (Self.resourceControl, .resourceControlPolicy, "the RCP"),
        ]
        for (field, kind, noun) in kinds {
            for member in value[field]?.members ?? [] {
                let holder = WrittenPolicy.Holder(kind, name: member.key)
                add(member.value, kind, "\(noun) '\(member.key)'", holder)
            }
        }
    }

    private mutating func read(
        _ value: JSONValue,
        path: String,
        parent: Int?,
        place: SourceSpan
    ) {
        let index = units.count
        units.append(Unit(path: path, parent: parent, place: place, value: value))
        for member in value["accounts"]?.members ?? [] { readAccount(member, unit: index) }
        for member in value["organizationalUnits"]?.members ?? [] {
            let below = "\(path)/\(member.key)"
            read(member.value, path: below, parent: index, place: member.keySpan)
        }
    }

    private mutating func readAccount(_ member: JSONMember, unit: Int?) {
        let value = member.value
        var account = Account(
            name: member.key,
            id: value["id"]?.string ?? "",
            unit: unit,
            place: member.keySpan,
            value: value
        )
        let boundaries = boundaries(of: value)
        for policy in value["iam"]?["managedPolicies"]?.members ?? [] {
            var holder = WrittenPolicy.Holder(.identityPolicy, name: policy.key)
            holder.account = account.id
            holder.isBoundary = boundaries.contains {
                $0 == policy.key || $0.hasSuffix("/\(policy.key)")
            }
            holder.isForeign = isForeign(account)
            add(policy.value, .identityPolicy, "the policy '\(policy.key)'", holder)
        }
        _ = entities("groups", "group", of: account)
        account.users = entities("users", "user", of: account)
        account.roles = entities("roles", "role", of: account)
        account.resources = resources(of: account)
        accounts.append(account)
    }

    /// Outside an organization that is in the file.
    private func isForeign(_ account: Account) -> Bool { account.unit == nil && !units.isEmpty }

    /// The names and ARNs of what is a permissions boundary in an account, also of a role that a
    /// permission set provisions.
    private func boundaries(of account: JSONValue) -> [String] {
        let iam = account["iam"]
        let entities = ["users", "roles"].flatMap { iam?[$0]?.members ?? [] }
        let sets = value["identityCenter"]?["permissionSets"]?.members ?? []
        return (entities + sets).compactMap { $0.value["permissionsBoundary"] }
            .flatMap(\.strings).map(\.text)
    }

    private mutating func entities(
        _ field: String,
        _ kind: String,
        of account: Account
    ) -> [Entity] {
        (account.value["iam"]?[field]?.members ?? []).map { member in
            let path = member.value["path"]?.string ?? "/"
            let arn = "arn:aws:iam::\(account.id):\(kind)\(path)\(member.key)"
            let start = policies.count
            var holder = WrittenPolicy.Holder()
            holder.account = account.id
            holder.isForeign = isForeign(account)
            holder.arn = arn
            for policy in member.value["inlinePolicies"]?.members ?? [] {
                let name = "the policy '\(policy.key)' of the \(kind) '\(member.key)'"
                add(policy.value, .identityPolicy, name, holder)
            }
            holder.characterLimit = PolicyKind.trustPolicy.characterLimit
            let name = "the trust policy of '\(member.key)'"
            add(member.value["trustPolicy"], .trustPolicy, name, holder)
            return Entity(
                name: member.key,
                arn: arn,
                place: member.keySpan,
                value: member.value,
                policies: start..<policies.count
            )
        }
    }

    private mutating func resources(of account: Account) -> [Entity] {
        (account.value["resources"]?.members ?? []).map { member in
            let arn = member.value["arn"]?.string ?? member.key
            let isEndpoint = ARN(arn)?.isVPCEndpoint ?? false
            let kind: PolicyKind = isEndpoint ? .endpointPolicy : .resourcePolicy
            let start = policies.count
            var holder = WrittenPolicy.Holder(kind, arn: arn)
            holder.account = account.id
            holder.isForeign = isForeign(account)
            add(member.value["policy"], kind, "the policy of \(arn)", holder)
            return Entity(
                name: member.key,
                arn: arn,
                place: member.keySpan,
                value: member.value,
                policies: start..<policies.count
            )
        }
    }

    private mutating func readPermissionSets() {
        for member in value["identityCenter"]?["permissionSets"]?.members ?? [] {
            let name = "the inline policy of the permission set '\(member.key)'"
            var holder = WrittenPolicy.Holder()
            holder.characterLimit = PolicyKind.permissionSetLimit
            add(member.value["inlinePolicy"], .identityPolicy, name, holder)
        }
    }
}
