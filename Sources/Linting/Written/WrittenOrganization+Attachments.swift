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
    }

    /// Units first, then the accounts in them.
    package var nodes: [Node] {
        let above = units.map { unit in
            let name = unit.parent == nil ? "the root" : "the unit '\(unit.path)'"
            return Node(
                name: name,
                place: unit.place,
                value: unit.value,
                parent: unit.parent,
                account: nil
            )
        }
        let below = accounts.filter { $0.unit != nil }.map { account in
            Node(
                name: "the account '\(account.name)'",
                place: account.place,
                value: account.value,
                parent: account.unit,
                account: account
            )
        }
        return above + below
    }

    /// Where a control policy of that name is attached.
    package func attachments(_ field: String, of name: String) -> [(node: Node, word: SourceString)]
    {
        nodes.flatMap { node in
            Self.attached(field, to: node.value).filter { $0.text == name }.map { (node, $0) }
        }
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
