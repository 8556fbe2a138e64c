package import JSONSource
import PolicyLanguage

// The form that `orgsim replay --format json` prints and `--merge` reads back exactly.
extension ReplaySummary {
    package static let format = "replay/1"

    package var json: JSONOutput {
        .fields([
            "format": .string(Self.format),
            "organization": .string(organization),
            "against": .strings(overlays),
            "state": .string(state),
            "files": .integer(files),
            "filesPassedOver": .integer(filesPassedOver),
            "records": records.json,
            "history": .object(
                Reproduction.allCases.map { .init($0.rawValue, .integer(count($0))) }
            ),
            "effects": .array(
                overlays.indices.map { overlay in
                    .object(
                        Effect.allCases.map {
                            .init($0.rawValue, .integer(count($0, under: overlay)))
                        }
                    )
                }
            ),
            "changes": changes.json(\.json),
            "disagreements": disagreements.json(\.json),
            "notModelled": unmodelled.json(\.json),
            "badRecords": badRecords.json(\.json),
            "badFiles": badFiles.json(\.json),
        ])
    }

    /// Why a summary cannot be read back.
    package struct Unreadable: Error {
        /// One sentence without period.
        package let message: String
    }

    package init(_ value: JSONValue) throws(Unreadable) {
        guard value["format"]?.string == Self.format else {
            throw Unreadable(message: "it is no answer of 'orgsim replay --format json'")
        }
        do throws(MissingField) {
            self.init(
                organization: try value.text("organization"),
                overlays: try value.list("against").map { (one) throws(MissingField) in
                    guard let text = one.string else { throw MissingField(name: "against") }
                    return text
                },
                state: try value.text("state")
            )
            files = try value.number("files")
            filesPassedOver = try value.number("filesPassedOver")
            records = try Tally(try value.field("records"))
            let history = try value.field("history")
            reproductions = try Reproduction.allCases.map { (one) throws(MissingField) in
                try history.number(one.rawValue)
            }
            effects = try value.list("effects").map { (counts) throws(MissingField) in
                try Effect.allCases.map { (one) throws(MissingField) in
                    try counts.number(one.rawValue)
                }
            }
            guard effects.count == overlays.count else { throw MissingField(name: "effects") }
            try changes.read(try value.field("changes")) { (one) throws(MissingField) in
                try ChangeKey(one, overlays: overlays.count)
            }
            try disagreements.read(try value.field("disagreements")) {
                (one) throws(MissingField) in try DisagreementKey(one)
            }
            try unmodelled.read(try value.field("notModelled")) {
                (one) throws(MissingField) in try UnmodelledKey(one)
            }
            try badRecords.read(try value.field("badRecords")) {
                (one) throws(MissingField) in try BadRecordKey(one)
            }
            try badFiles.read(try value.field("badFiles")) {
                (one) throws(MissingField) in try BadRecordKey(one)
            }
        } catch {
            throw Unreadable(message: "its '\(error.name)' is missing or not what it should be")
        }
    }
}

/// A field that is not there, or is something else.
private struct MissingField: Error {
    let name: String
}

extension JSONValue {
    fileprivate func field(_ name: String) throws(MissingField) -> JSONValue {
        guard let value = self[name] else { throw MissingField(name: name) }
        return value
    }

    fileprivate func text(_ name: String) throws(MissingField) -> String {
        guard let text = self[name]?.string else { throw MissingField(name: name) }
        return text
    }

    fileprivate func number(_ name: String) throws(MissingField) -> Int {
        guard case .number(let text)? = self[name]?.content, let number = Int(text),
            (0...Int.largestCount).contains(number)
        else { throw MissingField(name: name) }
        return number
    }

    fileprivate func list(_ name: String) throws(MissingField) -> [JSONValue] {
        guard let list = self[name]?.elements else { throw MissingField(name: name) }
        return list
    }

    fileprivate func instant(_ name: String) throws(MissingField) -> Instant? {
        let value = try field(name)
        if value.isNull { return nil }
        guard let instant = value.string.flatMap({ Instant(iso8601: $0) }) else {
            throw MissingField(name: name)
        }
        return instant
    }
}

extension Tally {
    fileprivate var json: JSONOutput { .object(members) }

