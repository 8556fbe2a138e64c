import JSONSource
import PolicyLanguage
import ServiceCatalog

// PERF: "organization loaded". Nearly all resources are listed by their ARN with a policy and tags.
// Those are read in one pass over their members; whatever is odd or wrong is left to
// ``resource(_:in:)``, which reads it with care and says so.
extension OrganizationLoader {
    private static let fieldsOfPlainResources: [JSONName] = ["policy", "tags"]

    /// What ARNs with the same partition, service and Region have in common.
    struct PlainService {
        fileprivate let kind: Kind
        fileprivate let policyLimit: Int?

        fileprivate enum Kind {
            case s3
            case kms
            case other
        }
    }

    /// A resource of which there is nothing to say; nil for one that has to be read with care.
    mutating func plainResource(_ value: JSONValue, of draft: AccountDraft) -> Resource? {
        guard let view = value.lentView,
            let fields = view.fields(named: Self.fieldsOfPlainResources), let key = view.plainKey,
            !key.contains(UInt8(ascii: "*")),
            let arn = ARN(String(decoding: key, as: UTF8.self)),
            let account = draft.id, arn.account.isEmpty || arn.accountID == account,
            let service = plainService(of: arn), service.fits(arn),
            let tags = fields[1].map({ plainTags($0, .anyService) }) ?? Tags()
        else { return nil }
        var policy: Policy?
        if let written = fields[0] {
            guard let document = shelf.soundDocument(written, as: .resource),
                document.size <= service.policyLimit ?? .max,
                service.kind != .s3
                    || document.body.statements.allSatisfy({ $0.resources != nil })
            else { return nil }
            policy = Policy(
                name: nil,
                document: document,
                writtenAt: history.writtenAt(
                    ["resources", arn.description, "policy"],
                    in: draft.name
                )
            )
        }
        claim(.resource, arn.description, at: view.keySpan)
        return Resource(
            arn: arn,
            policy: policy,
            tags: tags,
            blockPublicAccess: BlockPublicAccess(),
            grants: [],
            vpc: nil,
            isGatewayEndpoint: false,
            region: nil
        )
    }

    /// Of services whose ARNs take other checks there is none.
    private mutating func plainService(of arn: ARN) -> PlainService? {
        let head = String(arn.beforeAccount)
        if let known = plainServices[head] { return known }
        let (name, region) = (arn.service, arn.region)
        guard Regions.partitions.contains(arn.partition),
            region.isEmpty || Regions.known.contains(region),
            ServiceCatalog.isServiceOfARNs(name),
            !["iam", "ec2", "sts", "organizations"].contains(name)
        else { return nil }
        let service = PlainService(
            kind: name == "s3" ? .s3 : name == "kms" ? .kms : .other,
            policyLimit: Quotas.resourcePolicyCharacters[name]
        )
        // There are no more than Regions and services.
        plainServices[head] = service
        return service
    }
}

extension OrganizationLoader.PlainService {
    /// Whether a resource is one that may have a policy.
    fileprivate func fits(_ arn: ARN) -> Bool {
        switch kind {
        case .s3:
            arn.region.isEmpty && arn.account.isEmpty
                && !arn.resourceText.utf8.contains(UInt8(ascii: "/"))
        case .kms: arn.resourceType != "alias"
        case .other: true
        }
    }
}
