/// An account with its IAM entities and its resources.
struct Account {
    let name: String
    let id: String
    let isSuspended: Bool
    let blocksPublicBuckets: Bool
    let allowsPasswordChange: Bool
    /// The organization the account belongs to, ours or another.
    let organizationID: String?
    var isMember = false
    var isManagement = false
    /// `o-…/r-…/ou-…/`, for accounts of our organization.
    var organizationPath: String?
    var unitPath: String?
    /// Root, units and the account itself, for accounts of our organization.
    var levels: [Organization.Level] = []
    let managedPolicies: [String: PolicyDocument]
    let managedPolicyPaths: [String: String]
    let samlProviders: Set<String>
    /// The audiences of each OIDC provider, by its host and path.
    let oidcProviders: [String: [String]]
    private(set) var users: [String: Entity] = [:]
    private(set) var roles: [String: Entity] = [:]
    private(set) var resources: [String: Resource] = [:]

    init(_ json: JSON, name: String, organizationID: String?, managed: AWSManagedPolicies) {
        self.name = name
        id = json["id"]?.text ?? ""
        isSuspended = json["status"]?.text == "SUSPENDED"
        blocksPublicBuckets = json["blockPublicAccess"]?["restrictPublicBuckets"]?.isTrue ?? false
        self.organizationID = organizationID
        let iam = json["iam"] ?? .object([:])
        allowsPasswordChange = iam["passwordPolicy"]?["allowUsersToChangePassword"]?.isTrue ?? false
        var documents: [String: PolicyDocument] = [:]
        var paths: [String: String] = [:]
        for (name, policy) in iam["managedPolicies"]?.sortedMembers ?? [] {
            // A bare document may stand for {"document": …}.
            documents[name] = PolicyDocument(policy["document"] ?? policy)
            paths[name] = policy["path"]?.text ?? "/"
        }
        samlProviders = Set((iam["samlProviders"]?.members ?? [:]).keys)
        oidcProviders = (iam["oidcProviders"]?.members ?? [:]).mapValues { provider in
            provider["audiences"]?.elements?.compactMap(\.text) ?? []
        }
        managedPolicies = documents
        managedPolicyPaths = paths
        let groups = iam["groups"] ?? .object([:])
        for (name, user) in iam["users"]?.sortedMembers ?? [] {
            // EVAL-4, ENT-7: a user has the policies of all his groups.
            let memberships = user["groups"]?.elements?.compactMap(\.text) ?? []
            let sources = [user] + memberships.compactMap { groups[$0] }
            users[name] = entity(user, kind: "user", name: name, sources: sources, managed: managed)
        }
        for (name, role) in iam["roles"]?.sortedMembers ?? [] {
            roles[name] = entity(role, kind: "role", name: name, sources: [role], managed: managed)
        }
        for (key, resource) in json["resources"]?.sortedMembers ?? [] {
            let arn = resource["arn"]?.text ?? key
            resources[arn] = Resource(resource, arn: arn)
        }
    }

    private func entity(
        _ json: JSON,
        kind: String,
        name: String,
        sources: [JSON],
        managed: AWSManagedPolicies
    ) -> Entity {
        let path = json["path"]?.text ?? "/"
        let arn = "arn:aws:iam::\(id):\(kind)\(path)\(name)"
        var policies: [NamedPolicy] = []
        for source in sources {
            for (policyName, document) in source["inlinePolicies"]?.sortedMembers ?? [] {
                policies.append(NamedPolicy(name: policyName, document: PolicyDocument(document)))
            }
            for reference in source["managedPolicies"]?.elements?.compactMap(\.text) ?? [] {
                policies += [policy(reference, managed: managed)].compactMap(\.self)
            }
        }
        return Entity(
            arn: arn,
            name: name,
            uniqueID: DerivedID.unique(kind == "user" ? "AIDA" : "AROA", arn: arn),
            tags: json["tags"]?.members?.compactMapValues(\.text) ?? [:],
            policies: policies,
            boundary: json["permissionsBoundary"]?.text.flatMap { policy($0, managed: managed) },
            trustPolicy: json["trustPolicy"].map { PolicyDocument($0) },
            // SVC-3
            isServiceLinked: json["serviceLinked"]?.isTrue ?? false
                || path.hasPrefix("/aws-service-role/"),
            isOfIdentityCenter: path.hasPrefix("/aws-reserved/sso.amazonaws.com/"),
            maximumDuration: json["maxSessionDuration"]?.wholeNumber ?? 3600
        )
    }

