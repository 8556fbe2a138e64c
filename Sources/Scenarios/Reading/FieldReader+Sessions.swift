import Authorization
import JSONSource
import PolicyLanguage

extension FieldReader {
    mutating func sessionStep(
        _ member: JSONMember,
        of object: ObjectReader,
        defaults: StepDefaults
    ) -> SessionStep? {
        guard let verb = SessionCall.Verb(rawValue: member.key) else { return nil }
        var circumstances = circumstances(object, defaults: defaults)
        let expectation = expectation(object)
        let call = sessionCall(verb, member.value, &circumstances)
        var principal: PrincipalReference?
        if let given = object.present("principal") ?? (verb.hasCaller ? defaults.principal : nil) {
            principal = self.principal(given)
        } else if verb.hasCaller {
            object.reportMissing("principal", &diagnostics)
        }
        guard let call, let expectation, principal != nil || !verb.hasCaller else { return nil }
        return SessionStep(
            principal: verb.hasCaller ? principal : nil,
            call: call,
            circumstances: circumstances,
            expectation: expectation,
            saveAs: object.string("saveAs", &diagnostics).map(Self.plainSessionName)
        )
    }

    /// The parameters of a verb; its own `context` is laid over that of the step.
    mutating func sessionCall(
        _ verb: SessionCall.Verb,
        _ value: JSONValue,
        _ circumstances: inout Circumstances
    ) -> SessionCall? {
        guard let object = ObjectReader(value, "'\(verb.rawValue)'", &diagnostics) else {
            return nil
        }
        let format = ObjectFormat.parameters(of: verb)
        object.allow(format, &diagnostics)
        let before = diagnostics.count
        for member in format.members where member.isRequired {
            _ = object.given(member.name.text, &diagnostics)
        }
        if let given = object.present("context") {
            let overrides = object.bool("overrideContext", &diagnostics) ?? false
            let own = context(given, overridesAWS: overrides)
            circumstances.context = circumstances.context.overlaid(with: own)
        }
        var call = SessionCall(verb, at: value.span)
        call.role = sourceString("role", of: object)
        call.sessionName =
            object.string("roleSessionName", &diagnostics)
            ?? object.string("name", &diagnostics)
        call.externalID = object.string("externalId", &diagnostics)
        call.policyARNs = object.strings("policyArns", &diagnostics) ?? []
        call.tags = pairs("tags", of: object)
        call.transitiveTagKeys = (object.strings("transitiveTagKeys", &diagnostics) ?? []).map(
            \.text
        )
        call.sourceIdentity = object.string("sourceIdentity", &diagnostics)
        call.durationSeconds = object.integer("durationSeconds", &diagnostics)
        call.hasMFA = object.bool("mfa", &diagnostics) ?? false
        _ = object.string("serialNumber", &diagnostics)
        call.provider = provider(of: object, for: verb)
        call.subject = object.string("subject", &diagnostics)
        call.audience = object.string("audience", &diagnostics)
        call.claims = claims(of: object, for: verb)
        call.target = sourceString("targetPrincipal", of: object)
        checkTarget(call.target)
        call.taskPolicyARN = object.string("taskPolicyArn", &diagnostics)
        call.user = sourceString("user", of: object)
        call.permissionSet = sourceString("permissionSet", of: object)
        call.account = sourceString("account", of: object)
        if let policy = object.present("policy") {
            let parsed = PolicyParser.parse(policy, as: .session)
            diagnostics += parsed.diagnostics
            call.policy = parsed.value
        }
        // Of very many mistakes some are dropped, so there may be fewer than before.
        return diagnostics.dropFirst(before).contains { $0.severity == .error } ? nil : call
    }

    private mutating func sourceString(_ field: String, of object: ObjectReader) -> SourceString? {
        object.present(field).flatMap { SourceString($0, "'\(field)'", &diagnostics) }
    }

    /// AssumeRoot takes an account, or the ARN of its root.
    private mutating func checkTarget(_ target: SourceString?) {
        guard let target, target.text.hasPrefix("arn:") else { return }
        if let arn = ARN(target.text), arn.service == "iam", arn.resource == "root" { return }
        let message =
            "'\(target.text)' is not an account: expected its name, its id or arn:aws:iam::ID:root"
        refuse("session.invalid-target", message, at: target.span)
    }

