/// The `Principal` or `NotPrincipal` element of a statement (PRIN-1).
struct PrincipalElement {
    /// How strong an Allow is, by the entry that matched (semantics section 4.2).
    enum Grade: Int, Comparable {
        /// EVAL-21: the account; it only delegates.
        case account
        /// EVAL-13, EVAL-20: limited by boundary and session policy.
        case limited
        /// EVAL-10, 11, 12, 22, 23: nothing else is needed.
        case direct

        static func < (left: Grade, right: Grade) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    let isNegated: Bool
    let isEveryone: Bool
    let aws: [String]
    let services: [String]
    let federated: [String]

    init(_ json: JSON, isNegated: Bool) {
        self.isNegated = isNegated
        aws = json["AWS"]?.listed.compactMap(\.text) ?? []
        services = json["Service"]?.listed.compactMap(\.text) ?? []
        federated = json["Federated"]?.listed.compactMap(\.text) ?? []
        // PRIN-5: "*" and {"AWS": "*"} are the same.
        isEveryone = json.text == "*" || aws.contains("*")
    }
}

extension PrincipalElement {
    /// The best grade at which the entries name the caller; nil where none does.
    func grade(for caller: Caller) -> Grade? {
        guard !isNegated else {
            return nil
        }
        var grades: [Grade] = isEveryone ? [.direct] : []
        for entry in aws {
            if let grade = Self.grade(entry: entry, caller: caller) {
                grades.append(grade)
            }
        }
        // PRIN-11: exact comparison.
        if case .service(let name) = caller.kind, services.contains(name) {
            grades.append(.direct)
        }
        // PRIN-12
        if case .federated(let provider) = caller.kind, federated.contains(provider) {
            grades.append(.direct)
        }
        return grades.max()
    }

    /// The grade of one entry under `AWS` (PRIN-2, PRIN-3, PRIN-10).
    static func grade(entry: String, caller: Caller) -> Grade? {
        if let account = caller.account?.id, names(entry, account: account) {
            // EVAL-22: the root user himself; EVAL-21: everybody else of the account.
            return caller.kind == .root ? .direct : .account
        }
        switch caller.kind {
        case .user:
            // EVAL-10
            return entry == caller.entityARN ? .direct : nil
        case .role:
            // EVAL-11, EVAL-13
            if entry == caller.sessionARN {
                return .direct
            }
            return entry == caller.entityARN ? .limited : nil
        case .federatedUser:
            // EVAL-12, EVAL-20
            if entry == caller.sessionARN {
                return .direct
            }
            return entry == caller.entityARN ? .limited : nil
        case .root, .service, .federated, .anonymous:
            return nil
        }
    }

    /// PRIN-3: twelve digits and the ARN of the root are the account.
    private static func names(_ entry: String, account: String) -> Bool {
        entry == account
            || entry == "arn:aws:iam::\(account):root"
    }

    /// Whether a Deny statement with this element is about the caller.
    func denies(_ caller: Caller) -> Bool {
        guard isNegated else {
            // NOTP-4: any entry that names him, whatever its grade.
            return grade(for: caller) != nil
        }
        return !isExempt(caller)
    }

    /// Whether `NotPrincipal` spares the caller: every link of his chain is listed (NOTP-2).
    private func isExempt(_ caller: Caller) -> Bool {
        // NOTP-3: whoever has a boundary is denied.
        if caller.boundary != nil {
            return false
        }
        if isEveryone {
            return true
        }
        let account = caller.account?.id ?? ""
        let accountIsListed = aws.contains { Self.names($0, account: account) }
        func lists(_ arn: String?) -> Bool {
            arn.map(aws.contains) ?? false
        }
        switch caller.kind {
        case .root:
            return accountIsListed
        case .user:
            return lists(caller.entityARN) && accountIsListed
        case .role, .federatedUser:
            return lists(caller.sessionARN) && lists(caller.entityARN) && accountIsListed
        case .service(let name):
            return services.contains(name)
        case .federated(let provider):
            return federated.contains(provider)
        case .anonymous:
            return false
        }
    }
}
