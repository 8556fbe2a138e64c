import Authorization
import Explaining

/// How what AWS did and what is decided here stand to each other.
package enum Reproduction: String, Sendable, CaseIterable {
    /// Allowed there and here, or denied for the reason that AWS names.
    case reproduced
    /// Denied there and here, and AWS names another reason.
    case otherReason
    /// Allowed there and denied here, or the reverse.
    case contradicted
    /// As AWS did, with the reason that it names, where some of what no record carries has a value
    /// that AWS's verdict needs.
    case consistent
    /// The call failed, and the record does not tell whether it was authorized.
    case untold
    /// No request could be made of the record.
    case notModelled
}

/// Where the organization does not do what AWS did, and what it may lack.
struct Disagreement {
    let reproduction: Reproduction
    let recorded: String
    let simulated: String
    let missingPiece: String
}

extension Disagreement {
    /// Compares a decision with what a record says of it; nil where it says the same.
    init?(
        _ decision: Decision,
        _ possibleBlockers: [Reason],
        recorded: RecordedEvent.Denial?
    ) {
        switch (recorded, decision.isAllowed) {
        case (nil, true), (nil, nil): return nil
        case (nil, false):
            self.init(
                reproduction: .contradicted,
                recorded: "allowed",
                simulated: decision.words,
                missingPiece: Self.pieceThatAllows(decision)
            )
        case (.some(let denial), true):
            self.init(
                reproduction: .contradicted,
                recorded: denial.words,
                simulated: "allowed",
                missingPiece: Self.pieceThatDenies(denial)
            )
        case (.some(let denial), false), (.some(let denial), nil):
            // Where unknown keys decide, the reasons are all that may stand in the way.
            guard let stated = denial.stated, case .differs = stated.agreement(with: decision),
                !possibleBlockers.contains(where: { stated.mayMean($0) })
            else { return nil }
            self.init(
                reproduction: .otherReason,
                recorded: denial.words,
                simulated: decision.words,
                missingPiece: Self.pieceThatDenies(denial)
            )
        }
    }

    /// What the organization may lack where AWS allowed what it denies.
    private static func pieceThatAllows(_ decision: Decision) -> String {
        if let note = decision.notes.first { return note }
        if !decision.absentKeys.isEmpty {
            return "a value of \(decision.absentKeys.joined(separator: ", ")) in the record"
        }
        if decision.outcome == .explicitDeny {
            return "the policy that denies may have been attached after the call"
        }
        let types = decision.blockedBy.map(\.inWords).joined(separator: ", ")
        return "an Allow of: \(types)"
    }

    private static func pieceThatDenies(_ denial: RecordedEvent.Denial) -> String {
        if let arn = denial.stated?.policyARN { return "the policy \(arn) as it was then" }
        guard let type = denial.stated?.policyType else {
            return "what AWS denied it for, which the record does not name"
        }
        switch type {
        case .sessionPolicy:
            return "the session policy, which no export and no record of this call carries"
        case .vpcEndpointPolicy: return "the endpoint of the call with its policy"
        default: return "the \(type.inWords) as it was then"
        }
    }
}

extension Decision {
    /// `explicitDeny by serviceControlPolicy`.
    fileprivate var words: String {
        let types = blockedBy.map(\.inWords).joined(separator: ", ")
        let verdict =
            switch outcome {
            case .explicitDeny: "explicitly denied"
            case .undetermined: "perhaps denied"
            default: "denied"
            }
        return types.isEmpty ? verdict : "\(verdict) by \(types)"
    }
}

extension RecordedEvent.Denial {
    fileprivate var words: String {
        guard let type = stated?.policyType?.inWords else { return "denied" }
        return switch stated?.kind {
        case .explicitDeny: "explicitly denied by \(type)"
        case .implicitDeny: "denied, no \(type) allows it"
        default: "denied by \(type)"
        }
    }
}

extension PolicyType {
    /// As AWS's messages call it.
    package var inWords: String {
        switch self {
        case .identityPolicy: "identity-based policy"
        case .resourcePolicy: "resource-based policy"
        case .trustPolicy: "role trust policy"
        case .permissionsBoundary: "permissions boundary"
        case .sessionPolicy: "session policy"
        case .serviceControlPolicy: "service control policy"
        case .resourceControlPolicy: "resource control policy"
        case .vpcEndpointPolicy: "VPC endpoint policy"
        case .blockPublicAccess: "S3 Block Public Access"
        case .serviceRule: "rule of the service"
        }
    }
}
