import JSONSource
import PolicyLanguage

// What keeps a grant to everybody from people who were not meant.

extension WrittenCondition {
    /// Whether only callers, networks or sources that somebody named fulfil the condition.
    ///
    /// Source: S3 User Guide, "The meaning of public" (S3-4), with the keys by which other services
    /// limit a grant to `*`.
    var limitsWho: Bool {
        // A template may have put an expression where values belong: then none can be read here.
        guard let base, !holdsWhenAbsent else { return false }
        switch base {
        case .stringEquals, .stringEqualsIgnoreCase:
            // Wildcards are plain characters here, so that every value is a fixed one.
            return isAboutWho
        case .stringLike, .arnEquals, .arnLike:
            return isAboutWho && values.allSatisfy { isFixed($0.text) }
        case .ipAddress:
            return canonicalKey == "aws:sourceip" && values.allSatisfy { Self.isNarrow($0.text) }
        case .bool:
            return Self.flags.contains(canonicalKey)
                && values.allSatisfy { $0.text.lowercased() == "true" }
        default: return false
        }
    }

    /// Whether the key says who calls, from which network, or on behalf of which resource.
    var isAboutWho: Bool {
        Self.identifiers.contains(canonicalKey) || Self.arns.contains(canonicalKey)
            || Self.paths.contains(canonicalKey) || Self.anyValue.contains(canonicalKey)
            || Self.flags.contains(canonicalKey)
            || ["aws:sourceip", "sns:endpoint"].contains(canonicalKey)
    }

    private static let identifiers: Set<String> = [
        "aws:principalaccount", "aws:principalorgid", "aws:principalservicename",
        "aws:principalservicenameslist", "aws:userid",
        "aws:sourceaccount", "aws:sourceowner", "aws:sourceorgid", "aws:sourcevpc",
        "aws:sourcevpce", "aws:vpceaccount", "aws:vpceorgid", "kms:calleraccount",
        "s3:dataaccesspointaccount",
    ]

    private static let arns: Set<String> = [
        "aws:principalarn", "aws:sourcearn", "aws:sourcevpcarn", "s3:dataaccesspointarn",
    ]

    private static let paths = KeyGroups.organizationPaths.subtracting(["aws:resourceorgpaths"])

    /// Keys whose presence with any value but all of them says that somebody thought of the caller:
    /// a URL for unsigned calls is opened by `lambda:FunctionUrlAuthType` on purpose.
    private static let anyValue: Set<String> = [
        "lambda:eventsourcetoken", "lambda:functionurlauthtype",
    ]

    /// `aws:PrincipalIsAWSService` is none of these: a service comes for every customer it has.
    private static let flags: Set<String> = [
        "elasticfilesystem:accessedviamounttarget", "lambda:invokedviafunctionurl",
    ]

    private func isFixed(_ text: String) -> Bool {
        let literal = text.prefix { $0 != "*" && $0 != "?" }
        if literal.count == text.count { return true }
        if Self.arns.contains(canonicalKey) { return Self.hasFixedOwner(text) }
        if Self.paths.contains(canonicalKey) { return literal.contains("/") }
        if Self.anyValue.contains(canonicalKey) { return text != "*" }
        if canonicalKey == "sns:endpoint" { return Self.hasFixedHost(text) }
        // `o-*` and `vpce-*` are all there are; `AROA…:*` are the sessions of one role.
        return literal.count >= 6
    }

    /// Whether an ARN with wildcards lets in one account only, or one bucket, whose names are
    /// nobody else's.
    private static func hasFixedOwner(_ text: String) -> Bool {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count > 4 else { return false }
        let isFixed = !parts[4].contains("*") && !parts[4].contains("?")
        guard parts[4].isEmpty || !isFixed else { return true }
        return parts[2] == "s3" && parts.count == 6
            && parts[5].prefix { $0 != "*" && $0 != "?" }.count >= 3
    }

    /// Whether messages go to a host, a domain of e-mail or an account that is named, such as
    /// `https://example.com/*` or `*@example.com`.
    private static func hasFixedHost(_ text: String) -> Bool {
        if text.hasPrefix("arn:") { return hasFixedOwner(text) }
        func isWild(_ character: Character) -> Bool { character == "*" || character == "?" }
        if let scheme = text.firstRange(of: "://") {
            return text[scheme.upperBound...].first.map { !isWild($0) } ?? false
        }
        guard let at = text.lastIndex(of: "@") else {
            return text.prefix { !isWild($0) }.count >= 6
        }
        let end = text[at...].dropFirst().split(whereSeparator: isWild).last ?? ""
        guard text.hasSuffix(end), !end.isEmpty else { return false }
        // All of `.com` is nobody's, all below `.example.com` is somebody's.
        return !end.hasPrefix(".") || end.dropFirst().contains(".")
    }

    /// Ranges wider than /8 (IPv4) or /32 (IPv6) let in everybody; what is no range is a
    /// placeholder to be filled in.
    private static func isNarrow(_ text: String) -> Bool {
        guard let range = IPAddressRange(text) else { return true }
        return range.prefixLength >= (range.isIPv4 ? 8 : 32)
    }
}

extension WrittenStatement {
    /// Whether a condition says who may use what the statement gives.
    var limitsWho: Bool { conditions.contains(where: \.limitsWho) }

    /// Whether only services get what the statement gives to everybody.
    var isForServices: Bool {
        conditions(on: "aws:PrincipalIsAWSService").contains {
            $0.base == .bool && !$0.holdsWhenAbsent && $0.asksFor("true")
        }
    }

    /// Whether every action of another statement is among those of this one.
    func coversActions(of other: WrittenStatement) -> Bool {
        guard let mine = actions, let theirs = other.actions else { return false }
        // What NotAction leaves out is usually what nobody grants.
        if mine.isNegated { return true }
        if theirs.isNegated { return mine.entries.contains { $0.text == "*" } }
        return theirs.globs.allSatisfy { wanted in mine.globs.contains { $0.covers(wanted) } }
    }

    /// The first action, and how many more there are.
    var actionPhrase: String {
        guard let actions, let first = actions.entries.first else { return "nothing" }
        let more = actions.entries.count > 1 ? " and \(actions.entries.count - 1) more" : ""
        return (actions.isNegated ? "all but " : "") + "'\(first.text)'\(more)"
    }
}
