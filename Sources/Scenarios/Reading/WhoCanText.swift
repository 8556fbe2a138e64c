package import Analysis
package import Authorization
package import JSONSource
package import PolicyLanguage

/// A question as somebody types it, read like a step of a scenario.
package struct WhoCanText: Sendable {
    private let action: String
    private let resource: String
    private let context: String?
    private let include: [String]
    private let followsRoles: Bool

    package init(
        action: String,
        resource: String,
        context: String?,
        include: [String],
        followsRoles: Bool
    ) {
        self.action = action
        self.resource = resource
        self.context = context
        self.include = include
        self.followsRoles = followsRoles
    }

    /// The question, with what is wrong in it.
    package func read(_ engine: Engine, at instant: Instant) -> Parsed<WhoCan.Question?> {
        var reader = FieldReader()
        var circumstances = Circumstances()
        if let context {
            let parsed = JSONParser.parse(Array(context.utf8), file: SourceSpan.nowhere.file)
            reader.diagnostics += parsed.diagnostics
            if let value = parsed.value {
                circumstances.context = reader.context(value, overridesAWS: false)
            }
        }
        let name = reader.writtenAction(JSONValue(.string(action), at: .nowhere))
        let inclusions = include.compactMap { reader.inclusion(SourceString($0, at: .nowhere)) }
        guard let name, !reader.diagnostics.hasErrors else {
            return Parsed(nil, reader.diagnostics)
        }
        let step = WhoCanStep(
            action: name,
            resource: SourceString(resource, at: .nowhere),
            circumstances: circumstances,
            include: inclusions,
            followsRoles: followsRoles,
            exactly: nil,
            includes: [],
            excludes: []
        )
        let resolver = RequestResolver(engine, at: instant)
        let question = resolver.question(step, &reader.diagnostics)
        return Parsed(question, reader.diagnostics)
    }
}
