package import JSONSource
import OrganizationModel
import PolicyLanguage

/// What differs from record to record and some policy can ask for.
///
/// It is found in the text of whole organizations: a name that stands nowhere, neither as a key nor
/// as a variable, is asked by nobody. AWS's own policies, which stand in no file, ask for no moment
/// and no user agent; a test holds that.
package struct ReadKeys: Sendable, Equatable {
    /// Whether it matters when a record happened, or since when a session is there.
    package private(set) var asksForTime = false
    package private(set) var asksForUserAgent = false
    /// Whether policies speak of organizations besides these.
    package private(set) var asksForOrganizations = false
    private(set) var resources = NamedResources()
    /// The organizations themselves.
    private var own: Set<String> = []
    /// The policies of AWS that were looked at.
    private var managed: Set<String> = []

    package init(in organizations: [JSONValue]) {
        for organization in organizations {
            if let id = organization["organization"]?["id"]?.string { own.insert(id) }
        }
        // Left out, the id follows from another one, and nobody wrote it down.
        for organization in organizations { note(organization, below: nil) }
    }

    package init(in text: String) {
        note(text)
    }

    /// The same, as if everything were asked for that records tell.
    package var askingForAll: ReadKeys {
        var keys = self
        keys.asksForTime = true
        keys.asksForUserAgent = true
        return keys
    }

    private mutating func note(_ value: JSONValue, below key: String?) {
        switch value.content {
        case .null, .bool, .number: break
        case .string(let text):
            note(text)
            if text.contains("${"), text.lowercased().contains("${aws:principalorg") {
                asksForOrganizations = true
            }
            if text.utf8.first == UInt8(ascii: "o"), text.hasPrefix("o-") { noteOrganization(text) }
            let isOfAWS = text.utf8.count < 200 && text.contains(":iam::aws:policy/")
            if isOfAWS, managed.insert(text).inserted, let policy = BuiltInPolicies.policy(text) {
                note(statementsOf: policy)
            }
        case .array(let elements): for element in elements { note(element, below: key) }
        case .object(let members):
            for member in members {
                note(member.key)
                let isOfOrganization = member.key.lowercased().hasPrefix("aws:principalorg")
                if isOfOrganization, tellsOutsidersApart(member.value, by: key ?? "") {
                    asksForOrganizations = true
                }
                note(member.value, below: member.key)
            }
        }
    }

    private mutating func note(statementsOf policy: Policy) {
        for pattern in policy.document.statements.flatMap({ $0.resources?.patterns ?? [] }) {
            resources.note(pattern.text)
        }
    }

    /// Whether a condition may come out one way for callers of one other organization or of none,
    /// and another way for those of another: all but whether it is the own one.
    private func tellsOutsidersApart(_ value: JSONValue, by operation: String) -> Bool {
        let words = operation.lowercased()
        // What is no match holds of an absent key as of another id, unless some value is asked for
        // (COND-10); a match does not, unless an absent key is let through.
        let asksForPresence =
            words.hasPrefix("null")
            || (words.contains("not")
                ? words.hasPrefix("foranyvalue")
                : words.hasPrefix("forallvalues") || words.hasSuffix("ifexists"))
        let values = value.elements ?? [value]
        return asksForPresence
            || !values.allSatisfy { value in
                own.contains { value.string?.hasPrefix($0) == true }
            }
    }

    /// An id or path of an organization, or a pattern of one.
    private mutating func noteOrganization(_ text: String) {
        let id = text.prefix { $0 != "/" }
        if !own.contains(String(id)) { asksForOrganizations = true }
    }

    private static let moments = [
        "currenttime", "epochtime", "tokenissuetime", "multifactorauthage",
    ].map { Array("aws:\($0)".utf8) }
    private static let userAgent = Array("aws:useragent".utf8)

    // PERF: every text of every organization passes here.
    private mutating func note(_ text: String) {
        resources.note(text)
        var text = text
        text.withUTF8 { bytes in
            var start = bytes.startIndex
            // All are keys of `aws:`, and `aws:userid` and such are common.
            while let colon = bytes[start...].firstIndex(of: UInt8(ascii: ":")) {
                start = colon + 1
                guard colon >= 3 else { continue }
                let rest = UnsafeBufferPointer(rebasing: bytes[(colon - 3)...])
                if rest.beginsIgnoringCase(with: Self.userAgent) { asksForUserAgent = true }
                if Self.moments.contains(where: rest.beginsIgnoringCase) { asksForTime = true }
            }
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Letters of ASCII in either case; `lowercase` has small ones only.
    fileprivate func beginsIgnoringCase(with lowercase: [UInt8]) -> Bool {
        guard count >= lowercase.count else { return false }
        return lowercase.indices.allSatisfy { index in
            let byte = self[index]
            return (0x41...0x5A).contains(byte)
                ? byte | 0x20 == lowercase[index] : byte == lowercase[index]
        }
    }
}
