package import JSONSource

/// Which of the condition keys that differ from record to record any policy can ask for.
///
/// It is found in the text of whole organizations: a name that stands nowhere, neither as a key nor
/// as a variable, is asked by nobody. AWS's own policies, which stand in no file, ask for no moment
/// and no user agent; a test holds that.
package struct ReadKeys: Sendable, Equatable {
    /// Whether it matters when a record happened, or since when a session is there.
    package private(set) var asksForTime = false
    package private(set) var asksForUserAgent = false

    /// Everything is asked for.
    package static let all = ReadKeys(asksForTime: true, asksForUserAgent: true)

    private init(asksForTime: Bool, asksForUserAgent: Bool) {
        self.asksForTime = asksForTime
        self.asksForUserAgent = asksForUserAgent
    }

    package init(in organizations: [JSONValue]) {
        for organization in organizations { note(organization) }
    }

    package init(in text: String) {
        note(text)
    }

    private mutating func note(_ value: JSONValue) {
        switch value.content {
        case .null, .bool, .number: break
        case .string(let text): note(text)
        case .array(let elements): for element in elements { note(element) }
        case .object(let members):
            for member in members {
                note(member.key)
                note(member.value)
            }
        }
    }

    private static let moments = [
        "currenttime", "epochtime", "tokenissuetime", "multifactorauthage",
    ]

    private mutating func note(_ text: String) {
        // All are keys of `aws:`, and `aws:userid` and such are common.
        guard text.utf8.contains(UInt8(ascii: ":")) else { return }
        let words = text.lowercased()
        if words.contains("aws:useragent") { asksForUserAgent = true }
        if Self.moments.contains(where: { words.contains("aws:" + $0) }) { asksForTime = true }
    }
}
