import OrganizationModel
import PolicyLanguage

/// How strong a grant of a resource policy is, by the principal entry that matched.
///
/// Source: IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny
/// access" (EVAL-10…26).
package enum Grade: Int, Comparable, Sendable {
    /// The account is named: its identity policies decide (EVAL-21).
    case delegation
    /// The role, or the user behind a federated session: boundary and session policy must allow
    /// as well (EVAL-13, EVAL-20).
    case limited
    /// The caller himself, or everyone: nothing else is needed (EVAL-10, EVAL-11, EVAL-23).
    case direct

    package static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }
}

extension Subject {
    /// The grade of one principal entry for this caller; nil when it does not name him.
    func grade(_ entry: PrincipalEntry, writtenAt: Int) -> Grade? {
        switch entry {
        case .everyone: .direct
        case .account(let id): account?.id == id ? (actsAsRoot ? .direct : .delegation) : nil
        case .user(let arn): names(arn, writtenAt) ? entityGrade(.user) : nil
        case .role(let arn): names(arn, writtenAt) ? entityGrade(.role) : nil
        case .assumedRole(let arn), .federatedUser(let arn): self.arn == arn ? .direct : nil
        case .uniqueID(let id): entity?.uniqueID == id ? entityGrade(nil) : nil
        case .service(let name):
            if case .service(let service) = kind, service.name == name { .direct } else { nil }
        case .federated(let provider):
            if case .federation(provider, _) = kind { .direct } else { nil }
        case .canonicalUser: nil
        }
    }

    /// Whether the ARN is that of the user or role behind the caller, and of the same one that
    /// lived when the policy was written (PRIN-8).
    private func names(_ arn: ARN, _ writtenAt: Int) -> Bool {
        guard let entity else { return false }
        return entity.arn == arn && entity.createdAt <= writtenAt
    }

    private enum EntityKind {
        case user
        case role
    }

    private func entityGrade(_ wanted: EntityKind?) -> Grade? {
        switch kind {
        case .user: wanted == .role ? nil : .direct
        case .federatedUser: wanted == .role ? nil : .limited
        case .role: wanted == .user ? nil : .limited
        case .root, .assumedRoot, .service, .federation, .anonymous: nil
        }
    }
}

extension PrincipalElement {
    /// The best grade of the element for a caller; nil when it does not reach him.
    func grade(of subject: Subject, writtenAt: Int) -> Grade? {
        if isNegated { return exempts(subject, writtenAt: writtenAt) ? nil : .direct }
        return entries.compactMap { subject.grade($0, writtenAt: writtenAt) }.max()
    }

    /// The entry that names a caller best; nil for `NotPrincipal`.
    func entry(naming subject: Subject, writtenAt: Int) -> PrincipalEntry? {
        guard !isNegated else { return nil }
        let best = grade(of: subject, writtenAt: writtenAt)
        return entries.first { best != nil && subject.grade($0, writtenAt: writtenAt) == best }
    }

    /// Whether `NotPrincipal` spares a caller: every link of his chain must be listed, and
    /// nobody with a permissions boundary is ever spared.
    ///
    /// Source: IAM User Guide, "AWS JSON policy elements: NotPrincipal" (NOTP-2, NOTP-3).
    private func exempts(_ subject: Subject, writtenAt: Int) -> Bool {
        if subject.permissionsBoundary != nil { return false }
        if entries.contains(.everyone) { return true }
        func lists(_ isLink: (PrincipalEntry) -> Bool) -> Bool {
            entries.contains { isLink($0) && subject.grade($0, writtenAt: writtenAt) != nil }
        }
        switch subject.kind {
        case .service, .federation: return lists { _ in true }
        case .anonymous: return false
        case .root, .assumedRoot: return lists(\.isAccount)
        case .user: return lists(\.isEntity) && lists(\.isAccount)
        case .role, .federatedUser:
            return lists(\.isSession) && lists(\.isEntity) && lists(\.isAccount)
        }
    }
}

extension PrincipalEntry {
    fileprivate var isAccount: Bool { if case .account = self { true } else { false } }

    fileprivate var isEntity: Bool {
        switch self {
        case .user, .role, .uniqueID: true
        case .everyone, .account, .assumedRole, .federatedUser, .service, .federated,
            .canonicalUser:
            false
        }
    }

    fileprivate var isSession: Bool {
        switch self {
        case .assumedRole, .federatedUser: true
        case .everyone, .account, .user, .role, .uniqueID, .service, .federated, .canonicalUser:
            false
        }
    }
}
