package import JSONSource
import PolicyLanguage

/// One change of an organization, as a scenario replays it (formats, section 5).
package enum OrganizationChange: Sendable {
    case attachPolicy(String, target: String)
    case detachPolicy(String, target: String)
    case putPolicy(ControlPolicyType, name: String, document: JSONValue)
    case deletePolicy(ControlPolicyType, name: String)
    case moveAccount(String, to: String)
    case createAccount(String, id: String?, to: String, value: JSONValue)
    case closeAccount(String)
    case removeAccount(String)
    case createOrganizationalUnit(String)
    /// In an account; without one in the Identity Center part of the file.
    case put([String], account: String?, value: JSONValue)
    case delete([String], account: String?)
    case tag(String, tags: JSONValue)
    case untag(String, keys: [String])
    case assign(JSONValue)
    case unassign(JSONValue)
}

/// Why AWS refuses a change, in a sentence.
package struct ChangeRefusal: Error, Sendable, Hashable {
    package let reason: String

    package init(_ reason: String) {
        self.reason = reason
    }
}
