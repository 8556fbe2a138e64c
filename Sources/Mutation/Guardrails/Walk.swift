import Authorization
import JSONSource
import PolicyLanguage

/// One way through an organization file.
struct Walk {
    private let file: JSONValue
    private let world: Int
    /// Each account with the keys that lead to it.
    private var accounts: [(name: String, path: [String], value: JSONValue)] = []
    /// The root and the units, each with its path in the organization and in the file.
    private var nodes: [(name: String, path: [String], value: JSONValue)] = []
    private var found: [FoundDocument] = []

    static let controls: [(type: PolicyType, key: String, grammar: PolicyGrammar)] = [
        (.serviceControlPolicy, "serviceControlPolicies", .serviceControl),
        (.resourceControlPolicy, "resourceControlPolicies", .resourceControl),
    ]

    init(_ file: JSONValue, world: Int) {
        self.file = file
        self.world = world
        if let root = file["root"] { visit(root, "Root", ["root"]) }
        for member in file["externalAccounts"]?.members ?? [] {
            accounts.append((member.key, ["externalAccounts", member.key], member.value))
        }
    }

    // Units are as deep as JSON may be nested.
    private mutating func visit(_ node: JSONValue, _ name: String, _ path: [String]) {
        nodes.append((name, path, node))
        for member in node["accounts"]?.members ?? [] {
            accounts.append((member.key, path + ["accounts", member.key], member.value))
        }
        for member in node["organizationalUnits"]?.members ?? [] {
            let below = path + ["organizationalUnits", member.key]
            visit(member.value, "\(name)/\(member.key)", below)
        }
    }

    private mutating func add(
        _ type: PolicyType,
        _ grammar: PolicyGrammar,
        _ title: String,
        _ value: JSONValue?,
        _ path: [String],
        of resource: String? = nil
    ) {
        guard let value else { return }
        found.append(
            FoundDocument(
                type: type,
                grammar: grammar,
                title: title,
                value: value,
                resource: resource,
                world: world,
                path: path
            )
        )
    }

    mutating func controlPolicies() {
        for (type, key, grammar) in Self.controls {
            let kind = type == .serviceControlPolicy ? "service" : "resource"
            for member in file[key]?.members ?? [] {
                let title = "\(kind) control policy '\(member.key)'"
                add(type, grammar, title, member.value, [key, member.key])
            }
        }
    }
}

// Documents of accounts.
extension Walk {
    /// Names of policies that bound somebody, by account; those of permission sets count everywhere.
    var boundaries: Set<String> {
        var names: Set<String> = []
        for account in accounts {
            for kind in ["users", "roles"] {
                for member in account.value["iam"]?[kind]?.members ?? [] {
                    guard let name = member.value["permissionsBoundary"]?.string else { continue }
                    names.insert("\(account.name)/\(Self.plain(name))")
                }
            }
        }
        for member in file["identityCenter"]?["permissionSets"]?.members ?? [] {
            let boundary = member.value["permissionsBoundary"]?["customerManagedPolicy"]
            guard let name = boundary?["name"]?.string else { continue }
            for account in accounts { names.insert("\(account.name)/\(name)") }
        }
        return names
    }

    /// The name of a policy that may be given by its ARN.
    private static func plain(_ name: String) -> String {
        guard name.hasPrefix("arn:") else { return name }
        return name.split(separator: "/").last.map(String.init) ?? name
    }

    mutating func documents(_ boundaries: Set<String>) -> [FoundDocument] {
        for account in accounts {
            managedPolicies(account.name, account.path, account.value, boundaries)
            for kind in ["users", "groups", "roles"] {
                entities(kind, account.name, account.path, account.value)
            }
            resources(account.name, account.path, account.value)
        }
        for member in file["identityCenter"]?["permissionSets"]?.members ?? [] {
            let value = member.value["inlinePolicy"]
            if value?.members?.isEmpty == true { continue }
            let title = "inline policy of the permission set '\(member.key)'"
            let path = ["identityCenter", "permissionSets", member.key, "inlinePolicy"]
            add(.identityPolicy, .identity, title, value, path)
        }
        return found
    }

