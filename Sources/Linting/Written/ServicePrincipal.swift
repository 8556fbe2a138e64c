/// The name of a service principal in its parts: `logs.eu-central-1.amazonaws.com`.
struct ServicePrincipal {
    /// What stands before the Region and `.amazonaws.com`.
    let service: String
    let region: String?

    /// Nil for names that do not end as those of AWS services do.
    init?(_ text: String) {
        let suffix = Self.suffixes.first { text.hasSuffix($0) }
        guard let suffix, text.utf8.count > suffix.utf8.count else { return nil }
        var labels = text.dropLast(suffix.count).split(separator: ".").map(String.init)
        if let last = labels.last, labels.count > 1, Self.isRegion(last) {
            region = last
            labels.removeLast()
        } else {
            region = nil
        }
        service = labels.joined(separator: ".")
    }

    /// Of the partitions of AWS; the Alexa services and those inside AWS end otherwise.
    private static let suffixes = [
        ".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".amazon.com", ".aws.internal",
        ".c2s.ic.gov", ".sc2s.sgov.gov", ".cloud.adc-e.uk", ".csp.hci.ic.gov",
    ]

    /// `eu-central-1`, `us-gov-west-1`.
    static func isRegion(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (3...4).contains(parts.count), let number = parts.last, number.count == 1 else {
            return false
        }
        return number.allSatisfy { ("1"..."9").contains($0) }
            && parts.dropLast().allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy { (97...122).contains($0) }
            }
    }
}

extension ServicePrincipal {
    /// Regions that every account has without opting in.
    ///
    /// Source: Account Management Guide, "Enable or disable AWS Regions in your account";
    /// Regions opened since 2019 are all opt-in. The list was not compared with the page.
    var isInDefaultRegion: Bool {
        guard let region else { return false }
        return Self.defaultRegions.contains(region)
    }

    private static let defaultRegions: Set<String> = [
        "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1",
        "ap-southeast-2", "ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2",
        "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
    ]
}
