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

/// Which layers are asked about a request, and why not the others.
struct AskedLayers {
    private var whys = [WhyNotAsked?](repeating: nil, count: LayerKind.allCases.count)
    /// Levels of control policies; for the other layers one level of what is attached there.
    private var levels = [[PolicyLevel]](repeating: [], count: LayerKind.allCases.count)

    mutating func ask(_ kind: LayerKind, _ asked: [PolicyLevel]) {
        levels[Int(kind.rawValue)] = asked
        whys[Int(kind.rawValue)] = nil
    }

    mutating func skip(_ kind: LayerKind, _ why: WhyNotAsked) { whys[Int(kind.rawValue)] = why }

    /// Nil for a layer that is asked.
    func whyNotAsked(_ kind: LayerKind) -> WhyNotAsked? { whys[Int(kind.rawValue)] }

    func levels(_ kind: LayerKind) -> [PolicyLevel] { levels[Int(kind.rawValue)] }
}

/// Policies of one type at one place.
struct PolicyLevel: Sendable {
    /// The unit's path, the account's name or an ARN.
    let target: String
    let policies: [Policy]
}

/// Why a layer has no say in a request.
enum WhyNotAsked {
    case leftOut
    case callerHasNoAccount
    case isServiceLinked
    case isBeyondSCPs
    case isOutside(Account)
    case isManagementAccount
    case typeIsNotEnabled
    case ownerIsUnknown
    case isNotReachedByRCPs
    case namesNoResource
    case serviceAssumesItsRole
    case callOfService
    case noEndpoint
    case defaultEndpointPolicy
    case actionNamesNoResource
    case noneListed
    case noIdentityPolicies
    case noBoundary
    case noSessionPolicy

    func text(_ kind: LayerKind, _ evaluation: Evaluation) -> String {
        let action = evaluation.request.action
        switch self {
        case .leftOut: return "left out of the question"
        case .callerHasNoAccount: return "\(evaluation.subject.name) belongs to no account"
        case .isServiceLinked:
            let type = kind == .serviceControl ? "SCPs" : "RCPs"
            return "\(type) do not reach service-linked roles"
        case .isBeyondSCPs: return "SCPs do not reach \(action.service)"
        case .isOutside(let account):
            return "the account '\(account.name)' is outside the organization"
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
        case .actionNamesNoResource: return "the action names no resource"
        case .noneListed: return "none is listed for \(evaluation.target.name)"
        case .noIdentityPolicies: return "\(evaluation.subject.name) has no identity policies"
        case .noBoundary: return "there is no permissions boundary"
        case .noSessionPolicy: return "no session policy was passed"
        }
    }
}