    /// A managed policy by name, or by ARN where AWS manages it.
    func policy(_ reference: String, managed: AWSManagedPolicies) -> NamedPolicy? {
        guard reference.hasPrefix("arn:") else {
            return managedPolicies[reference].map { NamedPolicy(name: reference, document: $0) }
        }
        if let document = managed.documents[reference] {
            return NamedPolicy(name: reference, document: document)
        }
        let name = reference.split(separator: "/").last.map(String.init) ?? reference
        return managedPolicies[name].map { NamedPolicy(name: name, document: $0) }
    }

    /// Adds a role that Identity Center provisions.
    mutating func addRole(_ role: Entity) {
        roles[role.name] = role
    }

    /// An entity by the text after `user/` or `role/`: its name, with or without its path.
    static func find(_ text: Substring, in entities: [String: Entity]) -> Entity? {
        text.split(separator: "/").last.flatMap { entities[String($0)] }
    }
}

/// A user or role.
struct Entity {
    let arn: String
    let name: String
    let uniqueID: String
    let tags: [String: String]
    let policies: [NamedPolicy]
    let boundary: NamedPolicy?
    let trustPolicy: PolicyDocument?
    let isServiceLinked: Bool
    let isOfIdentityCenter: Bool
    /// STS-8: the longest session of a role, in seconds.
    let maximumDuration: Int
}

/// A policy with the name reasons give it.
struct NamedPolicy {
    let name: String
    let document: PolicyDocument
}

/// An entry of `resources`.
struct Resource {
    struct Grant {
        let grantee: String
        let operations: [String]
    }

    let arn: String
    let policy: PolicyDocument?
    let tags: [String: String]
    let region: String?
    let vpc: String?
    let restrictsPublicBuckets: Bool
    let grants: [Grant]

    init(_ json: JSON, arn: String) {
        self.arn = arn
        policy = json["policy"].map { PolicyDocument($0) }
        tags = json["tags"]?.members?.compactMapValues(\.text) ?? [:]
        region = json["region"]?.text
        vpc = json["vpc"]?.text
        restrictsPublicBuckets =
            json["blockPublicAccess"]?["restrictPublicBuckets"]?.isTrue ?? false
        grants = (json["grants"]?.elements ?? []).map { grant in
            Grant(
                grantee: grant["granteePrincipal"]?.text ?? "",
                operations: grant["operations"]?.elements?.compactMap(\.text) ?? []
            )
        }
    }
}

/// The policies of AWS that the reference knows, and those the file supplies.
struct AWSManagedPolicies {
    private(set) var documents: [String: PolicyDocument]

    /// The document of AdministratorAccess and of FullAWSAccess.
    static let allowEverything = JSON.object([
        "Version": .string("2012-10-17"),
        "Statement": .array([
            .object([
                "Effect": .string("Allow"), "Action": .string("*"), "Resource": .string("*"),
            ])
        ]),
    ])

    init(_ supplied: JSON?) {
        let administrator = PolicyDocument(Self.allowEverything)
        documents = ["arn:aws:iam::aws:policy/AdministratorAccess": administrator]
        for (arn, policy) in supplied?.sortedMembers ?? [] {
            documents[arn] = PolicyDocument(policy["document"] ?? policy)
        }
    }
}
