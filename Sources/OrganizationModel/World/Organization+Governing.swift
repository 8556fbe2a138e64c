import JSONSource
package import PolicyLanguage

extension Organization {
    /// The listed resource whose policy governs an ARN: itself or the nearest one above it.
    ///
    /// The sixth part of the ARN is cut at its last `/` or `:` until a listed ARN is found, but
    /// where AWS says otherwise (RBP-3).
    package func governing(_ arn: ARN) -> (account: Account, resource: Resource)? {
        if let found = listed(arn.description) { return found }
        let head = Substring(arn.description.utf8.dropLast(arn.resource.utf8.count))
        switch PolicyHolder(of: arn) {
        case .itself: return nil
        case .other(let resource): return listed(head + resource)
        case .above(let marks):
            // Nothing listed is longer, so a longer beginning need not be looked up.
            let longest = max(0, longestListing - head.utf8.count)
            var rest = arn.resource.utf8.prefix(longest + 1)
            while let cut = rest.lastIndex(where: { marks.contains(Unicode.Scalar($0)) }) {
                rest = rest[..<cut]
                if let found = listed("\(head)\(Substring(rest))") { return found }
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
/// Control": one for the whole Data Catalog; CodeArtifact User Guide, "Repository policies".
private enum PolicyHolder {
    case itself
    /// A resource whose ARN is not a beginning of the other's.
    case other(String)
    /// One whose ARN ends where one of the characters stands.
    case above(Set<Unicode.Scalar>)

    init(of arn: ARN) {
        let pieces = arn.resource.parts(at: "/")
        switch arn.service {
        // What looks like a path is part of the name.
        case "ecr", "ecr-public", "secretsmanager", "ssm": self = .itself
        case "lambda", "kinesis": self = .itself
        case "logs": self = .above([":"])
        case "dynamodb":
            let isIndex = pieces.count == 4 && pieces[0] == "table" && pieces[2] == "index"
            self = isIndex ? .other("table/\(pieces[1])") : .itself
        case "events" where pieces[0] == "rule":
            self = .other("event-bus/\(pieces.count == 3 ? pieces[1] : "default")")
        case "glue":
            let isData = ["catalog", "connection", "database", "table", "userDefinedFunction"]
                .contains(pieces[0])
            self = isData ? .other("catalog") : .itself
        case "codeartifact" where pieces[0] == "package" && pieces.count > 3:
            self = .other("repository/\(pieces[1])/\(pieces[2])")
        default: self = .above(["/", ":"])
        }
    }
}
