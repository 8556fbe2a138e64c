package import JSONSource

/// A policy document as AWS defines it, every pattern and condition value already read.
///
/// Most of the documents of an organization are copies of one another. What a document says is read
/// once and shared by all copies as their ``body``; each knows its own place.
/// Source: IAM User Guide, "Grammar of the IAM JSON policy language".
package struct PolicyDocument: Sendable {
    /// What the document says, shared with documents that stand in their files byte by byte alike.
    package let body: PolicyBody
    /// Where the document begins.
    package let span: SourceSpan

    package enum Version: String, Sendable {
        /// Also what an absent `Version` means: variables are plain text (GRAM-3).
        case v2008 = "2008-10-17"
        case v2012 = "2012-10-17"
    }

    /// A document that shares what is known of another place with the same bytes.
    package init(_ body: PolicyBody, at span: SourceSpan) {
        self.body = body
        self.span = span
    }

    package init(
        version: Version,
        id: String?,
        statements: [Statement],
        at span: SourceSpan,
        size: Int
    ) {
        body = PolicyBody(version: version, id: id, statements: statements, at: span, size: size)
        self.span = span
    }
}

extension PolicyDocument {
    package var version: Version { body.version }
    package var id: String? { body.id }
    /// Characters without white space outside strings, as policy sizes are counted.
    package var size: Int { body.size }

    /// The same for documents that say the same in the same bytes under the same grammar, wherever
    /// they stand; what is made of a document once can be kept under it, along with the body.
    package var bodyID: ObjectIdentifier { ObjectIdentifier(body) }

    /// The statements with their places in this document; where places do not matter, those of
    /// ``body`` are cheaper.
    package var statements: [Statement] {
        isAtHome ? body.statements : body.statements.map { $0.moved(move) }
    }

    /// One of the statements, counted as ``statements`` are.
    package func statement(at place: Int) -> Statement {
        isAtHome ? body.statements[place] : body.statements[place].moved(move)
    }

    /// Where one of the statements stands.
    package func span(ofStatement place: Int) -> SourceSpan {
        let span = body.statements[place].span
        return isAtHome ? span : span.moved(move)
    }

    private var isAtHome: Bool { span == body.home }
    private var move: SourceMove { SourceMove(from: body.home, to: span) }
}

extension PolicyDocument: Hashable {
    package static func == (left: PolicyDocument, right: PolicyDocument) -> Bool {
        left.span == right.span && left.body == right.body
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(span)
        hasher.combine(body.size)
        hasher.combine(body.statements.count)
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

    // In an order that leaves few gaps: an organization has hundreds of thousands.
    package let sid: String?
    package let conditions: [Condition]
    package let principal: PrincipalElement?
    package let effect: Effect
    package let actions: ActionElement
    private let position: Int32
    /// Nil where the policy's resource is implied, as in a trust policy (RES-9).
    package let resources: ResourceElement?
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
        position = Int32(clamping: index)
        self.effect = effect
        self.principal = principal
        self.actions = actions
        self.resources = resources
        self.conditions = conditions
        self.span = span
    }

    /// Position in the document, counted from 0.
    package var index: Int { Int(position) }

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
    /// Where each entry stands; empty for an element that stands in no file.
    package let spans: [SourceSpan]
    /// Each entry as its file spells it; nil where that is how it is described anyway, as nearly
    /// all are.
    let spellings: [String]?
    package let isNegated: Bool

    package init(
        entries: [PrincipalEntry],
        isNegated: Bool,
        spans: [SourceSpan] = [],
        texts: [String]? = nil
    ) {
        self.entries = entries
        self.isNegated = isNegated
        self.spans = spans
        let isDescribed = texts.map { texts in
            texts.count == entries.count
                && zip(texts, entries).allSatisfy { Self.areSameBytes($0, $1.description) }
        }
        spellings = isDescribed == false ? texts : nil
    }

    /// Each entry as its file spells it, so that people find it there.
    package var texts: [String] { spellings ?? entries.map(\.description) }

    /// What Swift takes for the same text may be spelled otherwise.
    private static func areSameBytes(_ one: String, _ other: String) -> Bool {
        one.utf8.elementsEqual(other.utf8)
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
    /// Whether it is something that an account has: a user, a role or a provider.
    var isEntity: Bool {
        switch self {
        case .user, .role, .federated: true
        case .everyone, .account, .assumedRole, .federatedUser, .uniqueID, .service, .canonicalUser:
            false
        }
    }

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
