import JSONSource
import PolicyLanguage

/// The resources of one account on their way, by ARN in the order they were met.
struct ResourceInventory {
    private var arns: [SourceString] = []
    private var drafts: [String: ObjectDraft] = [:]

    /// Adds members to a resource, which may be new; what it has already stays.
    mutating func update(_ arn: SourceString, _ add: (inout ObjectDraft) -> Void) {
        if drafts[arn.text] == nil { arns.append(arn) }
        add(&drafts[arn.text, default: ObjectDraft(at: arn.span)])
    }

    /// The ARN of a resource whose folder has that name; slashes are written as `%2F` there, in
    /// older exports as `_`.
    func arn(_ service: String, inFolder name: String) -> SourceString? {
        let slash: Character = name.contains("%2F") ? "/" : "_"
        let name = name.replacing("%2F", with: "/")
        return arns.first { arn in
            guard let parts = ARN(arn.text), parts.service == service else { return false }
            let resource = parts.resource.map { $0 == "/" ? slash : $0 }
            guard resource.count >= name.count, String(resource.suffix(name.count)) == name else {
                return false
            }
            let before = resource.dropLast(name.count).last
            return before == nil || before == ":" || before == slash
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
