import OrganizationModel
import PolicyLanguage

/// A grant of a KMS key that covers a request.
struct GrantMatch {
    /// Its place in the key's list.
    let index: Int
    let grant: KMSGrant
    let grade: Grade
}

extension Evaluation {
    /// The policy of the resource, of a role what says who may assume it.
    var resourceLayer: AskedLayer {
        if let policy = target.policy { return .policies([policy], target: target.name) }
        return .not(request.without.contains(target.policyType) ? .leftOut : .noneListed)
    }

    /// Finds the grants of a KMS key that cover the request (KMS-6).
    ///
    /// Source: KMS Developer Guide, "Grants in AWS KMS".
    func findGrants(_ grade: (PrincipalEntry) -> Grade?) {
        for (index, grant) in target.grants.enumerated() {
            guard let grade = self.grade(grant, grade) else { continue }
            grants.append(GrantMatch(index: index, grant: grant, grade: grade))
        }
    }

    private func grade(_ grant: KMSGrant, _ grade: (PrincipalEntry) -> Grade?) -> Grade? {
        guard request.action.service == "kms", grant.operations.contains(request.action.name),
            let grade = grade(grant.grantee)
        else { return nil }
        if let source = grant.sourceARN, case .service = subject.kind,
            !fits("aws:SourceArn", source)
        {
            return nil
        }
        // These two operations take no encryption context to compare with.
        let takesContext = !["describekey", "retiregrant"].contains(request.action.name)
        return !takesContext || encryptionContextFits(grant) ? grade : nil
    }

    private func encryptionContextFits(_ grant: KMSGrant) -> Bool {
        let pairs = FilledContext(keys).context.encryptionContext
        let wanted = grant.encryptionContextEquals ?? [:]
        // A pair too many is one for certain.
        if grant.encryptionContextEquals != nil, pairs.contains(where: { wanted[$0.key] == nil }) {
            return false
        }
        let needed = Array(wanted) + Array(grant.encryptionContextSubset ?? [:])
        return needed.sorted { ($0.key, $0.value) < ($1.key, $1.value) }.allSatisfy { pair in
            let key = ConditionKey("kms:EncryptionContext:" + pair.key)
            return pairs[pair.key] == pair.value || keys.isOpen(key) && fits(key, pair.value)
        }
    }
}

extension RequestContext {
    /// The pairs of `kms:EncryptionContext:…`, compared with regard to case.
    fileprivate var encryptionContext: [String: String] {
        let prefix = "kms:encryptioncontext:"
        var pairs: [String: String] = [:]
        for key in spelledKeys where key.lowercased().hasPrefix(prefix) {
            pairs[String(key.dropFirst(prefix.count))] = single(ConditionKey(key))
        }
        return pairs
    }
}
