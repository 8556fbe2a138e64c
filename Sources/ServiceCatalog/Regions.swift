package import JSONSource

/// The Regions and partitions of AWS.
///
/// Sources: AWS Regions and Availability Zones User Guide, "AWS Regions"; IAM User Guide, "Identify
/// AWS resources with Amazon Resource Names (ARNs)", "partition".
package enum Regions {
    /// The month the lists below were written.
    package static let date = "2026-11"

    package static let partitions: Set<String> = [
        "aws", "aws-cn", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f",
        "aws-us-gov",
    ]

    package static let known: Set<String> = [
        "af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2",
        "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2",
        "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7",
        "ca-central-1", "ca-west-1", "cn-north-1", "cn-northwest-1", "eu-central-1",
        "eu-central-2", "eu-isoe-west-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1",
        "eu-west-2", "eu-west-3", "eusc-de-east-1", "il-central-1", "me-central-1", "me-south-1",
        "mx-central-1", "sa-east-1", "us-east-1", "us-east-2", "us-gov-east-1", "us-gov-west-1",
        "us-iso-east-1", "us-iso-west-1", "us-isob-east-1", "us-isob-west-1", "us-isof-east-1",
        "us-isof-south-1", "us-west-1", "us-west-2",
    ]

    /// A warning of a Region that is not listed; AWS may have opened it since.
    package static func warning(
        _ code: String,
        of region: String,
        at span: SourceSpan
    ) -> Diagnostic? {
        if region.isEmpty || known.contains(region) { return nil }
        let help = NearestName.of(region, among: known.sorted()).map { "did you mean '\($0)'?" }
        let message = "the list of Regions of \(date) has no '\(region)'"
        return .warning(code, message, at: span, help: help)
    }
}
