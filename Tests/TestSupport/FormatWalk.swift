package import JSONSource

/// What of a format stands in a file: every member of every object that was met.
///
/// What nobody described is not looked into; a reader refuses it.
package struct FormatWalk {
    /// `Role.path`.
    package private(set) var met: Set<String> = []
    package private(set) var all: Set<String> = []
    private var seen: Set<String> = []

    package init(_ value: JSONValue, _ format: ObjectFormat) {
        object(value, format)
        list(format)
    }

    private mutating func object(_ value: JSONValue, _ format: ObjectFormat) {
        for member in format.members {
            guard let found = value[member.name.text] else { continue }
            met.insert(Self.title(member, of: format))
            walk(found, member.value)
        }
    }

    /// What all steps have alike, and all calls for a session, is met in one of them.
    private static func title(_ member: MemberFormat, of format: ObjectFormat) -> String {
        let calls = ["AssumeR", "GetSession", "GetFederation", "SignIn"]
        let kind =
            format.name.hasSuffix("Step")
            ? "Step" : calls.contains { format.name.hasPrefix($0) } ? "Session" : format.name
        return "\(kind).\(member.name.text)"
    }

    private mutating func walk(_ value: JSONValue, _ format: ValueFormat) {
        switch format {
        case .text, .flag, .integer, .scalar, .number, .null, .word, .anything: return
        case .list(let element, _): for part in value.elements ?? [] { walk(part, element) }
        case .object(let format), .layer(let format): if value.isObject { object(value, format()) }
        case .kinds(let kinds):
            let kinds = kinds()
            let kind = kinds.kinds.first { value[$0.key.text] != nil }?.format
            if let format = kind ?? kinds.otherwise { object(value, format) }
        case .entries(let element, _, _):
            for member in value.members ?? [] { walk(member.value, element) }
        case .named(_, let format): walk(value, format)
        case .any(let formats):
            // What does not fit finds nothing.
            for format in formats { walk(value, format) }
        }
    }

    /// Everything that could be met.
    private mutating func list(_ format: ObjectFormat) {
        guard seen.insert(format.name).inserted else { return }
        for member in format.members {
            all.insert(Self.title(member, of: format))
            list(member.value)
        }
    }

    private mutating func list(_ format: ValueFormat) {
        switch format {
        case .text, .flag, .integer, .scalar, .number, .null, .word, .anything: return
        case .list(let element, _), .entries(let element, _, _), .named(_, let element):
            list(element)
        case .object(let format), .layer(let format): list(format())
        case .kinds(let kinds):
            for kind in kinds().kinds { list(kind.format) }
            kinds().otherwise.map { list($0) }
        case .any(let formats): for format in formats { list(format) }
        }
    }
}
