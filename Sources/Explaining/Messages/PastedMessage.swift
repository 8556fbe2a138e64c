package import Authorization
package import PolicyLanguage

/// AWS's own message about a denial, as somebody pasted it: who wanted what, and why not.
///
/// Of several messages in one text the first counts. Every wording of "Troubleshoot access denied
/// error messages" (IAM User Guide) and of the S3 page of that name is understood, also inside
/// what command lines, SDKs, Terraform and logs put around it.
package struct PastedMessage: Sendable, Hashable {
    /// An ARN, or `anonymous`.
    package let principal: String
    package let action: ActionName
    /// Nil where the message names none: `*` is meant then (MSG-1).
    package let resource: String?
    package let stated: StatedReason?

    package init(
        principal: String,
        action: ActionName,
        resource: String? = nil,
        stated: StatedReason? = nil
    ) {
        self.principal = principal
        self.action = action
        self.resource = resource
        self.stated = stated
    }
}

/// What a message says of the reason.
package struct StatedReason: Sendable, Hashable {
    /// Nil where it says only that something denies.
    package let policyType: PolicyType?
    /// Nil where it does not tell whether a policy denies or is silent.
    package let kind: Reason.Kind?
    package let policyARN: String?

    package init(_ policyType: PolicyType?, _ kind: Reason.Kind?, policyARN: String? = nil) {
        self.policyType = policyType
        self.kind = kind
        self.policyARN = policyARN
    }
}

extension PastedMessage {
    /// Why a text cannot be used, and what to give instead.
    package struct Problem: Error, Hashable {
        /// One sentence without period.
        package let message: String
        package let help: String
    }

    /// - Complexity: linear in the text.
    package init(_ text: String) throws(Problem) {
        let text = PastedText(text)
        guard let verb = text.first(Self.verb) else { throw Problem(of: text) }
        principal = try Self.principal(in: text, before: verb)
        var start = verb + Self.verb.utf8CodeUnitCount
        if text.byte(at: start) == UInt8(ascii: ":") { start += 1 }
        let (action, end) = try Self.action(in: text, from: start)
        self.action = action
        var rest = end
        if text.has(Self.object, at: rest) {
            let found = Self.resource(in: text, from: rest + Self.object.utf8CodeUnitCount)
            resource = found.text.isEmpty ? nil : found.text
            rest = found.end
        } else {
            resource = nil
        }
        stated = StatedReason(in: text, at: rest)
    }

    private static let verb: StaticString = "isnotauthorizedtoperform"
    private static let object: StaticString = "onresource:"

    /// What is behind `User:`, or the last ARN before the verb.
    private static func principal(
        in text: PastedText,
        before verb: Int
    ) throws(Problem) -> String {
        // Some logs say `user:` of their own; then it is the last ARN.
        let starts = [
            text.last("user:", before: verb).map { $0 + "user:".utf8.count },
            text.last("arn:", before: verb),
        ]
        let candidates = starts.compactMap { $0.map { text.compact($0..<verb).trimmingQuotes } }
        let found = candidates.first { ARN($0) != nil || $0 == "anonymous" }
        if let found { return found }
        let wrong = candidates.first ?? ""
        throw Problem(
            message: wrong.isEmpty
                ? "the message does not say who was denied"
                : "'\(wrong.shortened)' in the message is not the ARN of a principal",
            help: "give --principal, --action and --resource instead of --message"
        )
    }

    private static func action(
        in text: PastedText,
        from start: Int
    ) throws(Problem) -> (ActionName, end: Int) {
        // Where another part of the sentence follows, line breaks inside the name are no matter.
        let limits = [
            text.first(object, from: start), text.first("becauseno", from: start),
            text.first("becausepublic", from: start), text.first("withanexplicitdeny", from: start),
            text.first("duetoanexplicitdeny", from: start),
        ]
        let limit = limits.compactMap(\.self).min() ?? start
        if limit - start <= longestAction, let action = ActionName(text.compact(start..<limit)) {
            return (action, limit)
        }
        let end = text.endOfWord(from: start)
        let word = text.compact(start..<end).prefix { $0.isASCII && $0 != "," && $0 != ";" }
            .trimmingQuotes
        if let action = ActionName(word) { return (action, end) }
        throw Problem(
            message: word.isEmpty
                ? "the message does not say what was denied"
                : "'\(word.shortened)' in the message is not an action such as s3:GetObject",
            help: "give --principal, --action and --resource instead of --message"
        )
    }

    private static let longestAction = 200

    private static func resource(
        in text: PastedText,
        from start: Int
    ) -> (text: String, end: Int) {
        if let quote = text.byte(at: start),
            quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
            let end = closingQuote(quote, in: text, from: start + 1)
        {
            return (text.line((start + 1)..<end), end + 1)
        }
        let ends: [StaticString] = [
            "statuscode:", "(service:", "requestid:", "encodedauthorizationfailuremessage", "user:",
        ]
        let clauses: [StaticString] = [
            "becauseno", "becausepublic", "withanexplicitdeny", "duetoanexplicitdeny",
        ]
        let end = ends.compactMap { text.first($0, from: start) }.min() ?? text.count
        if let clause = clauses.compactMap({ text.first($0, from: start) }).min(), clause < end {
            return (text.line(start..<clause), clause)
        }
        let word = text.endOfWord(from: start)
        return (text.compact(start..<min(word, end)).trimmingQuotes, min(word, end))
    }

    /// The mark that ends a quoted resource: a key of S3 may hold some itself.
    private static func closingQuote(_ quote: UInt8, in text: PastedText, from start: Int) -> Int? {
        let marks = (start..<text.count).lazy.filter { text.byte(at: $0) == quote }
        return marks.first { mark in
            text.has("because", at: mark + 1) || text.has("with", at: mark + 1)
                || text.has("dueto", at: mark + 1)
        } ?? marks.first
    }
}

extension StringProtocol {
    /// Without the punctuation that sentences put around a name.
    fileprivate var trimmingQuotes: String {
        let marks = Set("\"'`.,;)<>([")
        let start = drop { marks.contains($0) }
        return String(start.reversed().drop { marks.contains($0) || $0 == ":" }.reversed())
    }

    fileprivate var shortened: String { count > 80 ? prefix(80) + "…" : String(self) }
}
