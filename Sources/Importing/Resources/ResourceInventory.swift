import JSONSource

/// The resources of one account on their way, by ARN in the order they were met.
struct ResourceInventory {
    private var arns: [SourceString] = []
    private var drafts: [String: ObjectDraft] = [:]

    /// Adds members to a resource, which may be new; what it has already stays.
    mutating func update(_ arn: SourceString, _ add: (inout ObjectDraft) -> Void) {
        if drafts[arn.text] == nil { arns.append(arn) }
        add(&drafts[arn.text, default: ObjectDraft(at: arn.span)])
    }

    func value(at span: SourceSpan) -> JSONValue {
        var resources = ObjectDraft(at: span)
        for arn in arns {
            resources.add(arn.text, drafts[arn.text]?.value, namedAt: arn.span)
        }
        return resources.value
    }
}
