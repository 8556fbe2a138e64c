import JSONSource
import PolicyLanguage

/// The resources of one account on their way, by ARN in the order they were met.
struct ResourceInventory {
    private var arns: [SourceString] = []
    private var drafts: [String: ObjectDraft] = [:]

    /// Adds members to a resource, which may be new; what it has already stays.
    mutating func update(_ arn: SourceString, _ add: (inout ObjectDraft) -> Void) {
        if drafts[arn.text] == nil { arns.append(arn) }
        var draft = drafts[arn.text] ?? ObjectDraft(at: arn.span)
        add(&draft)
        drafts[arn.text] = draft.withEachMemberOnce
    }

    /// The ARN of a resource whose folder has that name; slashes are written as `%2F` there, in
    /// older exports as `_`.
    func arn(_ service: String, inFolder name: String) -> SourceString? {
        arns.first { arn in
            guard let parts = ARN(arn.text), parts.service == service else { return false }
            let resource = parts.resource
            let end = resource.firstIndex { $0 == "/" || $0 == ":" }
            let own = end.map { String(resource[resource.index(after: $0)...]) }
            return [resource, own].contains {
                $0.map { Self.folders(of: $0).contains(name) } ?? false
            }
        }
    }

    /// What the folder of a resource may be called.
    static func folders(of name: String) -> [String] {
        ["%2F", "_"].map { name.replacing("/", with: $0) }
    }

    func hasPolicy(_ arn: SourceString) -> Bool {
        drafts[arn.text]?.members.contains { $0.key == "policy" } ?? false
    }

    /// Changes the policies of resources whose ARNs begin alike; nil for one that has none.
    mutating func changePolicies(below head: String, _ change: (JSONValue?) -> JSONValue) {
        for arn in arns where arn.text.hasPrefix(head) {
            guard let draft = drafts[arn.text] else { continue }
            let policy = change(draft.members.first { $0.key == "policy" }?.value)
            var changed = ObjectDraft(at: draft.span)
            changed.add("policy", policy)
            for member in draft.members where member.key != "policy" {
                changed.add(member.key, member.value, namedAt: member.keySpan)
            }
            drafts[arn.text] = changed
        }
    }

    func value(at span: SourceSpan) -> JSONValue {
        var resources = ObjectDraft(at: span)
        for arn in arns {
            resources.add(arn.text, drafts[arn.text]?.value, namedAt: arn.span)
        }
        return resources.value
    }
}
