import Authorization
import PolicyLanguage

extension StatedReason {
    /// The clause of a message that begins at a place; nil where there is none.
    init?(in text: PastedText, at start: Int) {
        if text.has("becauseno", at: start) {
            guard let found = Self.type(in: text, at: start + "becauseno".utf8.count) else {
                return nil
            }
            self.init(found.type, .implicitDeny)
        } else if let rest = Self.afterExplicitDeny(in: text, at: start) {
            guard text.has("in", at: rest),
                let found = Self.type(in: text, at: rest + "in".utf8.count)
            else {
                self.init(nil, .explicitDeny)
                return
            }
            let arn = Self.policyARN(in: text, at: found.end)
            self.init(found.type, .explicitDeny, policyARN: arn)
        } else if text.has("becausepublic", at: start) {
            // Settings of S3 Block Public Access (MSG-8).
            self.init(.blockPublicAccess, .explicitDeny)
        } else {
            return nil
        }
    }

    private static func afterExplicitDeny(in text: PastedText, at start: Int) -> Int? {
        // Older messages say `due to` (MSG-10).
        let openings: [StaticString] = ["withanexplicitdeny", "duetoanexplicitdeny"]
        return openings.first { text.has($0, at: start) }.map { start + $0.utf8CodeUnitCount }
    }

    private static let types: [(words: StaticString, type: PolicyType)] = [
        ("servicecontrolpolicy", .serviceControlPolicy),
        ("resourcecontrolpolicy", .resourceControlPolicy),
        ("vpcendpointpolicy", .vpcEndpointPolicy),
        ("permissionsboundary", .permissionsBoundary),
        ("permissionboundary", .permissionsBoundary),
        ("sessionpolicy", .sessionPolicy),
        ("resource-basedpolicy", .resourcePolicy),
        ("roletrustpolicy", .trustPolicy),
        ("identity-basedpolicy", .identityPolicy),
    ]

    private static func type(
        in text: PastedText,
        at start: Int
    ) -> (type: PolicyType, end: Int)? {
        let articles: [StaticString] = ["the", "an", "a", ""]
        for article in articles where text.has(article, at: start) {
            let start = start + article.utf8CodeUnitCount
            if let (words, type) = types.first(where: { text.has($0.words, at: start) }) {
                return (type, start + words.utf8CodeUnitCount)
            }
        }
        return nil
    }

    /// The ARN behind the kind of policy (MSG-3).
    private static func policyARN(in text: PastedText, at start: Int) -> String? {
        let openings: [StaticString] = [":", ",withpolicyarn:"]
        let starts = openings.filter { text.has($0, at: start) }
            .map { start + $0.utf8CodeUnitCount }
        guard let start = starts.first(where: { text.has("arn:", at: $0) }) else { return nil }
        var end = start
        while let byte = text.byte(at: end), byte.isPartOfARN {
            // A terminal may have broken the line: what is not whole goes on behind it.
            if end > start, text.isBroken(before: end) {
                let isCut = text.isLineBroken(before: end) && !isWhole(text.compact(start..<end))
                if !isCut { break }
            }
            end += 1
            if end - start > longestARN { return nil }
        }
        let arn = String(
            text.compact(start..<end).reversed().drop { ".,:".contains($0) }.reversed()
        )
        return ARN(arn) == nil ? nil : arn
    }

    private static let longestARN = 2_048

    /// Whether an ARN can end here; the ids of Organizations' policies have at least ten characters.
    private static func isWhole(_ text: String) -> Bool {
        guard let arn = ARN(text) else { return false }
        guard arn.service == "organizations" else { return arn.resource.contains("/") }
        return arn.resource.contains("/p-") && arn.resourceName.utf8.count >= 10
    }
}

extension UInt8 {
    fileprivate var isPartOfARN: Bool {
        ActionName.isPrefixByte(self) || ":/_+=,.@".utf8.contains(self)
    }
}
