import Authorization
import OrganizationModel
import PolicyLanguage

/// What a layer's mark means, in a sentence.
struct LayerText {
    private let layer: Trace.Layer
    private let request: Request
    private let decision: Decision
    private let trace: Trace

    init(_ layer: Trace.Layer, _ request: Request, _ decision: Decision, _ trace: Trace) {
        self.layer = layer
        self.request = request
        self.decision = decision
        self.trace = trace
    }

    func why(_ mark: Explanation.Mark, _ blocking: [Reason]) -> String {
        switch mark {
        case .blocks:
            let denied = blocking.contains { $0.kind == .explicitDeny }
            let silent = blocking.contains { $0.kind == .implicitDeny }
            return [
                denied ? "denied by \(names(layer.denies(among: blocking)))" : nil,
                silent ? silence : nil,
            ]
            .compactMap { $0 }.joined(separator: "; ")
        case .allows: return allowance
        case .depends: return "unknown keys decide"
        case .notAsked: return ""
        case .notNeeded: return isCallersSide ? callersSide : resourcesSide
        }
    }

    private var isCallersSide: Bool {
        [.identityPolicy, .permissionsBoundary, .sessionPolicy].contains(layer.policyType)
    }

    private func names(_ statements: [Trace.Examined]) -> String {
        let parts = statements.prefix(3).map { examined in
            let statement = "statement \(examined.statement.label)"
            return examined.policy.name.map { "\($0), \(statement)" } ?? statement
        }
        let rest = statements.count - parts.count
        return parts.joined(separator: "; ") + (rest > 0 ? "; … and \(rest) more" : "")
    }

    /// An Allow is missing here.
    private var silence: String {
        let names = layer.policies.compactMap(\.name)
        switch layer.policyType {
        case .serviceControlPolicy where layer.policies.isEmpty: return "nothing is attached here"
        case .identityPolicy where layer.policies.isEmpty: return "the caller has none"
        case .sessionPolicy where layer.policies.isEmpty:
            return "none was passed, so the session may do nothing"
        case .serviceControlPolicy, .identityPolicy, .permissionsBoundary, .sessionPolicy:
            guard names.count == layer.policies.count else { return "it does not allow the call" }
            if names.count == 1 { return "\(names[0]) does not allow the call" }
            let rest = names.count > 4 ? ", … and \(names.count - 4) more" : ""
            return "none of \(names.prefix(4).joined(separator: ", "))\(rest) allows the call"
        case .resourcePolicy, .trustPolicy: return "it does not let the caller in"
        case .resourceControlPolicy, .vpcEndpointPolicy, .blockPublicAccess, .serviceRule:
            return "it does not allow the call"
        }
    }

    private var allowance: String {
        let allows = layer.allows
        if layer.policyType == .resourceControlPolicy { return "denies nothing" }
        let grants = decision.reasons.filter { isGrant($0) && $0.target == layer.target }
        if let grant = grants.first, let name = grant.policy {
            let others = allows.count + grants.count - 1
            return "allowed by \(name) of the key" + (others > 0 ? ", and \(others) more" : "")
        }
        guard let best = allows.max(by: { ($0.grade ?? .delegation) < ($1.grade ?? .delegation) })
        else { return "denies nothing" }
        let isResource = [.resourcePolicy, .trustPolicy].contains(layer.policyType)
        if isResource, best.grade == .delegation {
            return "leaves it to the caller's account by \(names([best]))"
        }
        let others = allows.count > 1 ? ", and \(allows.count - 1) more" : ""
        let whatever = best.applies ? "" : " whatever the unknown keys are,"
        return "allowed\(whatever) by \(names([best]))\(others)"
    }
}

// Layers that do not allow and need not.
extension LayerText {
    private var callersSide: String {
        switch request.caller {
        case .root, .assumedRoot, .federatedUser(_, user: nil, _):
            return "not needed: the root user needs no policy in his own account"
        case .user, .role, .federatedUser, .service, .federation, .anonymous, .outsider: break
        }
        if let rule = decision.reasons.first(where: { $0.policyType == .serviceRule }),
            let text = rule.explanation
        {
            return "not needed: \(text)"
        }
        let side = trace.layers.first {
            [.resourcePolicy, .trustPolicy].contains($0.policyType)
        }
        let grants = (side?.statements ?? []).filter {
            $0.statement.effect == .allow && $0.applies
        }
        let name = side.map { Self.name(of: $0) } ?? "the resource policy"
        let best = grants.max { ($0.grade ?? .delegation) < ($1.grade ?? .delegation) }
        guard let best, let grade = best.grade, grade != .delegation else {
            return decision.reasons.contains(where: isGrant)
                ? "not needed: a grant of the key lets the caller in"
                : "does not allow it, and \(name) decides inside one account"
        }
        if best.principal == .everyone || best.principal == nil {
            return "not needed: \(name) lets everyone in whom its conditions fit"
        }
        let whom = grade == .direct ? "the caller directly" : "who is behind the session"
        return "not needed: \(name) names \(whom)"
    }

    private var resourcesSide: String {
        if !layer.denies.isEmpty {
            return "it denies, but the owner's root user may always mend this policy"
        }
        return "not needed inside one account: it says nothing for the caller"
    }

    /// Whether a reason is a grant of a KMS key.
    private func isGrant(_ reason: Reason) -> Bool {
        reason.policyType == .resourcePolicy && reason.kind == .allow
            && reason.statementIndex == nil
    }

    /// What people call the policy of a resource.
    static func name(of layer: Trace.Layer) -> String {
        if layer.policyType == .trustPolicy { return "the trust policy" }
        return switch ARN(layer.target)?.service {
        case "s3": "the bucket policy"
        case "kms": "the key policy"
        case "sqs": "the queue policy"
        case "sns": "the topic policy"
        default: "the resource policy"
        }
    }
}
