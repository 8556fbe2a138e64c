import OrganizationModel
import PolicyLanguage

/// What the resource's side grants to the caller.
struct ResourceGrant {
    let layer: Layer
    /// Grants of a KMS key that cover the request, with their place in its list.
    let grants: [(index: Int, grant: KMSGrant, grade: Grade)]

    /// The strongest grade of all that allows.
    var grade: Grade? {
        (layer.allows.map(\.grade) + grants.map(\.grade)).max()
    }
}

extension Evaluation {
    /// The statements of the resource's policy that apply, and its grants.
    mutating func resourceGrant() -> ResourceGrant {
        var layer = Layer()
        if let policy = target.policy {
            layer = self.layer(
                Stack(
                    policyType: target.policyType,
                    target: target.name,
                    policies: [policy],
                    principals: .graded
                )
            )
        } else {
            let (type, name) = (target.policyType, target.name)
            let isLeftOut = request.without.contains(type)
            let why = name == "*" ? "the action names no resource" : "none is listed for \(name)"
            skip(type, isLeftOut ? Self.leftOut : why)
        }
        var grants: [(index: Int, grant: KMSGrant, grade: Grade)] = []
        for (index, grant) in target.grants.enumerated() {
            if let grade = grade(grant) { grants.append((index, grant, grade)) }
        }
        return ResourceGrant(layer: layer, grants: grants)
    }

    /// The grade of a KMS grant for this request (KMS-6).
    ///
    /// Source: KMS Developer Guide, "Grants in AWS KMS".
    private mutating func grade(_ grant: KMSGrant) -> Grade? {
        guard request.action.service == "kms", grant.operations.contains(request.action.name) else {
            return nil
        }
        guard let grade = subject.grade(grant.grantee, writtenAt: .max) else { return nil }
        if let source = grant.sourceARN, case .service = subject.kind,
            !fits("aws:SourceArn", source)
        {
            return nil
        }
        // These two operations take no encryption context to compare with.
        let takesContext = !["describekey", "retiregrant"].contains(request.action.name)
        return !takesContext || encryptionContextFits(grant) ? grade : nil
    }

    private mutating func encryptionContextFits(_ grant: KMSGrant) -> Bool {
        let pairs = filled.context.encryptionContext
        let wanted = grant.encryptionContextEquals ?? [:]
        // A pair too many is one for certain.
        if grant.encryptionContextEquals != nil, pairs.contains(where: { wanted[$0.key] == nil }) {
            return false
        }
        let needed = Array(wanted) + Array(grant.encryptionContextSubset ?? [:])
        return needed.sorted { ($0.key, $0.value) < ($1.key, $1.value) }.allSatisfy { pair in
            let key = ConditionKey("kms:EncryptionContext:" + pair.key)
            return pairs[pair.key] == pair.value || filled.isOpen(key) && fits(key, pair.value)
        }
    }

    /// Whether a key has a value; where it is unknown, what open statements count for.
    mutating func fits(_ key: ConditionKey, _ text: String) -> Bool {
        guard filled.isOpen(key) else { return filled.context.single(key) == text }
        leaveOpen(OpenQuestion(key, comparedWith: text))
        return openStatements.count(.allow)
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
