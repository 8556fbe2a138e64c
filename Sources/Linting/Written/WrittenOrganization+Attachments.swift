package import JSONSource

extension WrittenOrganization {
    /// A root, unit or account with the control policies attached to it.
    package struct Node: Sendable {
        /// "the unit 'Root/Prod'", "the account 'prod'".
        package let name: String
        package let place: SourceSpan
        package let value: JSONValue
        /// Index of the unit above.
        package let parent: Int?
        package let account: Account?

        init(_ unit: Unit) {
            name = unit.parent == nil ? "the root" : "the unit '\(unit.path)'"
            place = unit.place
            value = unit.value
            parent = unit.parent
            account = nil
        }

        init(_ account: Account) {
            name = "the account '\(account.name)'"
            place = account.place
            value = account.value
            parent = account.unit
            self.account = account
        }
    }

    /// A control policy named in the list of a root, unit or account.
    package struct Attachment: Sendable {
        /// Index into ``WrittenOrganization/nodes``.
        package let node: Int
        package let word: SourceString
    }

    /// The documents attached to an account itself and to every unit above it.
    package func documents(_ kind: PolicyKind, reaching account: Account) -> [WrittenPolicy] {
        let field = kind == .serviceControlPolicy ? Self.serviceControl : Self.resourceControl
        let values = [account.value] + unitsAbove(account).map(\.value)
        return values.flatMap { Self.attached(field, to: $0) }
            .compactMap { controlPolicy(kind, named: $0.text) }
    }

    package func isManagementAccount(_ account: Account) -> Bool {
        managementAccount.map { $0.name == account.name } ?? false
    }
}

extension PolicyKind {
    /// The field of an organization file that attaches policies of the kind.
    var field: String? {
        switch self {
        case .serviceControlPolicy: WrittenOrganization.serviceControl
        case .resourceControlPolicy: WrittenOrganization.resourceControl
        case .identityPolicy, .trustPolicy, .resourcePolicy, .endpointPolicy: nil
        }
    }
}

extension WrittenOrganization {
    /// The control policies that the file defines: the field that attaches each, and its name.
    var controlPolicyNames: [(field: String, name: SourceString)] {
        [Self.serviceControl, Self.resourceControl].flatMap { field in
            (value[field]?.members ?? []).map { (field, SourceString($0.key, at: $0.keySpan)) }
        }
    }
}

extension WrittenOrganization {
    /// Every level with the SCPs attached there, as names and, where they are in the file, as
    /// documents.
    var levels: [(node: Node, names: [SourceString], documents: [WrittenPolicy])] {
        nodes.map { node in
            let names = Self.attached(Self.serviceControl, to: node.value)
            return (
                node, names,
                names.compactMap { controlPolicy(.serviceControlPolicy, named: $0.text) }
            )
        }
    }
}
