/// The parameters that the session verbs share, read from their JSON.
struct SessionParameters {
    let role: String
    let name: String
    let duration: Int?
    let externalID: String?
    let sourceIdentity: String?
    let tags: [String: String]
    let transitiveKeys: [String]
    let usesMFA: Bool
    let inlinePolicy: JSON?
    let policyARNs: [String]
    let provider: String
    let subject: String?
    let audience: String?
    let claims: JSON?

    init(_ json: JSON) {
        role = json["role"]?.text ?? ""
        // formats.md section 5: left out it is "orgsim".
        name = json["roleSessionName"]?.text ?? "orgsim"
        duration = json["durationSeconds"]?.wholeNumber
        externalID = json["externalId"]?.text
        sourceIdentity = json["sourceIdentity"]?.text
        tags = (json["tags"]?.members ?? [:]).compactMapValues(\.scalarText)
        transitiveKeys = json["transitiveTagKeys"]?.elements?.compactMap(\.text) ?? []
        usesMFA = (json["mfa"]?.isTrue ?? false) && json["serialNumber"] != nil
        inlinePolicy = json["policy"]
        policyARNs = json["policyArns"]?.elements?.compactMap(\.text) ?? []
        provider = json["provider"]?.text ?? ""
        subject = json["subject"]?.text
        audience = json["audience"]?.text
        claims = json["claims"]
    }
}

// What AWS rejects before authorization
extension SessionParameters {
    /// STS-7, STS-8, STS-11, STS-14, STS-19.
    var areWellFormed: Bool {
        Self.isName(name, length: 2...64)
            && (externalID.map { Self.isName($0, length: 2...1224, alsoAllowed: ":/") } ?? true)
            && (sourceIdentity.map { Self.isName($0, length: 2...64) && !$0.hasPrefix("aws:") }
                ?? true)
            && hasGoodTags && hasGoodPolicies
    }

    /// Word characters and `+=,.@-`, with a length.
    static func isName(
        _ text: String,
        length: ClosedRange<Int>,
        alsoAllowed more: String = ""
    ) -> Bool {
        let signs = "_+=,.@-" + more
        return length.contains(text.unicodeScalars.count)
            && text.allSatisfy { character in
                character.isASCII
                    && (character.isLetter || character.isNumber || signs.contains(character))
            }
    }

    /// The limits of STS-11.
    var hasGoodTags: Bool {
        guard tags.count <= 50, Set(tags.keys.map { $0.lowercased() }).count == tags.count else {
            return false
        }
        return tags.allSatisfy { key, value in
            (1...128).contains(key.unicodeScalars.count) && value.unicodeScalars.count <= 256
                && !key.lowercased().hasPrefix("aws:")
        }
    }

    /// STS-19, and RES-5: a pattern with fewer than six segments is malformed here.
    var hasGoodPolicies: Bool {
        let inlineLength = inlinePolicy?.serialized.unicodeScalars.count ?? 0
        let length = policyARNs.reduce(inlineLength) { $0 + $1.unicodeScalars.count }
        guard policyARNs.count <= 10, length <= 2048 else {
            return false
        }
        return (inlinePolicy?["Statement"]?.listed ?? []).allSatisfy { statement in
            ["Resource", "NotResource"].allSatisfy { element in
                (statement[element]?.listed ?? []).compactMap(\.text).allSatisfy { pattern in
                    pattern == "*"
                        || pattern.split(
                            separator: ":",
                            maxSplits: 5,
                            omittingEmptySubsequences: false
                        ).count == 6
                }
            }
        }
    }
}

// What the call makes of them
extension SessionParameters {
    /// The session policies, inline first; nil where none was passed (EVAL-14).
    func policies(of account: Account, managed: AWSManagedPolicies) -> [NamedPolicy]? {
        var policies: [NamedPolicy] = []
        if let inlinePolicy {
            policies.append(NamedPolicy(name: "", document: PolicyDocument(inlinePolicy)))
        }
        for arn in policyARNs {
            policies += [account.policy(arn, managed: managed)].compactMap(\.self)
        }
        return inlinePolicy == nil && policyARNs.isEmpty ? nil : policies
    }

    /// The tags among those passed that are to go along a chain.
    var transitiveTags: [String: String] {
        let keys = Set(transitiveKeys.map { $0.lowercased() })
        return tags.filter { keys.contains($0.key.lowercased()) }
    }

    /// KEY-7, KEY-11: what all pairs of the call see.
    var keys: [String: RequestContext.Value] {
        var keys: [String: RequestContext.Value] = [:]
        for (key, value) in tags {
            keys["aws:RequestTag/\(key)"] = .single(value)
        }
        if !tags.isEmpty {
            keys["aws:TagKeys"] = .multiple(tags.keys.sorted())
        }
        if !transitiveKeys.isEmpty {
            keys["sts:TransitiveTagKeys"] = .multiple(transitiveKeys)
        }
        keys["sts:ExternalId"] = externalID.map { .single($0) }
        keys["sts:SourceIdentity"] = sourceIdentity.map { .single($0) }
        if usesMFA {
            keys["aws:MultiFactorAuthPresent"] = .single("true")
            keys["aws:MultiFactorAuthAge"] = .single("0")
        }
        return keys
    }
}
