package import JSONSource
import PolicyLanguage

/// What stands in the file at places that changes can write to.
extension OrganizationState {
    /// The value at a path into an account's object.
    package func value(at path: [String], in account: Account) -> JSONValue? {
        value.value(at: OrganizationEditor(self).path(of: account) + path)
    }

    /// The key under which an account lists a resource: its ARN, or a name with the ARN inside.
    package func key(ofResource arn: String, in account: Account) -> String? {
        let members = value(at: ["resources"], in: account)?.members ?? []
        return members.first { $0.key == arn || $0.value["arn"]?.string == arn }?.key
    }

    /// Where the document of a customer managed policy stands in its account.
    package func path(ofManagedPolicy name: String, in account: Account) -> [String]? {
        let path = ["iam", "managedPolicies", name]
        guard let value = value(at: path, in: account) else { return nil }
        return value["document"] == nil ? path : path + ["document"]
    }
}
