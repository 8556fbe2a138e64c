import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage

/// By what a policy that decided is found again where it is attached.
struct AttachmentKey: Hashable {
    let holder: Holder
    let type: PolicyType
    let policy: PolicyKey

    /// What a policy is attached to.
    enum Holder: Hashable {
        case unit(String)
        case account(String)
        case user(AccountID, String)
        case group(AccountID, String)
        case role(AccountID, String)
        case permissionSet(String)
        /// A resource, an endpoint or, with its trust policy, a role.
        case resource(String)
    }
}

/// Which policy it is, so that one that took its place is another one.
enum PolicyKey: Hashable {
    /// One of AWS, by ARN or name.
    case ofAWS(String)
    case written(name: String?, SourceSpan)
    /// As permission sets refer to it: path and name, in whichever account.
    case referred(String)
    /// Any policy of a permission set.
    case any

    init(_ policy: Policy) {
        if policy.isOfAWS {
            self = .ofAWS(policy.arn ?? policy.name ?? "")
        } else {
            self = .written(name: policy.name, policy.document.span)
        }
    }
}

extension Policy {
    /// Whether AWS keeps the policy, whoever supplied its text.
    var isOfAWS: Bool { arn.flatMap { ARN($0) }?.account == "aws" }

    /// Path and name of a policy of the account, as permission sets find it (IDC-7).
    var reference: PolicyKey? {
        guard !isOfAWS, let resource = arn.flatMap({ ARN($0) })?.resource,
            let slash = resource.firstIndex(of: "/")
        else { return nil }
        let name = resource.lastIndex(of: "/") ?? slash
        return .referred(
            resource[slash...name] + resource[resource.index(after: name)...].lowercased()
        )
    }
}

/// By what an assignment of a permission set is found.
struct AssignmentKey: Hashable {
    let permissionSet: String
    /// An account or a unit as assignments name it.
    let target: String
}

/// Who has a permission set at a place.
struct Assignee {
    let user: String?
    let group: String?
    let place: SourceSpan
}