    private mutating func pairs(_ field: String, of object: ObjectReader) -> [SessionCall.Pair] {
        object.entries(field, &diagnostics).compactMap { member in
            guard let text = SourceString(member.value, "'\(member.key)'", &diagnostics) else {
                return nil
            }
            return SessionCall.Pair(key: member.key, value: text.text)
        }
    }

    private mutating func provider(
        of object: ObjectReader,
        for verb: SessionCall.Verb
    ) -> SourceString? {
        guard let text = sourceString("provider", of: object) else { return nil }
        let type = verb == .assumeRoleWithSAML ? "saml-provider" : "oidc-provider"
        guard let arn = ARN(text.text), arn.service == "iam", arn.resourceType == type else {
            let message =
                "'\(text.text)' is not the ARN of a provider: expected arn:aws:iam::ACCOUNT:\(type)/NAME"
            refuse("session.invalid-provider", message, at: text.span)
            return nil
        }
        return text
    }
}

// Claims of identity providers.
extension FieldReader {
    private mutating func claims(
        of object: ObjectReader,
        for verb: SessionCall.Verb
    ) -> [SessionCall.Claim] {
        let known = KnownClaims.names(for: verb, provider: object.value["provider"]?.string)
        return object.entries("claims", &diagnostics).compactMap { member in
            let name = member.key.hasPrefix("saml:") ? String(member.key.dropFirst(5)) : member.key
            if let known, !known.contains(name.lowercased()) {
                let near =
                    NearestName.of(name, among: known).map { ", did you mean '\($0)'?" } ?? ""
                let message =
                    "the provider cannot send the claim '\(member.key)' as a condition key\(near)"
                let list = known.sorted().joined(separator: ", ")
                diagnostics.append(
                    .error(
                        "session.unknown-claim",
                        message,
                        at: member.keySpan,
                        help: "it sends \(list)"
                    )
                )
                return nil
            }
            if let text = member.value.scalarText {
                return SessionCall.Claim(name: name, value: .single(text))
            }
            let texts = (member.value.elements ?? []).compactMap(\.scalarText)
            guard let elements = member.value.elements, texts.count == elements.count else {
                let expected = "a string, a number, a boolean or a list of them"
                diagnostics.append(
                    .wrongType("the claim '\(member.key)'", expected: expected, found: member.value)
                )
                return nil
            }
            return SessionCall.Claim(name: name, value: .set(texts))
        }
    }
}

/// Which claims become condition keys, by provider.
///
/// Source: IAM User Guide, "IAM and AWS STS condition context keys" (KEY-8), 2026-09.
private enum KnownClaims {
    /// Nil where the provider may send any claim.
    static func names(for verb: SessionCall.Verb, provider: String?) -> Set<String>? {
        switch verb {
        case .assumeRoleWithSAML: saml
        case .assumeRoleWithWebIdentity:
            provider?.hasSuffix("/token.actions.githubusercontent.com") == true ? gitHub : nil
        case .assumeRole, .getSessionToken, .getFederationToken, .assumeRoot, .signIn: nil
        }
    }

    private static let saml: Set<String> = [
        "aud", "cn", "commonname", "doc", "edupersonaffiliation", "edupersonassurance",
        "edupersonentitlement", "edupersonnickname", "edupersonorgdn", "edupersonorgunitdn",
        "edupersonprimaryaffiliation", "edupersonprimaryorgunitdn", "edupersonprincipalname",
        "edupersonscopedaffiliation", "edupersontargetedid", "eduorghomepageuri",
        "eduorgidentityauthnpolicyuri", "eduorglegalname", "eduorgsuperioruri",
        "eduorgwhitepagesuri", "givenname", "iss", "mail", "name", "namequalifier",
        "organizationstatus", "primarygroupsid", "sub", "sub_type", "surname", "uid",
        "x500uniqueidentifier",
    ]

    private static let gitHub: Set<String> = [
        "actor", "actor_id", "amr", "aud", "email", "enterprise_id", "environment",
        "job_workflow_ref", "ref", "repository", "repository_id", "sub", "workflow",
    ]
}
