import JSONSource
import PolicyLanguage

// Whom a Deny with conditions hits besides those it is meant for.

extension WrittenCondition {
    private static let sourceKeys: Set<String> = [
        "aws:sourcearn", "aws:sourceaccount", "aws:sourceowner", "aws:sourceorgid",
        "aws:sourceorgpaths",
    ]

    private static let ownerKeys: Set<String> = [
        "aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths",
    ]

    /// Whether the key is about the VPC or the endpoint a request came through.
    var isAboutEndpoint: Bool { KeyGroups.endpoints.contains(canonicalKey) }

    /// Whether the key is about the resource on whose behalf a service calls.
    var isAboutSource: Bool { Self.sourceKeys.contains(canonicalKey) }

    /// Whether the key is about the account or organization of the caller.
    var isAboutOwner: Bool { Self.ownerKeys.contains(canonicalKey) }

    var isAboutNetwork: Bool { isAboutEndpoint || canonicalKey == "aws:sourceip" }

    /// Whether the condition asks for other values than those listed, and holds without the key.
    var isOpenNegation: Bool { base?.isNegated == true && holdsWhenAbsent }

    /// Whether the condition may hold for a call that a service makes in its own name (PRIN-5).
    ///
    /// False where somebody evidently thought of services.
    var mayHoldForServices: Bool {
        let key = canonicalKey
        if key.hasPrefix("aws:principalis") || key.hasPrefix("aws:principalservice") {
            return false
        }
        if isAboutSource { return false }
        if key.hasPrefix("aws:resource") { return true }
        return mayHoldForMostRequests ?? holdsWhenAbsent
    }

    /// Whether a condition on a key that every request carries may hold for most of them; nil for
    /// other keys.
    var mayHoldForMostRequests: Bool? {
        switch canonicalKey {
        case "aws:viaawsservice": !asksFor("true")
        case "aws:securetransport": !asksFor("false")
        case "aws:currenttime", "aws:epochtime": true
        default: nil
        }
    }

    /// Whether the condition may hold for most calls of users and roles.
    var mayHoldForUsersAndRoles: Bool {
        if let known = mayHoldForMostRequests { return known }
        if canonicalKey == "aws:principalarn", let base, base != .null, !base.isNegated {
            return values.contains { Glob($0.text).covers(Glob("arn:aws:iam::*:role/*")) }
        }
        return holdsWhenAbsent
    }

    /// Whether the condition may hold for a call that a service makes with the permissions of
    /// whoever called it; such calls carry no keys of the VPC (SVC-4).
    var mayHoldForForwardedCalls: Bool {
        let key = canonicalKey
        if key == "aws:viaawsservice" || key.hasPrefix("aws:calledvia") || key == "kms:viaservice" {
            return false
        }
        if key.hasPrefix("aws:principalis") || key.hasPrefix("aws:principalservice") {
            return values.contains { $0.text.lowercased() == "false" } || holdsWhenAbsent
        }
        if isAboutNetwork || isAboutSource { return holdsWhenAbsent }
        return mayHoldForMostRequests ?? true
    }
}

extension WrittenStatement {
    /// Whether some action is among those of both statements.
    func actionsMeet(_ other: WrittenStatement) -> Bool {
        guard let mine = actions, let theirs = other.actions else { return false }
        if mine.isNegated || theirs.isNegated { return true }
        return mine.globs.contains { pattern in theirs.globs.contains { pattern.meets($0) } }
    }

    /// Whether the statement denies to everybody whom its conditions do not spare.
    var deniesEverybody: Bool {
        isDeny && principals?.isNegated == false && principals?.everyone != nil
    }
}
