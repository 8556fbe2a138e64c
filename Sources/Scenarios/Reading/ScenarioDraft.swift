import JSONSource
import Parallelism
import PolicyLanguage

/// A scenario file as it reads by itself, before its organization is looked up.
struct ScenarioDraft: Sendable {
    let file: String
    let name: String
    let description: String?
    let tags: [String]
    let clock: Instant
    let steps: [Step]
    /// What the file says of its organization; nil, with a diagnostic, where it says nothing.
    let organization: JSONValue?
    var diagnostics: [Diagnostic]
    let source: JSONValue

    /// The same, however many work on it.
    init(_ value: JSONValue, path: String, by workers: Workers = .one) {
        file = path
        source = value
        var reader = FieldReader(warns: true)
        guard let object = ObjectReader(value, "the scenario", &reader.diagnostics) else {
            (name, description, tags, steps) = (path, nil, [], [])
            clock = Scenario.defaultClock
            organization = nil
            diagnostics = reader.diagnostics
            return
        }
        object.allow(.scenario, &reader.diagnostics)
        name = object.string("scenario", &reader.diagnostics) ?? path
        description = object.string("description", &reader.diagnostics)
        tags = (object.strings("tags", &reader.diagnostics) ?? []).map(\.text)
        clock = reader.clock(object)
        let defaults = reader.defaults(object)
        steps = reader.steps(object, defaults: defaults, by: workers)
        organization = object.required("organization", &reader.diagnostics)
        diagnostics = reader.diagnostics
    }
}
