package import JSONSource

/// A policy document as AWS defines it, every pattern and condition value already read.
///
/// Source: IAM User Guide, "Grammar of the IAM JSON policy language".
package struct PolicyDocument: Sendable, Hashable {
    package let version: Version
    package let id: String?
    package let statements: [Statement]
    /// Where the document begins.
    package let span: SourceSpan
    /// Characters without white space outside strings, as policy sizes are counted.
    package let size: Int

    package enum Version: String, Sendable {
        /// Also what an absent `Version` means: variables are plain text (GRAM-3).
        case v2008 = "2008-10-17"
        case v2012 = "2012-10-17"
    }

    package init(
        version: Version,
        id: String?,
        statements: [Statement],
        at span: SourceSpan,
        size: Int
    ) {
        self.version = version
        self.id = id
        self.statements = statements
        self.span = span
        self.size = size
    }
}

extension PolicyDocument {
    /// The longest document that is read, in characters as ``size`` counts them: the longest of the
    /// AWS managed policies has 152,000, what a customer writes has at most 102,400 anywhere
    /// (Amazon OpenSearch Service API Reference, "PolicyDocument"), and most have a tenth of that.
    ///
    /// What is compared pair by pair in a document stays small that way.
    package static let readingLimit = 262_144

    /// What is to be said of a document of that size; nil where it is read.
    package static func problem(ofSize size: Int, at span: SourceSpan) -> Diagnostic? {
        guard size > readingLimit else { return nil }
        let message =
            "the policy has \(size) characters, far more than AWS takes; at most \(readingLimit) are read"
        return .error("limit.policy-length", message, at: span)
    }
}

/// One statement of a policy.
package struct Statement: Sendable, Hashable {
    package enum Effect: String, Sendable {
        case allow = "Allow"
        case deny = "Deny"
    }

    package let sid: String?
    /// Position in the document, counted from 0.
    package let index: Int
    package let effect: Effect
    package let principal: PrincipalElement?
    package let actions: ActionElement
    /// Nil where the policy's resource is implied, as in a trust policy (RES-9).
    package let resources: ResourceElement?
    package let conditions: [Condition]
    package let span: SourceSpan

    package init(
        sid: String?,
        index: Int,
        effect: Effect,
        principal: PrincipalElement?,
        actions: ActionElement,
        resources: ResourceElement?,
        conditions: [Condition],
        span: SourceSpan
    ) {
        self.sid = sid
        self.index = index
        self.effect = effect
        self.principal = principal
        self.actions = actions
        self.resources = resources
        self.conditions = conditions
        self.span = span
    }

    /// The Sid, or the index where there is none.
    package var label: String { sid.flatMap { $0.isEmpty ? nil : $0 } ?? String(index) }
}

/// `Action` or `NotAction`.
package struct ActionElement: Sendable, Hashable {
    package let patterns: [ActionPattern]
    package let isNegated: Bool

    package init(patterns: [ActionPattern], isNegated: Bool) {
        self.patterns = patterns
        self.isNegated = isNegated
    }

    /// Source: IAM User Guide, "IAM JSON policy elements: NotAction" (ACT-5).
    package func covers(_ action: ActionName) -> Bool {
        patterns.contains { $0.matches(action) } != isNegated
    }
}

/// `Resource` or `NotResource`.
package struct ResourceElement: Sendable, Hashable {
    package let patterns: [ResourcePattern]
    package let isNegated: Bool

    package init(patterns: [ResourcePattern], isNegated: Bool) {
        self.patterns = patterns
        self.isNegated = isNegated
    }

    /// Source: IAM User Guide, "IAM JSON policy elements: NotResource" (RES-8, VAR-7).
    package func covers(_ resource: RequestedResource, in context: RequestContext) -> Bool {
        patterns.contains { $0.matches(resource, in: context) } != isNegated
    }
}

/// `Principal` or `NotPrincipal`.
package struct PrincipalElement: Sendable, Hashable {
    package let entries: [PrincipalEntry]
    package let isNegated: Bool
    /// Where each entry stands; empty for an element that stands in no file.
    package let spans: [SourceSpan]
    /// Each entry as its file spells it, so that people find it there.
    package let texts: [String]

    package init(
        entries: [PrincipalEntry],
        isNegated: Bool,
        spans: [SourceSpan] = [],
        texts: [String]? = nil
    ) {
        self.entries = entries
        self.isNegated = isNegated
        self.spans = spans
        self.texts = texts ?? entries.map(\.description)
    }
}

/// One principal that a policy names.
///
/// Source: IAM User Guide, "AWS JSON policy elements: Principal" (PRIN-1…14).
package enum PrincipalEntry: Sendable, Hashable {
    /// `*`, also as `{"AWS": "*"}` (PRIN-5).
    case everyone
    /// An account id or the ARN of its root: the whole account (PRIN-3).
    case account(AccountID)
    case user(ARN)
    case role(ARN)
    case assumedRole(ARN)
    case federatedUser(ARN)
    /// What AWS shows once the entity that was named is gone; matches nobody (PRIN-8).
    case uniqueID(String)
    case service(String)
    /// The provider of a SAML or OIDC federation (PRIN-12).
    case federated(String)
    /// A canonical user id or a CloudFront origin access identity; matches nobody here.
    case canonicalUser(String)
}

extension PrincipalEntry {
    /// The ARN of an IAM user or role, which AWS replaces by a unique id when it saves (PRIN-8).
    package var entityARN: ARN? {
        switch self {
        case .user(let arn), .role(let arn): arn
        case .everyone, .account, .assumedRole, .federatedUser, .uniqueID, .service, .federated,
            .canonicalUser:
            nil
        }
    }
}
