import OrganizationModel
import PolicyLanguage

/// The layers of policies that a request can pass, in the order in which they are asked.
enum LayerKind: UInt8, BitwiseCopyable, CaseIterable {
    case resourceControl
    case serviceControl
    case endpoint
    case resource
    case identity
    case boundary
    case session
}

/// What a layer says about a request.
enum AskedLayer {
    /// Control policies on the way to an account, by its place in the organization.
    case levels(account: Int)
    /// What is attached at one place.
    case policies([Policy], target: String)
    case not(WhyNotAsked)
}

/// Why a layer has no say in a request.
enum WhyNotAsked {
    case leftOut
    case callerHasNoAccount
    case isServiceLinked
    case isBeyondSCPs
    case isOutside
    case isManagementAccount
    case typeIsNotEnabled
    case ownerIsUnknown
    case isNotReachedByRCPs
    case namesNoResource
    case serviceAssumesItsRole
    case callOfService
    case noEndpoint
    case defaultEndpointPolicy
    case noneListed
    case noIdentityPolicies
    case noBoundary
    case noSessionPolicy
}

extension WhyNotAsked {
    func text(_ kind: LayerKind, _ evaluation: Evaluation) -> String {
        let action = evaluation.request.action
        switch self {
        case .leftOut: return "left out of the question"
        case .callerHasNoAccount: return "\(evaluation.subject.name) belongs to no account"
        case .isServiceLinked:
            let type = kind == .serviceControl ? "SCPs" : "RCPs"
            return "\(type) do not reach service-linked roles"
        case .isBeyondSCPs: return "SCPs do not reach \(action.service)"
        case .isOutside:
            let account =
                kind == .serviceControl ? evaluation.subject.account : evaluation.target.owner
            return "the account '\(account?.name ?? "")' is outside the organization"
        case .isManagementAccount: return "the management account is under none"
        case .typeIsNotEnabled: return "the policy type is not enabled"
        case .ownerIsUnknown: return "the resource belongs to no account of the file"
        case .isNotReachedByRCPs: return "RCPs do not reach \(action)"
        case .namesNoResource: return "\(action) names no resource here"
        case .serviceAssumesItsRole:
            return "RCPs do not reach a service that assumes its own role"
        case .callOfService: return "the call of a service passes no endpoint"
        case .noEndpoint: return "the call travels through no VPC endpoint"
        case .defaultEndpointPolicy:
            return "the endpoint's policy is the default one, which allows everything"
        case .noneListed:
            let name = evaluation.target.name
            return name == "*" ? "the action names no resource" : "none is listed for \(name)"
        case .noIdentityPolicies: return "\(evaluation.subject.name) has no identity policies"
        case .noBoundary: return "there is no permissions boundary"
        case .noSessionPolicy: return "no session policy was passed"
        }
    }
}
