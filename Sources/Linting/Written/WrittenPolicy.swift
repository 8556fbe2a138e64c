package import JSONSource
import PolicyLanguage
import ServiceCatalog

/// A policy document as somebody wrote it, with the place of every word.
///
/// Unlike `PolicyDocument` it keeps what AWS would refuse, so that everything wrong with a
/// document can be said at once; what cannot be read at all is left out.
package struct WrittenPolicy: Sendable {
    package let kind: PolicyKind
    /// How messages call it: "the SCP 'RegionLock'".
    package let name: String
    package let value: JSONValue
    package let version: SourceString?
    package let statements: [WrittenStatement]
    package let holder: Holder
    /// Why the document is not looked at: it is too long.
    package let problem: Diagnostic?

    /// What the document hangs on, as far as that is known.
    package struct Holder: Sendable {
        /// The name of a managed or control policy.
        package var name: String?
        /// The account it belongs to, by id.
        package var account: String?
        /// The ARN of the resource, role or user that carries it.
        package var arn: String?
        /// How many characters AWS takes, white space between words aside.
        package var characterLimit: Int?

        /// Whether somebody has it as his permissions boundary.
        package var isBoundary = false
        /// Whether its account is outside the organization, so that its reader cannot mend it.
        package var isForeign = false

        package init() {}

        /// A policy that exists by its own name.
        package init(_ kind: PolicyKind, name: String) {
            self.name = name
            characterLimit = kind.characterLimit
        }

        /// A policy of a resource.
        package init(_ kind: PolicyKind, arn: String) {
            self.arn = arn
            let limit = ARN(arn).flatMap { Quotas.resourcePolicyCharacters[$0.service] }
            characterLimit = limit ?? kind.characterLimit
        }
    }

    /// Whether its statements are compared with each other.
    var comparesStatements = true
    /// How many characters it has without white space outside strings.
    let size: Int

    package init(_ value: JSONValue, _ kind: PolicyKind, name: String, holder: Holder = Holder()) {
        self.init(value, kind, name: name, holder: holder, statements: nil)
    }

    /// `statements` are those of the document where it was read before.
    init(
        _ value: JSONValue,
        _ kind: PolicyKind,
        name: String,
        holder: Holder,
        statements known: [WrittenStatement]?
    ) {
        self.kind = kind
        self.name = name
        self.value = value
        self.holder = holder
        size = value.compactLength
        problem = PolicyDocument.problem(ofSize: size, at: value.span)
        guard problem == nil else {
            version = nil
            statements = []
            return
        }
        version = value["Version"].flatMap { SourceString(written: $0) }
        if let known {
            statements = known
            return
        }
        let content = value["Statement"]
        statements = (content?.elements ?? content.map { [$0] } ?? []).enumerated()
            .compactMap { WrittenStatement($1, index: $0) }
    }
}

extension WrittenPolicy {
    /// Only Version 2012-10-17 knows variables (GRAM-3).
    package var expandsVariables: Bool { version?.text == "2012-10-17" }

    /// Where a remark about the document as a whole points.
    package var place: SourceSpan {
        value.members?.first { $0.key == "Statement" }?.keySpan ?? value.span
    }
}

extension SourceString {
    /// A string, number or boolean as text; nil for anything else.
    init?(written value: JSONValue) {
        switch value.content {
        case .string(let text), .number(let text): self.init(text, at: value.span)
        case .bool(let flag): self.init(flag ? "true" : "false", at: value.span)
        case .null, .array, .object: return nil
        }
    }

    /// One such value or a list of them.
    static func written(_ value: JSONValue) -> [SourceString] {
        (value.elements ?? [value]).compactMap { SourceString(written: $0) }
    }
}
