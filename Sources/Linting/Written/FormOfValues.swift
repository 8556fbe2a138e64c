import JSONSource
import PolicyLanguage
import ServiceCatalog

/// What the values of a condition key look like.
struct ValueShape {
    /// In a sentence: "'aws:SourceVpc' holds …".
    let noun: String
    private let isMet: @Sendable (String) -> Bool

    /// Whether a request's value can be what stands in the policy.
    ///
    /// A text with wildcards only has to meet the shape somewhere.
    func admits(_ text: String) -> Bool { isMet(text) }

    private init(_ noun: String, _ isMet: @escaping @Sendable (String) -> Bool) {
        self.noun = noun
        self.isMet = isMet
    }
}

extension ValueShape {
    /// Nil for a key of which AWS does not say what it holds.
    static func of(_ key: String) -> ValueShape? {
        let name = key.lowercased()
        if let shape = shapes[name] { return shape }
        if KeyGroups.organizationPaths.contains(name) { return path }
        guard let known = GlobalConditionKeys.key(name) else { return nil }
        switch known.type {
        case .bool: return flag
        case .arn: return arn
        case .string, .numeric, .date, .ipAddress: return nil
        }
    }

    private static let shapes: [String: ValueShape] = [
        "aws:principalorgid": organization,
        "aws:resourceorgid": organization,
        "aws:sourceorgid": organization,
        "aws:vpceorgid": organization,
        "aws:principalaccount": account,
        "aws:resourceaccount": account,
        "aws:sourceaccount": account,
        "aws:vpceaccount": account,
        "kms:calleraccount": account,
        "s3:resourceaccount": account,
        "aws:sourcevpc": id("vpc-"),
        "aws:sourcevpce": id("vpce-"),
        "aws:principaltype": principalType,
        "aws:requestedregion": region,
        "aws:principalservicename": service,
        "aws:principalservicenameslist": service,
        "aws:calledvia": service,
        "aws:calledviafirst": service,
        "aws:calledvialast": service,
        "iam:passedtoservice": service,
        "kms:viaservice": serviceInRegion,
    ]

    private static let organization = ValueShape("an organization id such as 'o-a1b2c3d4e5'") {
        Glob($0).meets(Glob("o-*")) && consists($0, of: lowercase + digits + "-")
    }

    /// Part by part up to the first `*`, which may run on across slashes.
    private static let path = ValueShape(
        "a path such as 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'"
    ) { text in
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let start = index == 0 ? "o-*" : index == 1 ? "r-*" : "ou-*"
            let isEnd = part.isEmpty && index > 1 && index == parts.count - 1
            guard isEnd || Glob(String(part)).meets(Glob(start)) else { return false }
            if part.contains("*") { return true }
        }
        return parts.count > 1
    }

    /// Anonymous callers report a word instead.
    private static let account = ValueShape("an account id of twelve digits") {
        $0 == "anonymous" || consists($0, of: digits) && Glob($0).meets(Glob("????????????"))
    }

    private static func id(_ prefix: String) -> ValueShape {
        ValueShape("an id such as '\(prefix)1a2b3c4d'") { Glob($0).meets(Glob(prefix + "*")) }
    }

    /// IAM User Guide, "AWS global condition context keys" (aws:PrincipalType), 2026-09.
    private static let principalType = ValueShape(
        "'Account', 'User', 'FederatedUser', 'AssumedRole' or 'Anonymous'"
    ) { text in
        ["Account", "User", "FederatedUser", "AssumedRole", "Anonymous"].contains {
            Glob(text).meets(Glob($0))
        }
    }

    private static let region = ValueShape("a Region such as 'eu-west-1'") { text in
        guard consists(text, of: lowercase + digits + "-") else { return false }
        if text.contains(where: { $0 == "*" || $0 == "?" }) { return true }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.count >= 3 && !parts.contains("") && Int(parts[parts.count - 1]) != nil
    }

    private static let service = ValueShape("a service such as 'ec2.amazonaws.com'") {
        Glob($0).meets(Glob("*.*"))
    }

    private static let serviceInRegion = ValueShape(
        "a service with its Region, such as 's3.eu-west-1.amazonaws.com'"
    ) { Glob($0).meets(Glob("*.*.*.*")) }

    private static let flag = ValueShape("'true' or 'false'") { text in
        ["true", "false"].contains { Glob(text).meets(Glob($0)) }
    }

    private static let arn = ValueShape("an ARN") { Glob($0).meets(Glob("arn:*")) }

    private static let lowercase = "abcdefghijklmnopqrstuvwxyz"
    private static let digits = "0123456789"

    private static func consists(_ text: String, of characters: String) -> Bool {
        text.utf8.allSatisfy { (characters + "*?").utf8.contains($0) }
    }
}
