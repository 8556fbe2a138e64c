import JSONSource
package import PolicyLanguage

extension Organization {
    /// The listed resource whose policy governs an ARN: itself or the nearest one above it.
    ///
    /// The sixth part of the ARN is cut at its last `/` or `:` until a listed ARN is found, but
    /// where AWS says otherwise (RBP-3).
    package func governing(_ arn: ARN) -> (account: Account, resource: Resource)? {
        listed(arn.description) ?? governing(unlisted: arn)
    }

    /// The policy that a resource may have which is neither listed nor governed by one that is.
    ///
    /// An ARN that names no account, that of a bucket, may be anybody's.
    package func unlistedPolicy(
        of arn: ARN,
        owner: Account?
    ) -> UnlistedResources.UnknownPolicy? {
        if let found = owner?.unlistedResources.policy(of: arn) { return found }
        guard arn.account.isEmpty, hasMissingPolicies else { return nil }
        return accounts.lazy.compactMap { $0.unlistedResources.policy(of: arn) }.first
    }

    /// As above, of a resource that is not listed itself.
    package func governing(unlisted arn: ARN) -> (account: Account, resource: Resource)? {
        let text = arn.description
        let start = arn.resourceText.startIndex
        switch PolicyHolder(of: arn) {
        case .itself: return nil
        case .other(let resource): return listed(text[..<start] + resource)
        case .above(let isMark):
            // Nothing listed is longer, so a longer beginning need not be looked up.
            let head = text.utf8.distance(from: text.startIndex, to: start)
            let longest = max(0, longestListing - head)
            var rest = text.utf8[start...].prefix(longest + 1)
            while let cut = rest.lastIndex(where: isMark) {
                rest = rest[..<cut]
                if let found = listed(String(text[..<cut])) { return found }
            }
            return nil
        }
    }
}

/// Which resource holds the policy about one that has none of its own.
///
/// Sources, 2026-09: Lambda Developer Guide, "Viewing resource-based IAM policies in Lambda"
/// (RBP-3); DynamoDB Developer Guide, "Using resource-based policies for DynamoDB": a table speaks
/// for its indexes, a stream for itself; Kinesis Data Streams Developer Guide, "Sharing access using
/// resource-based policies": consumers have policies of their own; EventBridge User Guide,
/// "Permissions for event buses"; AWS Glue Developer Guide, "AWS Glue Resource Policies For Access
/// Control": one for the whole Data Catalog; CodeArtifact User Guide, "Repository policies";
/// Organizations User Guide, "Delegated administrator for AWS Organizations": one policy for units,
/// accounts and policies.
private enum PolicyHolder {
    case itself
    /// A resource whose ARN is not a beginning of the other's.
    case other(String)
    /// One whose ARN ends where one of the characters stands.
    case above((UInt8) -> Bool)

    init(of arn: ARN) {
        let service = arn.service
        switch service {
        // What looks like a path is part of the name.
        case "ecr", "ecr-public", "secretsmanager", "ssm": self = .itself
        case "lambda", "kinesis": self = .itself
        case "logs": self = .above { $0 == UInt8(ascii: ":") }
        case "dynamodb", "events", "glue", "codeartifact", "organizations":
            self = Self.elsewhere(service, arn.resource.parts(at: "/")) ?? .ordinary
        default: self = .ordinary
        }
    }

    private static var ordinary: PolicyHolder {
        .above { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }
    }

    /// Services of which some resources speak for others that are not below them.
    private static func elsewhere(_ service: String, _ pieces: [Substring]) -> PolicyHolder? {
        switch service {
        case "dynamodb":
            let isIndex = pieces.count == 4 && pieces[0] == "table" && pieces[2] == "index"
            return isIndex ? .other("table/\(pieces[1])") : .itself
        case "events" where pieces[0] == "rule":
            return .other("event-bus/\(pieces.count == 3 ? pieces[1] : "default")")
        case "glue":
            let isData = ["catalog", "connection", "database", "table", "userDefinedFunction"]
                .contains(pieces[0])
            return isData ? .other("catalog") : .itself
        case "organizations" where pieces.count > 2:
            return .other("organization/\(pieces[1])")
        case "codeartifact" where pieces[0] == "package" && pieces.count > 3:
            return .other("repository/\(pieces[1])/\(pieces[2])")
        default: return nil
        }
    }
}
