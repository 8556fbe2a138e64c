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
    var assignments: [Assignment] = []
    private(set) var provisions: Set<Provision> = []

    init(instance: JSONValue, id: SourceString) {
        self.instance = instance
        self.id = id
    }

    mutating func assign(_ assignment: Assignment) {
        assignments.append(assignment)
        provisions.insert(assignment.provision)
    }
}
