import OrganizationModel
import PolicyLanguage
import ServiceCatalog

/// Fills in the condition keys that follow from a request (semantics section 3).
///
/// Source: IAM User Guide, "AWS global condition context keys".
struct ContextBuilder {
    let request: Request
    let subject: Subject
    let target: ResourceTarget
    let organization: Organization
    var context = RequestContext()
    /// Keys whose absence is a fact of the request, by canonical name or by prefix with `*`.
    var known: Set<String> = []

    /// The context of a request, with what is given laid over what follows.
    static func context(
        of request: Request,
        by subject: Subject,
        on target: ResourceTarget,
        in organization: Organization
    ) -> FilledContext {
        var builder = ContextBuilder(
            request: request,
            subject: subject,
            target: target,
            organization: organization
        )
        builder.addPrincipal()
        builder.addSession()
        builder.addResource()
        builder.addNetwork()
        builder.addCall()
        builder.addGiven()
        return FilledContext(
            context: builder.context,
            known: builder.known,
            action: request.action,
            unknownKeys: request.unknownKeys,
            given: request.unknownKeys.isEmpty
                ? [] : Set(request.context.entries.map(\.key.canonical))
        )
    }
}

extension ContextBuilder {
    mutating func set(_ key: ConditionKey, _ value: String?) {
        known.insert(key.canonical)
        if let value { context[key] = .single(value) }
    }

    mutating func set(_ key: ConditionKey, all values: [String]?) {
        known.insert(key.canonical)
        if let values { context[key] = .set(values) }
    }

    mutating func set(_ family: String, _ tags: Tags) {
        known.insert(family.lowercased() + "*")
        for tag in tags.pairs { context[ConditionKey(family + tag.key)] = .single(tag.value) }
    }

    private mutating func addGiven() {
        for entry in request.context.entries {
            known.insert(entry.key.canonical)
            context[entry.key] = entry.value.map { typed($0, as: entry.key) }
        }
    }

    /// A value as the action's service types the key: one value is a set where it holds sets, and
    /// what was given as a set stays one.
    func typed(_ value: ContextValue, as key: ConditionKey) -> ContextValue {
        guard !value.isMultivalued, ServiceCatalog.isMultivalued(key, for: request.action) else {
            return value
        }
        return .set(value.values)
    }

    /// Keys about the call itself.
    private mutating func addCall() {
        set("aws:CurrentTime", request.instant.description)
        set("aws:EpochTime", String(request.instant.seconds))
        set("aws:SecureTransport", "true")
        let via = request.viaService
        set("aws:ViaAWSService", via == nil ? "false" : "true")
        set("aws:CalledVia", all: via.map { [$0] })
        set("aws:CalledViaFirst", via)
        set("aws:CalledViaLast", via)
        if let region = requestedRegion { context["aws:RequestedRegion"] = .single(region) }
        if request.action.service == "kms" { addKMS() }
    }

    /// The Region of the ARN, of the listed bucket, or of a service without Regions.
    private var requestedRegion: String? {
        if let region = target.arn?.region, !region.isEmpty { return region }
        if let region = target.governing?.region { return region }
        return ServiceCatalog.globalRegion(of: request.action.service)
    }

    /// Source: KMS Developer Guide, "Condition keys for AWS KMS" (KMS-7).
    private mutating func addKMS() {
        set("kms:CallerAccount", subject.account?.id.description)
        var via: String?
        if let label = request.viaService?.split(separator: ".").first,
            let region = target.arn?.region, !region.isEmpty
        {
            via = "\(label).\(region).amazonaws.com"
        }
        set("kms:ViaService", via)
    }
}
