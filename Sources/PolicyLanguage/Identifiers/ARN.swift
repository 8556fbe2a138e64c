import JSONSource

/// An Amazon Resource Name, split at its first five colons into six parts.
///
/// The sixth part keeps any further colons and slashes. Source: IAM User Guide, "Identify AWS
/// resources with Amazon Resource Names (ARNs)".
package struct ARN: Sendable, Hashable, CustomStringConvertible {
    package let description: String
    package let partition: String
    package let service: String
    package let region: String
    package let account: String
    package let resource: String

    /// Nil unless the text has six parts, the first of them `arn`, none of the needed ones empty.
    package init?(_ text: some StringProtocol) {
        let parts = text.parts(at: ":", maxSplits: 5)
        guard parts.count == 6, parts[0] == "arn" else { return nil }
        guard !parts[1].isEmpty, !parts[2].isEmpty, !parts[5].isEmpty else { return nil }
        description = String(text)
        partition = String(parts[1])
        service = String(parts[2])
        region = String(parts[3])
        account = String(parts[4])
        resource = String(parts[5])
    }

    package init(
        partition: String,
        service: String,
        region: String = "",
        account: String,
        resource: String
    ) {
        self.partition = partition
        self.service = service
        self.region = region
        self.account = account
        self.resource = resource
        description = "arn:\(partition):\(service):\(region):\(account):\(resource)"
    }
}

extension ARN {
    package var accountID: AccountID? { AccountID(account) }

    /// The part of the resource before its first slash: `role` of `role/team/Deploy`.
    package var resourceType: Substring { resource.parts(at: "/", maxSplits: 1)[0] }

    /// What follows the last slash of the resource: `Deploy` of `role/team/Deploy`.
    package var resourceName: Substring {
        resource.parts(at: "/").last ?? resource[...]
    }
}
