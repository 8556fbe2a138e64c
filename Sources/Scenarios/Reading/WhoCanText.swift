package import Analysis
package import Authorization
package import JSONSource
package import PolicyLanguage

/// A question as somebody types it, read like a step of a scenario.
package struct WhoCanText: Sendable {
    private let action: String
    private let resource: String
    private let context: [String]
    private let without: [String]
    private let include: [String]
    private let followsRoles: Bool

    /// A question; condition keys stand as in ``RequestText/context``.
    package init(
        action: String,
        resource: String,
        context: [String] = [],
        without: [String] = [],
        include: [String] = [],
        followsRoles: Bool = false
    ) {
        self.action = action
        self.resource = resource
        self.context = context
        self.without = without
        self.include = include
        self.followsRoles = followsRoles
    }

    /// The question, with what is wrong in it.
    package func read(_ engine: Engine, at instant: Instant) -> Parsed<WhoCan.Question?> {
        var reader = FieldReader()
        var circumstances = Circumstances()
        let keys = reader.contextMembers(context)
        circumstances.context = reader.context(.object(keys), overridesAWS: false)
        let types = without.compactMap {
            reader.policyTypeLeftOut(SourceString($0, at: .nowhere))
        }
        circumstances.without = Set(types)
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
