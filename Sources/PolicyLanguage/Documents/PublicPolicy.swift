/// Whether S3 calls a bucket policy public.
///
/// Source: S3 User Guide, "The meaning of public" (S3-4).
package enum PublicPolicy {
    /// Public unless every Allow is limited to fixed principals or fixed values of certain keys.
    package static func isPublic(_ document: PolicyDocument) -> Bool {
        document.statements.contains { $0.effect == .allow && !isLimited($0) }
    }

    private static func isLimited(_ statement: Statement) -> Bool {
        if let principal = statement.principal, !principal.isNegated,
            !principal.entries.contains(.everyone)
        {
            return true
        }
        // What nobody could read may be limited: that it is blocked would be a guess.
        return statement.conditions.contains { limits($0) || MissingPolicy.isKey($0.key) }
    }

    private static let limitingKeys: Set<String> = [
        "aws:principalarn", "aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths",
        "aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceowner",
        "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths", "aws:userid",
        "s3:dataaccesspointaccount",
    ]

    /// A condition that only fixed values can fulfil, and that an absent key does not.
    private static func limits(_ condition: Condition) -> Bool {
        let key = condition.key.canonical
        let form = condition.operator
        guard !form.ifExists, form.quantifier != .forAllValues, !condition.operands.isEmpty else {
            return false
        }
        switch form.base {
        case .ipAddress:
            return key == "aws:sourceip" && condition.operands.allSatisfy { isNarrow($0.text) }
        case .stringEquals, .stringEqualsIgnoreCase, .stringLike, .arnEquals, .arnLike:
            if key == "s3:dataaccesspointarn" {
                return condition.operands.allSatisfy { isAccessPoint($0.text) }
            }
            return limitingKeys.contains(key) && condition.operands.allSatisfy { isFixed($0.text) }
        default: return false
        }
    }

    private static func isFixed(_ text: String) -> Bool {
        !text.contains("*") && !text.contains("?") && !text.contains("${")
    }

    /// The account must be fixed, the access point's name may be `*`.
    private static func isAccessPoint(_ text: String) -> Bool {
        guard let arn = ARN(text), AccountID(arn.account) != nil else { return false }
        return isFixed(arn.resource.replacingLastStar)
    }

    private static let privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]
        .compactMap { IPAddressRange($0) }

    /// Ranges wider than /8 (IPv4) or /32 (IPv6) are public.
    private static func isNarrow(_ text: String) -> Bool {
        guard let range = IPAddressRange(text) else { return false }
        if privateRanges.contains(where: { $0.contains(range) }) { return true }
        return range.prefixLength >= (range.isIPv4 ? 8 : 32)
    }
}

extension String {
    fileprivate var replacingLastStar: String { hasSuffix("*") ? String(dropLast()) : self }
}
