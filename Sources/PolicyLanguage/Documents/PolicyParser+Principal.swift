import JSONSource

extension PolicyParser {
    /// `Principal` or `NotPrincipal` of a statement, as the grammar of the policy type wants it.
    mutating func principal(
        of object: ObjectReader,
        effect: Statement.Effect?
    ) -> PrincipalElement? {
        guard let member = one(of: "Principal", or: "NotPrincipal", in: object) else {
            if grammar.principal != .forbidden {
                refuse(
                    "policy.missing-element",
                    "the statement needs 'Principal' in \(grammar.name)",
                    at: object.value.span
                )
            }
            return nil
        }
        let isNegated = member.hasKey("NotPrincipal")
        if grammar.principal == .forbidden || isNegated && !grammar.allowsNotPrincipal {
            refuse(
                "policy.element-not-allowed",
                "'\(member.key)' is not allowed in \(grammar.name)",
                at: member.keySpan
            )
            return nil
        }
        if isNegated, effect == .allow {
            refuse(
                "policy.not-principal-with-allow",
                "'NotPrincipal' is not allowed with \"Allow\"",
                at: member.keySpan
            )
        }
        let element = element(
            member.value,
            isNegated: isNegated,
            in: shared?.principals,
            moved: { $0.moved($1) },
            read: { parser, _ in parser.principal(member, isNegated: isNegated) }
        )
        if grammar.principal == .onlyEveryone, !member.value.isString("*") {
            refuse(
                "policy.principal-not-everyone",
                "'Principal' of \(grammar.name) must be \"*\"",
                at: member.value.span
            )
        }
        return element
    }

    mutating func principal(_ member: JSONMember, isNegated: Bool) -> PrincipalElement {
        let entries = entries(member)
        return PrincipalElement(
            entries: entries.map(\.entry),
            isNegated: isNegated,
            spans: entries.map(\.span),
            texts: entries.map(\.text)
        )
    }

    private typealias Located = (entry: PrincipalEntry, span: SourceSpan, text: String)

    private static let kinds: [JSONName] = ["AWS", "Service", "Federated", "CanonicalUser"]

    private mutating func entries(_ member: JSONMember) -> [Located] {
        let value = member.value
        if value.isString("*") { return [(.everyone, value.span, "*")] }
        guard let kinds = value.members else {
            let message = "'\(member.key)' must be \"*\" or an object such as {\"AWS\": …}"
            refuse("policy.invalid-principal", message, at: value.span)
            return []
        }
        if kinds.isEmpty {
            refuse("policy.empty-principal", "'\(member.key)' names nobody", at: value.span)
        }
        return kinds.flatMap { entries(ofKind: $0) }
    }

    private mutating func entries(ofKind kind: JSONMember) -> [Located] {
        guard let place = kind.index(in: Self.kinds) else {
            let known = Self.kinds.map(\.text)
            let near = NearestName.of(kind.key, among: known).map { ", did you mean '\($0)'?" }
            let message = "unknown kind of principal '\(kind.key)'"
            let list = "known kinds are AWS, Service, Federated, CanonicalUser"
            refuse(
                "policy.unknown-principal-kind",
                message + (near ?? ": \(list)"),
                at: kind.keySpan,
                help: list
            )
            return []
        }
        guard let texts = texts(kind.value, of: Self.kinds[place].text) else { return [] }
        return texts.compactMap { text in
            let entry =
                switch place {
                case 0: entity(text)
                case 1: service(text)
                case 2: federated(text)
                default: canonicalUser(text)
                }
            return entry.map { ($0, text.span, text.text) }
        }
    }

