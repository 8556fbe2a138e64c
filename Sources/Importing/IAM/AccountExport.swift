import JSONSource

/// An account whose IAM is read from an export.
struct AccountExport {
    let id: String
    /// The name the account is written under, at the place where AWS lists the account.
    let name: SourceString

    /// The folder of the answers of IAM.
    var folder: String { "accounts/\(id)/iam" }
}

/// What the entities of one account may refer to, and what other calls tell of them.
struct IAMNames {
    var account = ""
    /// ARNs of customer managed policies.
    var policies: Set<String> = []
    var groups: Set<String> = []
    var roles: Set<String> = []
    /// How long sessions of a role may last, where some call tells.
    var sessionDurations: [String: JSONValue] = [:]
    var report: CredentialReport?
}
