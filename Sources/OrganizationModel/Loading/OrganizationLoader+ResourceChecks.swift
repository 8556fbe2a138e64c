import JSONSource
import PolicyLanguage
import ServiceCatalog

// What a resource's ARN says, held against the fields beside it.
extension OrganizationLoader {
    mutating func checkResource(_ arn: ARN, _ object: ObjectReader, at span: SourceSpan) {
        if Self.isPattern(arn) {
            let message =
                "'\(arn)' is a pattern: a resource is listed by its own ARN, and what lies in it "
                + "has the policy of its parent"
            diagnostics.append(.warning("organization.resource-pattern", message, at: span))
            // The checks below would only say again that these parts are patterns.
            let head = [arn.partition, arn.service, arn.region, arn.account]
            if head.contains(where: { $0.contains("*") }) { return }
        }
        if !Regions.partitions.contains(arn.partition) {
            let near = NearestName.of(arn.partition, among: Regions.partitions.sorted())
            let message = "'\(arn.partition)' is not a partition of AWS"
            let help = near.map { "did you mean '\($0)'?" }
            refuse("organization.partition", message, at: span, help: help)
        }
        if !arn.account.isEmpty, arn.accountID == nil,
            !(arn.account == "aws" || arn.account == "cloudfront")
        {
            let message = "'\(arn.account)' in '\(arn)' is not an account id of 12 digits"
            refuse("organization.resource-account-id", message, at: span)
        }
        warnUnknownRegion(arn.region, at: span)
        warnUnknownService(arn, at: span)
        checkRegion(arn, object)
        checkFields(arn, object)
        warnBucketARN(arn, at: span)
    }

    /// AWS itself prints log groups with `:*` behind them, and APIs with `/*`.
    private static func isPattern(_ arn: ARN) -> Bool {
        let star = UInt8(ascii: "*")
        guard arn.description.utf8.contains(star) else { return false }
        var text = arn.description[...]
        if arn.service == "logs", text.hasSuffix(":*") { text = text.dropLast(2) }
        if arn.service == "execute-api", text.hasSuffix("/*") { text = text.dropLast(2) }
        return text.utf8.contains(star)
    }

    private mutating func warnUnknownService(_ arn: ARN, at span: SourceSpan) {
        if ServiceCatalog.isServiceOfARNs(arn.service) { return }
        let near = NearestName.of(arn.service, among: ServiceCatalog.arnServices.sorted())
        let message = "the catalog of \(ServiceCatalog.date) knows no ARNs of '\(arn.service)'"
        let help = near.map { "did you mean '\($0)'?" }
        diagnostics.append(.warning("organization.unknown-service", message, at: span, help: help))
    }

    /// `region` is for ARNs that name none.
    private mutating func checkRegion(_ arn: ARN, _ object: ObjectReader) {
        guard let value = object.value["region"], let region = value.string else { return }
        if !arn.region.isEmpty, arn.region != region {
            let message = "the ARN is one of '\(arn.region)', 'region' says '\(region)'"
            refuse("organization.region-contradiction", message, at: value.span)
        } else {
            warnUnknownRegion(region, at: value.span)
        }
    }

    /// Fields that one kind of resource has.
    private mutating func checkFields(_ arn: ARN, _ object: ObjectReader) {
        let service = arn.service
        let isEndpoint = arn.isVPCEndpoint
        let fields = [
            ("grants", "a KMS key", service == "kms"),
            ("blockPublicAccess", "an S3 bucket", service.hasPrefix("s3")),
            ("vpc", "a VPC endpoint", isEndpoint),
            ("vpcEndpointType", "a VPC endpoint", isEndpoint),
        ]
        for (field, owner, fits) in fields where !fits {
            guard let member = object.member(field) else { continue }
            let message = "'\(field)' belongs to \(owner), not to '\(arn)'"
            refuse("organization.field-of-other-resource", message, at: member.keySpan)
        }
        if isEndpoint { checkEndpoint(arn, object) }
        guard let policy = object.member("policy"), !isEndpoint else { return }
        if let reason = Self.whyWithoutPolicy(arn) {
            let message = "'\(arn)' has no resource policy: \(reason)"
            refuse("organization.resource-without-policy", message, at: policy.keySpan)
        }
    }

    /// Source: IAM User Guide, "AWS services that work with IAM" (RBP-5).
    private static func whyWithoutPolicy(_ arn: ARN) -> String? {
        switch arn.service {
        case "iam": "who may use a role stands in its 'trustPolicy' under 'iam'"
        case "ec2": "of what EC2 has only VPC endpoints have policies"
        case "kms" where arn.resourceType == "alias": "the policy stands at the key"
        case "sts": "sessions have none"
        // The organization itself has the one delegation policy.
        case "organizations" where arn.resourceType != "organization":
            "of what AWS Organizations has only the organization has one, and control policies "
                + "stand at the top of the file"
        case "s3"
        where arn.region.isEmpty && arn.account.isEmpty
            && arn.resourceText.utf8.contains(UInt8(ascii: "/")):
            "the policy stands at the bucket"
        default: nil
        }
    }

    private mutating func checkEndpoint(_ arn: ARN, _ object: ObjectReader) {
        if let vpc = object.value["vpc"], let text = vpc.string, !text.hasPrefix("vpc-") {
            let message = "'\(text)' is not the id of a VPC: expected vpc-…"
            refuse("organization.vpc-id", message, at: vpc.span)
        }
        if !arn.resourceName.hasPrefix("vpce-") {
            let span = object.value["arn"]?.span ?? object.value.span
            let message = "'\(arn.resourceName)' is not the id of a VPC endpoint: expected vpce-…"
            refuse("organization.endpoint-id", message, at: span)
        }
    }

    /// Requests name a bucket without Region and account.
    private mutating func warnBucketARN(_ arn: ARN, at span: SourceSpan) {
        guard arn.service == "s3", !arn.region.isEmpty || !arn.account.isEmpty else { return }
        let ofAccounts = [
            "accesspoint", "job", "storage-lens", "storage-lens-group", "async-request",
            "access-grants",
        ]
        guard !ofAccounts.contains(String(arn.resourceType))
        else { return }
        let bucket = "arn:\(arn.partition):s3:::\(arn.resource)"
        diagnostics.append(
            .warning(
                "organization.bucket-arn",
                "no request is about '\(arn)': the ARN of a bucket names neither Region nor account",
                at: span,
                help: "did you mean '\(bucket)'?"
            )
        )
    }
}