    private mutating func entity(_ text: SourceString) -> PrincipalEntry? {
        if text.text == "*" { return .everyone }
        if let account = AccountID(text.text) { return .account(account) }
        if text.text.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }) {
            let message = "'\(text.text)': a principal takes no wildcard but \"*\" alone"
            refuse(
                "policy.principal-wildcard",
                message,
                at: text.span,
                help: "name the account and use aws:PrincipalArn"
            )
            return nil
        }
        let isID = ["AIDA", "AROA"].contains { text.text.hasPrefix($0) }
        if isID, text.text.utf8.allSatisfy(ActionName.isNameByte) { return .uniqueID(text.text) }
        guard let arn = ARN(text.text) else {
            let message = "'\(text.text)' is not a principal: expected an account id or an IAM ARN"
            refuse("policy.invalid-principal", message, at: text.span)
            return nil
        }
        return entity(arn, at: text.span)
    }

    private mutating func entity(_ arn: ARN, at span: SourceSpan) -> PrincipalEntry? {
        if arn.service == "iam", arn.account == "cloudfront" {
            return .canonicalUser(arn.description)
        }
        guard let account = arn.accountID else {
            refuse("policy.invalid-principal", "'\(arn)' has no account id of 12 digits", at: span)
            return nil
        }
        if let problem = Self.problem(ofIdentity: arn) {
            refuse("policy.invalid-principal", problem, at: span)
            return nil
        }
        let resource = arn.resourceText.utf8
        let name = resource.drop { $0 != UInt8(ascii: "/") }.dropFirst()
        let isNamed = !name.isEmpty && name.last != UInt8(ascii: "/")
        let isRoot = resource.elementsEqual("root".utf8)
        switch (arn.service, isNamed || isRoot ? arn.resourceType : "") {
        case ("iam", "root") where isRoot: return .account(account)
        case ("iam", "user"): return .user(arn)
        case ("iam", "role"): return .role(arn)
        case ("sts", "assumed-role"): return .assumedRole(arn)
        case ("sts", "federated-user"): return .federatedUser(arn)
        case ("iam", "group"):
            refuse("policy.group-principal", "'\(arn)': a group cannot be a principal", at: span)
        default:
            let message = "'\(arn)' cannot be a principal: expected a user, a role or a session"
            refuse("policy.invalid-principal", message, at: span)
        }
        return nil
    }

    /// What is wrong with the parts that all ARNs of IAM and STS have alike.
    private static func problem(ofIdentity arn: ARN) -> String? {
        if arn.partition != "aws", !arn.partition.hasPrefix("aws-") {
            return "'\(arn)': '\(arn.partition)' is not a partition such as 'aws'"
        }
        if !arn.region.isEmpty, ["iam", "sts"].contains(arn.service) {
            return "'\(arn)' names the Region '\(arn.region)': users, roles and sessions have none"
        }
        return nil
    }

    private mutating func service(_ text: SourceString) -> PrincipalEntry? {
        let isName = text.text.utf8.allSatisfy {
            ActionName.isPrefixByte($0) || $0 == UInt8(ascii: ".")
        }
        guard isName, text.text.contains(".") else {
            let message =
                "'Service' needs a service principal such as ec2.amazonaws.com, not '\(text.text)'"
            refuse("policy.invalid-service-principal", message, at: text.span)
            return nil
        }
        return .service(text.text)
    }

    private static let webProviders = [
        "cognito-identity.amazonaws.com", "www.amazon.com", "graph.facebook.com",
        "accounts.google.com",
    ]

    private mutating func federated(_ text: SourceString) -> PrincipalEntry? {
        if grammar.principal != .requiredWithFederation {
            refuse(
                "policy.federated-outside-trust",
                "'Federated' is for role trust policies only",
                at: text.span
            )
            return nil
        }
        if Self.webProviders.contains(text.text) { return .federated(text.text) }
        let arn = ARN(text.text)
        let isProvider = arn.map {
            $0.service == "iam" && $0.accountID != nil
                && ["saml-provider", "oidc-provider"].contains($0.resourceType)
        }
        guard isProvider == true, let arn, Self.problem(ofIdentity: arn) == nil,
            !arn.resource.containsSchemeMark
        else {
            let message = "'Federated' needs the ARN of a SAML or OIDC provider, not '\(text.text)'"
            refuse("policy.invalid-provider", message, at: text.span)
            return nil
        }
        return .federated(text.text)
    }

    private mutating func canonicalUser(_ text: SourceString) -> PrincipalEntry? {
        guard text.text.utf8.count >= 64, text.text.allSatisfy(\.isHexDigit) else {
            let message = "'CanonicalUser' needs 64 hexadecimal digits, not '\(text.text)'"
            refuse("policy.invalid-canonical-user", message, at: text.span)
            return nil
        }
        return .canonicalUser(text.text)
    }
}