    fileprivate var members: [JSONOutput.Member] {
        [
            .init("count", .integer(count)), .init("first", .optional(first?.description)),
            .init("last", .optional(last?.description)),
        ]
    }

    fileprivate init(_ value: JSONValue) throws(MissingField) {
        self.init(
            count: try value.number("count"),
            first: try value.instant("first"),
            last: try value.instant("last")
        )
    }
}

extension Groups {
    /// Each group with its tally, and the tally of what is not told.
    fileprivate func json(_ key: (Key) -> [JSONOutput.Member]) -> JSONOutput {
        let settled = settled
        return .fields([
            "groups": .array(settled.groups.map { .object(key($0.key) + $0.tally.members) }),
            "others": settled.rest.json,
        ])
    }

    fileprivate mutating func read(
        _ value: JSONValue,
        _ key: (JSONValue) throws(MissingField) -> Key
    ) throws(MissingField) {
        addToRest(try Tally(try value.field("others")))
        let groups = try value.list("groups")
        // What no answer says: a key would be counted twice, or pushed out.
        guard groups.count <= limit else { throw MissingField(name: "groups") }
        for group in groups {
            let key = try key(group)
            if has(key) { throw MissingField(name: "groups") }
            add(try Tally(group), to: key)
        }
    }
}

extension ChangeKey {
    fileprivate var json: [JSONOutput.Member] {
        [
            .init("overlay", .integer(overlay)), .init("effect", .string(effect.rawValue)),
            .init("statements", .array(statements.map(\.json))),
            .init("principal", .string(principal)), .init("action", .string(action)),
            .init("account", .string(account)),
        ]
    }

    fileprivate init(_ value: JSONValue, overlays: Int) throws(MissingField) {
        let overlay = try value.number("overlay")
        guard overlay < overlays else { throw MissingField(name: "overlay") }
        guard let effect = Effect(rawValue: try value.text("effect")) else {
            throw MissingField(name: "effect")
        }
        self.init(
            overlay: overlay,
            effect: effect,
            statements: try value.list("statements").map { (one) throws(MissingField) in
                try DecidingStatement(one)
            },
            principal: try value.text("principal"),
            action: try value.text("action"),
            account: try value.text("account")
        )
    }
}

extension DecidingStatement {
    fileprivate var json: JSONOutput {
        .fields([
            "policyType": .string(policyType), "kind": .string(kind),
            "policy": .optional(policy), "statement": .optional(statement),
            "target": .optional(target), "location": .optional(location),
        ])
    }

    fileprivate init(_ value: JSONValue) throws(MissingField) {
        self.init(
            policyType: try value.text("policyType"),
            kind: try value.text("kind"),
            policy: value["policy"]?.string,
            statement: value["statement"]?.string,
            target: value["target"]?.string,
            location: value["location"]?.string
        )
    }
}

extension DisagreementKey {
    fileprivate var json: [JSONOutput.Member] {
        [
            .init("history", .string(reproduction.rawValue)),
            .init("principal", .string(principal)), .init("action", .string(action)),
            .init("account", .string(account)), .init("recorded", .string(recorded)),
            .init("simulated", .string(simulated)), .init("missingPiece", .string(missingPiece)),
        ]
    }

    fileprivate init(_ value: JSONValue) throws(MissingField) {
        guard let reproduction = Reproduction(rawValue: try value.text("history")) else {
            throw MissingField(name: "history")
        }
        self.init(
            reproduction: reproduction,
            principal: try value.text("principal"),
            action: try value.text("action"),
            account: try value.text("account"),
            recorded: try value.text("recorded"),
            simulated: try value.text("simulated"),
            missingPiece: try value.text("missingPiece")
        )
    }
}

extension UnmodelledKey {
    fileprivate var json: [JSONOutput.Member] {
        [.init("event", .string(event)), .init("reason", .string(reason))]
    }

    fileprivate init(_ value: JSONValue) throws(MissingField) {
        self.init(event: try value.text("event"), reason: try value.text("reason"))
    }
}

extension BadRecordKey {
    fileprivate var json: [JSONOutput.Member] {
        [
            .init("file", .string(file)), .init("number", .integer(number)),
            .init("message", .string(message)),
        ]
    }

    fileprivate init(_ value: JSONValue) throws(MissingField) {
        self.init(
            file: try value.text("file"),
            number: try value.number("number"),
            message: try value.text("message")
        )
    }
}