    private mutating func managedPolicies(
        _ account: String,
        _ path: [String],
        _ value: JSONValue,
        _ boundaries: Set<String>
    ) {
        for member in value["iam"]?["managedPolicies"]?.members ?? [] {
            let isBoundary = boundaries.contains("\(account)/\(member.key)")
            let kind = isBoundary ? "permissions boundary" : "managed policy"
            var place = path + ["iam", "managedPolicies", member.key]
            if member.value["document"] != nil { place.append("document") }
            add(
                isBoundary ? .permissionsBoundary : .identityPolicy,
                .identity,
                "\(kind) '\(member.key)' of \(account)",
                member.value["document"] ?? member.value,
                place
            )
        }
    }

    private mutating func entities(
        _ kind: String,
        _ account: String,
        _ path: [String],
        _ value: JSONValue
    ) {
        for entity in value["iam"]?[kind]?.members ?? [] {
            let place = path + ["iam", kind, entity.key]
            let who = "\(account):\(kind.dropLast())/\(entity.key)"
            if kind == "roles" {
                let policy = entity.value["trustPolicy"]
                let id = value["id"]?.string ?? ""
                let folder = entity.value["path"]?.string ?? "/"
                add(
                    .trustPolicy,
                    .trust,
                    "trust policy of \(who)",
                    policy,
                    place + ["trustPolicy"],
                    of: "arn:aws:iam::\(id):role\(folder)\(entity.key)"
                )
            }
            for member in entity.value["inlinePolicies"]?.members ?? [] {
                add(
                    .identityPolicy,
                    .identity,
                    "inline policy '\(member.key)' of \(who)",
                    member.value,
                    place + ["inlinePolicies", member.key]
                )
            }
        }
    }

    private mutating func resources(_ account: String, _ path: [String], _ value: JSONValue) {
        for member in value["resources"]?.members ?? [] {
            let arn = member.value["arn"]?.string ?? member.key
            let isEndpoint = ARN(arn)?.isVPCEndpoint ?? false
            add(
                isEndpoint ? .vpcEndpointPolicy : .resourcePolicy,
                isEndpoint ? .vpcEndpoint : .resource,
                "\(isEndpoint ? "endpoint" : "resource") policy of \(arn)",
                member.value["policy"],
                path + ["resources", member.key, "policy"],
                of: arn
            )
        }
    }
}

// What is attached where.
extension Walk {
    func attachments(_ boundaries: Set<String>) -> [FoundAttachment] {
        Self.controls.flatMap { control in
            nodes.flatMap { node in
                let children = children(of: node.value, node.path, control.key)
                return attached(control.key, node.name, node.path, node.value, children)
            }
                + accounts.flatMap {
                    attached(control.key, $0.name, $0.path, $0.value, [])
                }
        } + accounts.flatMap { bounded($0.name, $0.path, $0.value) }
    }

    private func children(
        of node: JSONValue,
        _ path: [String],
        _ list: String
    ) -> [Attachment.Child] {
        ["organizationalUnits", "accounts"].flatMap { kind in
            (node[kind]?.members ?? []).map {
                Attachment.Child(name: $0.key, path: path + [kind, $0.key, list])
            }
        }
    }

    private func attached(
        _ key: String,
        _ target: String,
        _ path: [String],
        _ value: JSONValue,
        _ children: [Attachment.Child]
    ) -> [FoundAttachment] {
        (value[key]?.elements ?? []).compactMap { name in
            name.string.map {
                FoundAttachment(
                    policy: $0,
                    document: [key, $0],
                    target: target,
                    name: name,
                    world: world,
                    list: path + [key],
                    children: children
                )
            }
        }
    }

    private func bounded(
        _ account: String,
        _ path: [String],
        _ value: JSONValue
    ) -> [FoundAttachment] {
        ["users", "roles"].flatMap { kind in
            (value["iam"]?[kind]?.members ?? []).compactMap { entity in
                guard let name = entity.value["permissionsBoundary"],
                    let text = name.string.map(Self.plain),
                    let policy = value["iam"]?["managedPolicies"]?[text]
                else { return nil }
                let document = path + ["iam", "managedPolicies", text]
                return FoundAttachment(
                    policy: text,
                    document: policy["document"] == nil ? document : document + ["document"],
                    target: "\(account):\(kind.dropLast())/\(entity.key)",
                    name: name,
                    world: world,
                    list: path + ["iam", kind, entity.key, "permissionsBoundary"],
                    children: []
                )
            }
        }
    }
}
