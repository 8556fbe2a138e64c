import PolicyLanguage

/// How strong a grant of a resource policy is, by the principal entry that matched.
///
/// Source: IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny
/// access" (EVAL-10…26).
package enum Grade: UInt8, Comparable, Sendable, BitwiseCopyable {
    /// The account is named: its identity policies decide (EVAL-21).
    case delegation = 1
    /// The role, or the user behind a federated session: boundary and session policy must allow
    /// as well (EVAL-13, EVAL-20).
    case limited
    /// The caller himself, or everyone: nothing else is needed (EVAL-10, EVAL-11, EVAL-23).
    case direct

    package static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }
}

extension CallerFacts {
    /// The grade of one principal entry for this caller; nil when it does not name him.
    @inline(__always)
    func grade(_ entry: PrincipalProgram, writtenAt: Int) -> Grade? {
        switch entry.kind {
        case .everyone: .direct
        case .account: account == entry.symbol ? (actsAsRoot ? .direct : .delegation) : nil
        case .user: names(entry.symbol, writtenAt) ? entityGrade(.user) : nil
        case .role: names(entry.symbol, writtenAt) ? entityGrade(.role) : nil
        case .session: arn == entry.symbol ? .direct : nil
        case .uniqueID: uniqueID == entry.symbol ? entityGrade(nil) : nil
        case .service: kind == .service && name == entry.symbol ? .direct : nil
        case .federated: kind == .federation && name == entry.symbol ? .direct : nil
        case .nobody: nil
        }
    }

    /// Whether the ARN is that of the user or role behind the caller, and of the same one that
    /// lived when the policy was written (PRIN-8).
    private func names(_ arn: Symbol, _ writtenAt: Int) -> Bool {
        entity == arn && createdAt <= writtenAt
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

extension Programs {
    /// The best grade of a statement's principals for a caller; nil when it does not reach him.
    // PERF: "decisions"; what is not inlined here is handed a copy of all tables.
    @inline(__always)
    func grade(
        _ statement: StatementProgram,
        of caller: CallerFacts,
        hasBoundary: Bool,
        writtenAt: Int
    ) -> Grade? {
        if statement.exemptsPrincipals {
            let entries = UnsafeBufferPointer(
                start: principals.pointer(at: statement.principals.start),
                count: Int(statement.principals.count)
            )
            return caller.isSpared(by: entries, hasBoundary, writtenAt) ? nil : .direct
        }
        var best: Grade?
        for place in statement.principals.start..<statement.principals.end {
            guard let grade = caller.grade(principals[place], writtenAt: writtenAt) else {
                continue
            }
            if grade == .direct { return grade }
            best = best.map { max($0, grade) } ?? grade
        }
        return best
    }

    /// Which of a statement's principals names a caller best; nil for `NotPrincipal`.
    func principal(
        naming caller: CallerFacts,
        in statement: StatementProgram,
        writtenAt: Int
    ) -> Int? {
        guard !statement.exemptsPrincipals else { return nil }
        let run = statement.principals
        let grades = (run.start..<run.end).map {
            caller.grade(principals[$0], writtenAt: writtenAt)
        }
        guard let best = grades.compactMap({ $0 }).max() else { return nil }
        return grades.firstIndex(of: best)
    }
}

extension CallerFacts {
    /// Whether `NotPrincipal` spares the caller: every link of his chain must be listed, and nobody
    /// with a permissions boundary is ever spared.
    ///
    /// Source: IAM User Guide, "AWS JSON policy elements: NotPrincipal" (NOTP-2, NOTP-3).
    // PERF: "decisions"; it is handed the entries alone, as it is not inlined.
    fileprivate func isSpared(
        by entries: UnsafeBufferPointer<PrincipalProgram>,
        _ hasBoundary: Bool,
        _ writtenAt: Int
    ) -> Bool {
        if hasBoundary { return false }
        func lists(_ isLink: (PrincipalProgram.Kind) -> Bool) -> Bool {
            entries.contains { isLink($0.kind) && grade($0, writtenAt: writtenAt) != nil }
        }
        if lists({ $0 == .everyone }) { return true }
        let listsAccount = lists { $0 == .account }
        switch kind {
        case .service, .federation: return lists { _ in true }
        case .anonymous: return false
        case .root, .assumedRoot: return listsAccount
        case .user: return listsAccount && lists(\.isEntity)
        case .role, .federatedUser:
            return listsAccount && lists(\.isEntity) && lists { $0 == .session }
        }
    }
}

extension PrincipalProgram.Kind {
    fileprivate var isEntity: Bool { self == .user || self == .role || self == .uniqueID }
}
