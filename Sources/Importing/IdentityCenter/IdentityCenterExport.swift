import JSONSource

/// What an export tells of an instance of IAM Identity Center, names put in place of ids.
struct IdentityCenterExport {
    /// A permission set in an account, for which Identity Center makes a role there.
    struct Provision: Hashable {
        let permissionSet: String
        let account: String
    }

    struct PermissionSet {
        let name: SourceString
        /// The folder of the answers about it.
        let folder: String
        /// What `DescribePermissionSet` says.
        let description: JSONValue
        /// What stands for the boundary where no call told it and no role shows it.
        var unknownBoundary: JSONValue?
        var policies = Policies()
    }

    /// What a permission set has, as the calls about it tell.
    struct Policies {
        /// ARNs of AWS managed policies.
        var managed: [SourceString] = []
        /// Customer managed policies by name and path.
        var references: [JSONValue] = []
        /// The inline policy, or what stands for what could not be read.
        var inline: JSONValue?
        var boundary: JSONValue?
        /// Of what no call told, what stands for it.
        var gaps: [JSONValue] = []
    }

    /// Somebody in some account by way of a permission set.
    struct Assignment {
        enum Principal: String {
            case user
            case group
        }

        let permissionSet: SourceString
        let principal: Principal
        let name: SourceString
        let account: SourceString
        let span: SourceSpan

        var provision: Provision {
            Provision(permissionSet: permissionSet.text, account: account.text)
        }
    }

    /// The entry of `ListInstances`.
    let instance: JSONValue
    let id: SourceString
    var folder: String { "identity-center/\(id.text)" }
    var permissionSets: [PermissionSet] = []
    /// Names of people and groups by id.
    var users: [String: SourceString] = [:]
    var groups: [String: SourceString] = [:]
    /// Groups that stand for people and groups that are assigned something and that the export
    /// lacks, by their ids; nobody is known to be in them.
    private(set) var unknown: [String: SourceString] = [:]
    var assignments: [Assignment] = []
    private(set) var provisions: Set<Provision> = []
    /// Why people may have more permission sets than the assignments say.
    private(set) var missing: [String] = []

    init(instance: JSONValue, id: SourceString) {
        self.instance = instance
        self.id = id
    }

    mutating func note(missing reason: String) {
        if !missing.contains(reason) { missing.append(reason) }
    }

    /// The group that stands for somebody who is assigned something and whom the export lacks.
    mutating func unknown(_ id: SourceString, isUser: Bool) -> SourceString {
        if let known = unknown[id.text] { return known }
        let name = id.renamed("Unknown\(isUser ? "User" : "Group")-\(id.text)")
        unknown[id.text] = name
        return name
    }

    mutating func assign(_ assignment: Assignment) {
        assignments.append(assignment)
        provisions.insert(assignment.provision)
    }
}
