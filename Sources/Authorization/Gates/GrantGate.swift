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
        let layer = layer(target.policy.map { [$0] } ?? [], principals: .graded)
        let grants = target.grants.enumerated().compactMap { index, grant in
            grade(grant).map { (index: index, grant: grant, grade: $0) }
        }
        return ResourceGrant(layer: layer, grants: grants)
    }

    /// The grade of a KMS grant for this request (KMS-6).
    ///
    /// Source: KMS Developer Guide, "Grants in AWS KMS".
    private func grade(_ grant: KMSGrant) -> Grade? {
        guard request.action.service == "kms", grant.operations.contains(request.action.name) else {
            return nil
        }
        guard let grade = subject.grade(grant.grantee, writtenAt: .max) else { return nil }
        if let source = grant.sourceARN, case .service = subject.kind,
            filled.context.single("aws:SourceArn") != source
        {
            return nil
        }
        // These two operations take no encryption context to compare with.
        let takesContext = !["describekey", "retiregrant"].contains(request.action.name)
        return !takesContext || encryptionContextFits(grant) ? grade : nil
    }

    private func encryptionContextFits(_ grant: KMSGrant) -> Bool {
        let pairs = filled.context.encryptionContext
        if let wanted = grant.encryptionContextEquals, wanted != pairs { return false }
        let subset = grant.encryptionContextSubset ?? [:]
        return subset.allSatisfy { pairs[$0.key] == $0.value }
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
