import JSONSource
import PolicyLanguage
import ServiceCatalog

// PERF: "organization loaded". Nearly all roles of an organization are as a tool writes them. Those
// are read in one pass over their members; whatever is odd or wrong is left to ``role(_:_:_:)``, which
// reads it with care and says so.
extension OrganizationLoader {
    private static let plainFields: [JSONName] = [
        "trustPolicy", "path", "inlinePolicies", "managedPolicies", "permissionsBoundary", "tags",
        "maxSessionDuration", "uniqueId",
    ]

    /// A role of which there is nothing to say; nil for one that has to be read with care.
    mutating func plainRole(_ value: JSONValue, _ name: String, _ scope: IAMScope) -> IAMRole? {
        guard let view = value.lentView, let fields = view.fields(named: Self.plainFields),
            let trust = fields[0].flatMap({ shelf.soundDocument($0, as: .trust) }),
            trust.size <= Quotas.trustPolicyCharacters,
            let path = plainPath(fields[1]),
            let policies = plainPermissions(inline: fields[2], managed: fields[3], scope),
            let tags = fields[5].map({ plainTags($0, .iamPrincipal) }) ?? Tags(),
            let duration = Self.plainDuration(fields[6])
        else { return nil }
        var id: String?
        if let text = fields[7] {
            guard let bytes = text.plainText, DerivedIdentifier.isEntity(bytes, prefix: "AROA")
            else { return nil }
            id = String(decoding: bytes, as: UTF8.self)
        }
        var boundary: Policy?
        if let name = fields[4] {
            boundary = plainPolicy(name, scope)
            if boundary == nil { return nil }
        }
        let arn = ARN(iam: scope.account, "role", path: path, name: name)
        return IAMRole(
            .init(
                name: name,
                arn: arn,
                birth: history.birth(arn).named(id),
                trustPolicy: trustPolicy(trust, of: name, scope),
                identityPolicies: policies,
                permissionsBoundary: boundary,
                maxSessionDuration: duration,
                tags: tags,
                isServiceLinked: false,
                lastUsed: nil
            )
        )
    }

    /// A path that is sound, and not one of service-linked roles.
    private mutating func plainPath(_ view: JSONView?) -> String? {
        guard let view else { return "/" }
        let hash = ByteHash.of(view.written)
        if let known = knownPaths.find(view.written, hash: hash) { return known }
        guard let bytes = view.plainText else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard Self.isPath(text), !text.hasPrefix("/aws-service-role/") else { return nil }
        knownPaths.add(text, of: view.writtenText(hash: hash))
        return text
    }

    private static func plainDuration(_ view: JSONView?) -> Int? {
        guard let view else { return 3_600 }
        // What is no number of digits is no duration either.
        guard view.kind == .number, view.written.count < 10,
            let seconds = Int(String(decoding: view.written, as: UTF8.self)),
            Quotas.roleSessionSeconds.contains(seconds)
        else { return nil }
        return seconds
    }

    private mutating func plainPermissions(
        inline: JSONView?,
        managed: JSONView?,
        _ scope: IAMScope
    ) -> [Policy]? {
        if let inline, inline.kind != .object { return nil }
        if let managed, managed.kind != .array { return nil }
        var found: [Policy] = []
        found.reserveCapacity((inline?.childCount ?? 0) + (managed?.childCount ?? 0))
        var size = 0
        if let inline {
            for policy in inline.children {
                guard let key = policy.plainKey,
                    case let name = String(decoding: key, as: UTF8.self),
                    Self.isIAMName(name, limit: Quotas.policyNameCharacters),
                    let document = shelf.soundDocument(policy, as: .identity)
                else { return nil }
                size += document.size
                found.append(Policy(inlineNaming(name), document: document))
            }
        }
        guard size <= Quotas.role.inlineCharacters else { return nil }
        guard let managed else { return found }
        guard managed.childCount <= Quotas.role.managed else { return nil }
        for name in managed.children {
            guard let policy = plainPolicy(name, scope) else { return nil }
            for earlier in managed.children {
                if earlier.node.start == name.node.start { break }
                if earlier.isWritten(as: name) { return nil }
            }
            found.append(policy)
        }
        return found
    }

    /// The name of an inline policy, of which a tool gives all roles the same few.
    private mutating func inlineNaming(_ name: String) -> PolicyNaming {
        if let known = knownInlineNames[name] { return known }
        let naming = PolicyNaming(name: name, arn: nil)
        knownInlineNames[name] = naming
        return naming
    }

    /// The managed policy that a name or an ARN means.
    private mutating func plainPolicy(_ view: JSONView, _ scope: IAMScope) -> Policy? {
        guard let bytes = view.plainText else { return nil }
        guard bytes.starts(with: "arn:".utf8) else {
            return scope.policies[String(decoding: bytes, as: UTF8.self)]
        }
        let hash = ByteHash.of(view.written)
        if let known = knownAWSPolicies.find(view.written, hash: hash) { return known }
        let arn = String(decoding: bytes, as: UTF8.self)
        guard AWSManagedPolicies.isARN(arn) else { return scope.policiesByARN[arn] }
        guard let policy = suppliedManagedPolicies[arn] ?? BuiltInPolicies.policy(arn) else {
            return nil
        }
        suppliedManagedPolicies[arn] = policy
        knownAWSPolicies.add(policy, of: view.writtenText(hash: hash))
        return policy
    }
}
