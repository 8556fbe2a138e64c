import JSONSource
import PolicyLanguage

/// An object of orgsim's format on its way, made of values of the export.
struct ObjectDraft {
    private(set) var members: [JSONMember] = []
    /// The place of the export that the object stands for.
    let span: SourceSpan

    init(at span: SourceSpan) {
        self.span = span
    }

    /// Adds a member unless there is no value; its key stands where its value stands.
    mutating func add(_ key: String, _ value: JSONValue?, namedAt keySpan: SourceSpan? = nil) {
        guard let value else { return }
        members.append(JSONMember(key: key, keySpan: keySpan ?? value.span, value: value))
    }

    /// Adds a member unless its value is an empty object or list.
    mutating func addFilled(_ key: String, _ value: JSONValue?) {
        guard let value, value.members?.isEmpty != true, value.elements?.isEmpty != true else {
            return
        }
        add(key, value)
    }

    var value: JSONValue { JSONValue(.object(members), at: span) }

    /// The same with the first of several members of a name, or the one that says that the value is
    /// not known.
    var withEachMemberOnce: ObjectDraft {
        var once = ObjectDraft(at: span)
        for member in members {
            if let place = once.members.firstIndex(where: { $0.key == member.key }) {
                if MissingPolicy.reason(member.value) != nil { once.members[place] = member }
            } else {
                once.members.append(member)
            }
        }
        return once
    }
}
