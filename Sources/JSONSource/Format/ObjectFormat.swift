/// What an object of a file format may hold, said once.
///
/// Readers take from it the names they know, and ``FormatSchema`` writes the JSON Schema of the
/// format from it, so that neither knows of a member the other does not.
package struct ObjectFormat: Sendable {
    /// What the schema calls it: one word in capitals, unlike that of every other object.
    package let name: String
    package let about: String
    package let members: [MemberFormat]
    /// Members of which one has to be there.
    package let choices: [MemberChoice]
    /// The names of the members, in their order.
    package let names: [JSONName]
    /// An object of one required member that may stand in its place.
    package let standIn: StandIn?

    package init(
        _ name: String,
        _ about: String,
        choices: [MemberChoice] = [],
        standIn: StandIn? = nil,
        _ members: [MemberFormat]
    ) {
        self.standIn = standIn
        self.name = name
        self.about = about
        let chosen = choices.flatMap(\.names)
        self.members = members.map { member in
            var member = member
            // One that is not there is not chosen.
            if chosen.contains(member.name.text) { member.takesNull = false }
            return member
        }
        self.choices = choices
        names = members.map(\.name)
    }
}

extension ObjectFormat {
    /// The same object with other members behind its own.
    package func with(_ more: [MemberFormat], as name: String) -> ObjectFormat {
        ObjectFormat(name, about, choices: choices, standIn: standIn, members + more)
    }
}

/// What may stand in the place of an object, told by its one member.
package struct StandIn: Sendable {
    package let format: @Sendable () -> ObjectFormat

    package init(_ format: @escaping @Sendable () -> ObjectFormat) {
        self.format = format
    }
}

/// A member of an object.
package struct MemberFormat: Sendable {
    package let name: JSONName
    package let value: ValueFormat
    /// One sentence or a few, for whoever writes a file.
    package let about: String
    /// A value as it may stand in a file.
    package let example: String?
    package let isRequired: Bool
    /// Whether `null` stands for a member that is not there.
    package fileprivate(set) var takesNull: Bool

    /// A member that may be left out.
    package static func optional(
        _ name: JSONName,
        _ value: ValueFormat,
        _ about: String,
        example: String? = nil,
        takesNull: Bool = true
    ) -> MemberFormat {
        MemberFormat(
            name: name,
            value: value,
            about: about,
            example: example,
            isRequired: false,
            takesNull: takesNull
        )
    }

    package static func required(
        _ name: JSONName,
        _ value: ValueFormat,
        _ about: String,
        example: String? = nil
    ) -> MemberFormat {
        MemberFormat(
            name: name,
            value: value,
            about: about,
            example: example,
            isRequired: true,
            takesNull: false
        )
    }
}

/// Members of which one has to be there.
package enum MemberChoice: Sendable {
    /// One and no other.
    case one([JSONName])
    /// One or several.
    case some([JSONName])
    /// All of them, or none and another one.
    case together([JSONName], orElse: JSONName)
}

extension MemberChoice {
    fileprivate var names: [String] {
        switch self {
        case .one(let names), .some(let names): names.map(\.text)
        case .together(let names, _): names.map(\.text)
        }
    }
}

/// What a value of a file format may be.
package indirect enum ValueFormat: Sendable {
    /// A string; the regular expression is one that both JSON Schema and Swift read.
    case text(pattern: String? = nil)
    case flag
    case integer(ClosedRange<Int>? = nil)
    /// A string, a number or a boolean.
    case scalar
    case number
    case null
    /// One of a few strings.
    case word([String])
    case list(ValueFormat, atLeast: Int = 0)
    case object(@Sendable () -> ObjectFormat)
    /// What is laid over such an object: nothing has to be there, and `null` takes away.
    case layer(@Sendable () -> ObjectFormat)
    /// An object that is one of several kinds.
    case kinds(@Sendable () -> ObjectKinds)
    /// An object whose keys are names of somebody's choice, or fit the regular expression; an
    /// editor offers a few of them.
    case entries(ValueFormat, keys: String? = nil, offered: [String] = [])
    /// A value that the schema has under a name, because it stands in many places.
    case named(String, ValueFormat)
    case any([ValueFormat])
    case anything
}

extension ValueFormat {
    /// A value, or a list of such values that is not empty.
    package static func oneOrMore(_ value: ValueFormat) -> ValueFormat {
        .any([value, .list(value, atLeast: 1)])
    }

    package static let texts = ValueFormat.list(.text())
}

/// An object that is one of several kinds, told apart by a member that only one of them has.
package struct ObjectKinds: Sendable {
    package struct Kind: Sendable {
        /// The member that only this kind has.
        package let key: JSONName
        package let format: ObjectFormat

        package init(_ key: JSONName, _ format: ObjectFormat) {
            self.key = key
            self.format = format
        }
    }

    /// What the schema calls it.
    package let name: String
    package let about: String
    package let kinds: [Kind]
    /// What an object is that has none of those members; nil where it is a mistake.
    package let otherwise: ObjectFormat?

    package init(
        _ name: String,
        _ about: String,
        _ kinds: [Kind],
        otherwise: ObjectFormat? = nil
    ) {
        self.name = name
        self.about = about
        self.kinds = kinds
        self.otherwise = otherwise
    }
}

extension ObjectKinds {
    /// The members that tell the kinds apart.
    package var keys: [String] { kinds.map(\.key.text) }

    /// The kind that has a member.
    package subscript(key: String) -> ObjectFormat? {
        kinds.first { $0.key.text == key }?.format
    }
}
