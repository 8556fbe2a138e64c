/// The JSON Schema (draft 2020-12) of a file format, written from its description.
///
/// Where an object may stand there may stand a reference to one, and in every object a note to the
/// linter; ``DocumentLoader`` sees to both, so formats do not speak of them.
package struct FormatSchema {
    private typealias Fields = [JSONOutput.Member]

    /// What of a format a definition tells.
    private enum Extent {
        case whole
        /// What is laid over something: nothing has to be there, and `null` takes away.
        case layer
    }

    private var definitions: [String: JSONOutput] = [:]
    /// The definitions that were begun, so that a format that holds itself ends, with the members
    /// of each.
    private var begun: [String: [String]] = [:]

    private init() {}

    package static func of(_ format: ObjectFormat, title: String) -> JSONOutput {
        of(title) { $0.object(format, .whole) }
    }

    /// The same for what is laid over such an object.
    package static func ofLayer(of format: ObjectFormat, title: String) -> JSONOutput {
        of(title) { $0.object(format, .layer) }
    }

    private static func of(
        _ title: String,
        _ root: (inout FormatSchema) -> Fields
    ) -> JSONOutput {
        var schema = FormatSchema()
        schema.define("Reference", reference)
        schema.define("LintNote", note)
        let fields = root(&schema)
        let definitions = schema.definitions.sorted { $0.key < $1.key }
            .map { JSONOutput.Member($0.key, $0.value) }
        return .object(
            [
                .init("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
                .init("title", .string(title)),
            ] + fields + [.init("$defs", .object(definitions))]
        )
    }
}

// What stands in every file.
extension FormatSchema {
    private static let reference = JSONOutput.fields([
        "description": .string(
            "A file that stands for the object, beside this one: a relative path, and behind # a "
                + "JSON Pointer into the file."
        ),
        "type": .string("object"),
        "properties": .fields([
            "$ref": .fields([
                "type": .string("string"), "pattern": .string("^[^/]"),
                "examples": .strings(["policies/deny-leaving.json", "other.json#/root"]),
            ]), "$lint": .object(use("LintNote")),
        ]), "required": .strings(["$ref"]), "additionalProperties": .bool(false),
    ])

    private static let note = JSONOutput.fields([
        "description": .string(
            "What the linter shall not say of this object, and why: the name of a check with the "
                + "reason."
        ), "type": .string("object"), "additionalProperties": .fields(["type": .string("string")]),
        "examples": .array([.fields(["bucket-open-to-everyone": .string("our website")])]),
    ])

    private static let isReference = JSONOutput.Member(
        "if",
        .fields(["required": .strings(["$ref"])])
    )

    private static func use(_ definition: String) -> Fields {
        [.init("$ref", .string("#/$defs/" + definition))]
    }

    /// Whether a definition is still to be made.
    private mutating func begin(_ name: String, _ members: [String]) -> Bool {
        if let known = begun[name] {
            precondition(known == members, "two formats are called \(name)")
            return false
        }
        begun[name] = members
        return true
    }

    private mutating func define(_ name: String, _ schema: JSONOutput) {
        definitions[name] = schema
    }
}

extension FormatSchema {
    private mutating func value(_ format: ValueFormat, _ extent: Extent) -> Fields {
        switch format {
        case .text(let pattern):
            let fields = [JSONOutput.Member("type", .string("string"))]
            return fields + (pattern.map { [.init("pattern", .string($0))] } ?? [])
        case .flag: return [.init("type", .string("boolean"))]
        case .integer(let range):
            let fields = [JSONOutput.Member("type", .string("integer"))]
            guard let range else { return fields }
            return fields + [
                .init("minimum", .integer(range.lowerBound)),
                .init("maximum", .integer(range.upperBound)),
            ]
        case .scalar: return [.init("type", .strings(["string", "number", "boolean"]))]
        case .number: return [.init("type", .string("number"))]
        case .null: return [.init("type", .string("null"))]
        case .word(let words): return [.init("enum", .strings(words))]
        case .list(let element, let count):
            // Lists are not merged, so what stands in one is whole.
            let items = JSONOutput.object(value(element, .whole))
            let fields: Fields = [.init("type", .string("array")), .init("items", items)]
            return count > 0 ? fields + [.init("minItems", .integer(count))] : fields
        case .object(let format): return object(format(), extent)
        case .layer(let format): return object(format(), .layer)
        case .kinds(let kinds): return self.kinds(kinds(), extent)
        case .entries(let element, let keys, let offered):
            return entries(element, keys, offered, extent)
        case .named(let name, let format):
            let name = Self.name(name, extent)
            if begin(name, []) { define(name, .object(value(format, extent))) }
            return Self.use(name)
        case .any(let formats):
            let schemas = formats.map { JSONOutput.object(value($0, extent)) }
            return [.init("anyOf", .array(schemas))]
        case .anything: return []
        }
    }

    /// An object with keys of somebody's choice, or a reference to one.
    private mutating func entries(
        _ element: ValueFormat,
        _ keys: String?,
        _ offered: [String],
        _ extent: Extent
    ) -> Fields {
        var fields = value(element, extent)
        if extent == .layer { fields = Self.takingNull(fields) }
        let note = JSONOutput.Member("$lint", .object(Self.use("LintNote")))
        let members = offered.map { JSONOutput.Member($0, .object(fields)) }
        var own: Fields = [.init("properties", .object(members + [note]))]
        if let keys {
            own.append(
                .init("patternProperties", .object([.init(keys, .object(fields))]))
            )
            own.append(.init("additionalProperties", .bool(false)))
        } else {
            own.append(.init("additionalProperties", .object(fields)))
        }
        return [
            .init("type", .string("object")), Self.isReference,
            .init("then", .object(Self.use("Reference"))), .init("else", .object(own)),
        ]
    }

    private mutating func object(_ format: ObjectFormat, _ extent: Extent) -> Fields {
        let name = Self.name(format.name, extent)
        guard begin(name, format.names.map(\.text)) else { return Self.use(name) }
        let note = JSONOutput.Member("$lint", .object(Self.use("LintNote")))
        let members = format.members.map { member($0, extent) }
        var own: Fields = [.init("properties", .object(members + [note]))]
        let required = format.members.filter(\.isRequired).map(\.name.text)
        if extent == .whole {
            if !required.isEmpty { own.append(.init("required", .strings(required))) }
            let choices = format.choices.map { JSONOutput.object([Self.choice($0)]) }
            if choices.count == 1, case .object(let only) = choices[0] {
                own += only
            } else if choices.count > 1 {
                own.append(.init("allOf", .array(choices)))
            }
        }
        own.append(.init("additionalProperties", .bool(false)))
        own = standIn(format, for: own)
        define(
            name,
            .object([
                .init("description", .string(format.about)), .init("type", .string("object")),
                Self.isReference, .init("then", .object(Self.use("Reference"))),
                .init("else", .object(own)),
            ])
        )
        return Self.use(name)
    }

    /// An object, or what may stand in its place.
    private mutating func standIn(_ format: ObjectFormat, for own: Fields) -> Fields {
        guard let standIn = format.standIn?.format() else { return own }
        return [
            .init("if", .fields(["required": .strings(standIn.names.map(\.text))])),
            .init("then", .object(object(standIn, .whole))), .init("else", .object(own)),
        ]
    }

    private static func choice(_ choice: MemberChoice) -> JSONOutput.Member {
        func each(_ names: [JSONName]) -> JSONOutput {
            .array(names.map { .fields(["required": .strings([$0.text])]) })
        }
        return switch choice {
        case .one(let names): .init("oneOf", each(names))
        case .some(let names): .init("anyOf", each(names))
        case .together(let names, let other):
            .init(
                "anyOf",
                .array([
                    .fields(["required": .strings(names.map(\.text))]),
                    .fields([
                        "required": .strings([other.text]),
                        "properties": .object(names.map { .init($0.text, .bool(false)) }),
                    ]),
                ])
            )
        }
    }

    private mutating func member(_ member: MemberFormat, _ extent: Extent) -> JSONOutput.Member {
        var fields = value(member.value, extent)
        if member.takesNull || extent == .layer { fields = Self.takingNull(fields) }
        fields.append(.init("description", .string(member.about)))
        let example = member.example.flatMap {
            JSONParser.parse(Array($0.utf8), file: SourceSpan.nowhere.file).value
        }
        if let example { fields.append(.init("examples", .array([JSONOutput(example)]))) }
        return .init(member.name.text, .object(fields))
    }

    /// An object of one of several kinds; the members that tell them apart stand first, where an
    /// editor offers them.
    private mutating func kinds(_ kinds: ObjectKinds, _ extent: Extent) -> Fields {
        let name = Self.name(kinds.name, extent)
        guard begin(name, kinds.keys) else { return Self.use(name) }
        func condition(_ key: String, _ then: Fields) -> JSONOutput {
            .fields([
                "if": .fields(["required": .strings([key])]), "then": .object(then),
            ])
        }
        var fields: Fields = [
            .init("description", .string(kinds.about)), .init("type", .string("object")),
        ]
        var cases = [condition("$ref", Self.use("Reference"))]
        for kind in kinds.kinds {
            cases.append(condition(kind.key.text, object(kind.format, extent)))
        }
        let keys = ["$ref"] + kinds.keys
        if let otherwise = kinds.otherwise {
            let none = JSONOutput.fields([
                "if": .fields(["anyOf": Self.presence(of: keys)]), "then": .bool(true),
                "else": .object(object(otherwise, extent)),
            ])
            cases.append(none)
        } else {
            let members = kinds.kinds.map { kind in
                JSONOutput.Member(
                    kind.key.text,
                    .fields(["description": .string(kind.format.about)])
                )
            }
            fields.append(.init("properties", .object(members)))
            fields.append(.init("anyOf", Self.presence(of: keys)))
        }
        define(name, .object(fields + [.init("allOf", .array(cases))]))
        return Self.use(name)
    }

    private static func presence(of keys: [String]) -> JSONOutput {
        .array(keys.map { .fields(["required": .strings([$0])]) })
    }

    /// The same value, or `null`.
    private static func takingNull(_ fields: Fields) -> Fields {
        let null = JSONOutput.string("null")
        if fields.count == 1, case .array(let words) = fields[0].value, fields[0].key == "enum" {
            return [.init("enum", .array(words + [.null]))]
        }
        let isObject = fields.contains { $0.key == "if" }
        if !isObject, let place = fields.firstIndex(where: { $0.key == "type" }) {
            var fields = fields
            let types: [JSONOutput] =
                if case .array(let several) = fields[place].value { several } else {
                    [fields[place].value]
                }
            fields[place] = .init("type", .array(types + [null]))
            return fields
        }
        if fields.isEmpty { return fields }
        if fields.count == 1, case .array(let several) = fields[0].value, fields[0].key == "anyOf" {
            return [.init("anyOf", .array(several + [.fields(["type": null])]))]
        }
        return [.init("anyOf", .array([.object(fields), .fields(["type": null])]))]
    }

    private static func name(_ name: String, _ extent: Extent) -> String {
        switch extent {
        case .whole: name
        case .layer: name + "Layer"
        }
    }
}
