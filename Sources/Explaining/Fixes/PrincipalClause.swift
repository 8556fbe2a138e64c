import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage

/// Whom a statement is about: its `Principal`, and the conditions without which that would mean
/// others as well.
struct PrincipalClause {
    let element: JSONOutput
    /// As sentences name him, with the conditions.
    let name: String
    let condition: [Exemption]

    init(_ element: JSONOutput, _ name: String, with condition: [Exemption] = []) {
        self.element = element
        self.name = name + Self.told(condition)
        self.condition = condition
    }

    private init(element: JSONOutput, name: String, condition: [Exemption]) {
        self.element = element
        self.name = name
        self.condition = condition
    }

    /// One principal by his ARN.
    init(_ arn: ARN) {
        self.init(.fields(["AWS": .string(arn.description)]), "'\(arn)'")
    }

    /// An account's ARN delegates to everybody in it (PRIN-3), so a condition tells the root user
    /// apart (KEY-5).
    init(root arn: ARN, only: Exemption?) {
        self.init(
            element: .fields(["AWS": .string(arn.description)]),
            name: "the root user '\(arn)'",
            condition: only.map { [$0] } ?? []
        )
    }

    /// The same callers by a condition alone.
    func asEverybody(only: Exemption) -> PrincipalClause {
        PrincipalClause(
            element: .string("*"),
            name: name,
            condition: [only] + condition.filter { $0.key != only.key }
        )
    }

    /// " with aws:SourceAccount = 111122223333"; empty without conditions.
    static func told(_ condition: [Exemption]) -> String {
        let keys = condition.map { "\($0.key) = \($0.value)" }
        return keys.isEmpty ? "" : " with " + keys.joined(separator: " and ")
    }
}

extension Grant {
    /// The caller as an Allow names him, the entity behind a session.
    var principal: PrincipalClause? {
        switch caller {
        case .root, .assumedRoot:
            return view.callerAccount.map { PrincipalClause(root: $0.rootARN, only: only) }
        case .user, .role, .outsider: return view.entity.map { PrincipalClause($0) }
        case .federatedUser: return view.caller.map { PrincipalClause($0) }
        case .anonymous: return PrincipalClause(.string("*"), "everybody", with: whence)
        case .service(let service):
            let source = view.context.single("aws:SourceAccount").map {
                [Exemption(operator: "StringEquals", key: "aws:SourceAccount", value: $0)]
            }
            let element = JSONOutput.fields(["Service": .string(service.name)])
            return PrincipalClause(element, "'\(service.name)'", with: source ?? [])
        case .federation(let provider, let keys):
            let conditions = keys.filter {
                $0.key.canonical.hasSuffix(":sub") || $0.key.canonical.hasSuffix(":aud")
            }
            .compactMap { key in
                view.context.single(key.key).map {
                    Exemption(operator: "StringEquals", key: key.key.description, value: $0)
                }
            }
            let element = JSONOutput.fields(["Federated": .string(provider)])
            return PrincipalClause(element, "'\(provider)'", with: conditions)
        }
    }

    /// The caller as a Deny names him: an account's ARN would stop all its users and roles
    /// (NOTP-4), and no ARN means anonymous callers alone.
    var denied: PrincipalClause? {
        guard let principal else { return nil }
        switch caller {
        case .root, .assumedRoot: return only.map { principal.asEverybody(only: $0) }
        case .anonymous:
            let callers = PrincipalClause(.string("*"), "anonymous callers", with: whence)
            return only.map { callers.asEverybody(only: $0) }
        case .user, .role, .federatedUser, .service, .federation, .outsider: return principal
        }
    }

    /// The caller as the policy of a gateway endpoint names him: `Principal` is everybody there,
    /// and a condition says who is meant (VPCE-2).
    var gatewayPrincipal: PrincipalClause? {
        guard let principal, principal.element != .string("*") else { return principal }
        return only.map { principal.asEverybody(only: $0) }
    }

    /// The condition that the caller alone fulfils.
    private var only: Exemption? { Exemption(caller, view, isNegated: false) }

    /// Where an anonymous call comes from.
    private var whence: [Exemption] {
        for key in ["aws:SourceVpce", "aws:SourceVpc"] {
            if let value = view.context.single(ConditionKey(key)) {
                return [Exemption(operator: "StringEquals", key: key, value: value)]
            }
        }
        guard let address = view.context.single("aws:SourceIp"), IPAddressRange(address) != nil
        else { return [] }
        return [Exemption(operator: "IpAddress", key: "aws:SourceIp", value: address)]
    }
}
