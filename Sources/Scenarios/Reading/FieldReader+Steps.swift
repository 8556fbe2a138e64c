import Authorization
import JSONSource
import Parallelism
import PolicyLanguage

/// What `defaults` of a scenario gives to its steps.
struct StepDefaults: Sendable {
    var principal: JSONValue?
    var resource: JSONValue?
    var context = GivenContext()
    /// Where keys stand that only AWS sets: a step that takes them needs `overrideContext`.
    var keysOfAWS: [JSONMember] = []
}

extension FieldReader {
    mutating func clock(_ object: ObjectReader) -> Instant {
        guard let value = object.present("clock") else { return Scenario.defaultClock }
        return instant(value, "'clock'") ?? Scenario.defaultClock
    }

    private mutating func instant(_ value: JSONValue, _ what: String) -> Instant? {
        guard let text = SourceString(value, what, &diagnostics) else { return nil }
        guard let instant = Instant(iso8601: text.text) else {
            let message = "'\(text.text)' is not a date and time such as 2026-01-15T09:00:00Z"
            refuse("scenario.instant", message, at: text.span)
            return nil
        }
        return instant
    }

    mutating func defaults(_ object: ObjectReader) -> StepDefaults {
        var defaults = StepDefaults()
        guard let value = object.present("defaults"),
            let reader = ObjectReader(value, "'defaults'", &diagnostics)
        else { return defaults }
        reader.allow(.defaults, &diagnostics)
        refuseEmptyLists(["principal", "resource"], of: reader)
        defaults.principal = reader.present("principal")
        defaults.resource = reader.present("resource")
        let overrides = reader.bool("overrideContext", &diagnostics) ?? false
        if let given = reader.present("context") {
            defaults.context = context(given, overridesAWS: true)
            let members = overrides ? [] : given.members ?? []
            defaults.keysOfAWS = members.filter { GivenContext.isSetByAWS(ConditionKey($0.key)) }
        }
        return defaults
    }

    mutating func steps(
        _ object: ObjectReader,
        defaults: StepDefaults,
        by workers: Workers
    ) -> [Step] {
        guard let value = object.required("steps", &diagnostics) else { return [] }
        guard let elements = value.elements else {
            diagnostics.append(.wrongType("'steps'", expected: "a list of steps", found: value))
            return []
        }
        guard elements.count <= Scenario.stepLimit else {
            let message =
                "the scenario has \(elements.count) steps, at most \(Scenario.stepLimit) are replayed"
            refuse("limit.steps", message, at: value.span)
            return []
        }
        if elements.isEmpty {
            let message = "'steps' is an empty list: nothing is checked"
            diagnostics.append(.warning("scenario.no-steps", message, at: value.span))
        }
        warnIdleSteps(elements, in: value)
        checkSavedSessions(elements, defaults: defaults)
        let read =
            readTogether(elements, defaults: defaults, by: workers)
            ?? elements.enumerated().map { step($1, index: $0, defaults: defaults) }
        var steps: [Step] = []
        var isClear = true
        for (element, step) in zip(elements, read) {
            // What follows may ask for what a step that was not understood would have made.
            if step == nil { isClear = isClear && Self.changesNothing(element) }
            if let step, isClear { steps.append(step) }
        }
        return steps
    }

    /// How many steps a thread reads before it takes others.
    private static let slice = 128

    /// Reads many steps side by side; nil where one by one is better.
    ///
    /// What is said of a step may hang on the mistakes before it: where there are any, or more to
    /// say than is kept, all are read in order.
    private mutating func readTogether(
        _ elements: [JSONValue],
        defaults: StepDefaults,
        by workers: Workers
    ) -> [Step?]? {
        guard workers.count > 1, elements.count >= Self.slice * 4, !diagnostics.hasErrors else {
            return nil
        }
        let warns = warns
        let slices = workers.map(elements.indices, slicesOf: Self.slice, makeWorker: {}) {
            _,
            range in
            var reader = FieldReader(warns: warns)
            let steps = range.map { reader.step(elements[$0], index: $0, defaults: defaults) }
            return Parsed(steps, reader.diagnostics)
        }
        let said = slices.reduce(diagnostics.count) { $0 + $1.diagnostics.count }
        guard said <= [Diagnostic].limit, !slices.contains(where: \.diagnostics.hasErrors) else {
            return nil
        }
        for slice in slices { diagnostics += slice.diagnostics }
        return slices.flatMap(\.value)
    }

    private static func changesNothing(_ step: JSONValue) -> Bool {
        guard step["saveAs"] == nil, step["change"] == nil else { return false }
        return verbs.contains { step[$0] != nil }
    }

    static let verbs = ObjectKinds.step.keys

    private mutating func step(_ value: JSONValue, index: Int, defaults: StepDefaults) -> Step? {
        let owner = "step \(index)"
        guard let object = ObjectReader(value, owner, &diagnostics) else { return nil }
        let verbs = object.members.filter { Self.verbs.contains($0.key) }
        guard let verb = verbs.first else {
            let list = Self.verbs.joined(separator: ", ")
            let slip = object.members.lazy.compactMap { member in
                NearestName.of(member.key, among: Self.verbs).map { (member.key, $0) }
            }.first
            let hint = slip.map { ", did you mean '\($0.1)' where '\($0.0)' stands?" } ?? ":"
            let message = "\(owner) has no verb\(hint) expected one of \(list)"
            refuse("scenario.no-verb", message, at: value.span)
            return nil
        }
        for other in verbs.dropFirst() where other.key != verb.key {
            let message = "\(owner) has two verbs, '\(verb.key)' and '\(other.key)'"
            let problem = Diagnostic.error("scenario.two-verbs", message, at: other.keySpan)
            diagnostics.append(problem.noting("'\(verb.key)' stands here", at: verb.keySpan))
        }
        let name = object.string("name", &diagnostics)
        guard let read = readVerb(verb, of: object, defaults: defaults, isAlone: verbs.count == 1)
        else { return nil }
        return Step(index: index, name: name, span: value.span, verb: read)
    }

    private mutating func readVerb(
        _ verb: JSONMember,
        of object: ObjectReader,
        defaults: StepDefaults,
        isAlone: Bool
    ) -> Step.Verb? {
        // Fields of a second verb would only repeat that there are two.
        if isAlone, let format = ObjectKinds.step[verb.key] { object.allow(format, &diagnostics) }
        switch verb.key {
        case "action":
            return actionStep(object, defaults: defaults).map { .action($0) }
        case "advance":
            return duration(verb.value).map { .advance($0) }
        case "at":
            return instant(verb.value, "'at'").map { .at($0, verb.value.span) }
        case "whoCan":
            return whoCanStep(verb.value, of: object, defaults: defaults).map { .whoCan($0) }
        case "change":
            return changeStep(verb.value, of: object).map { .change($0) }
        default:
            return sessionStep(verb, of: object, defaults: defaults).map { .session($0) }
        }
    }

    private mutating func duration(_ value: JSONValue) -> ISODuration? {
        guard let text = SourceString(value, "'advance'", &diagnostics) else { return nil }
        guard let duration = ISODuration(text.text) else {
            let message = "'\(text.text)' is not an ISO 8601 duration such as PT2H"
            refuse("scenario.duration", message, at: text.span)
            return nil
        }
        if duration.seconds == 0 {
            let message = "the clock is advanced by nothing"
            diagnostics.append(.warning("scenario.idle-clock", message, at: text.span))
        }
        return duration
    }

    /// Equal entries make equal checks.
    private mutating func warnRepeatedEntries(_ step: ObjectReader) {
        for field in ["principal", "action", "resource"] {
            let entries = step.present(field)?.elements ?? []
            let texts = entries.compactMap { value in
                value.string.map { SourceString($0, at: value.span) }
            }
            if texts.count < 2 { continue }
            warnRepeated(texts, in: field) { field == "action" ? $0.lowercased() : $0 }
        }
    }

    private mutating func refuseEmptyLists(_ fields: [String], of object: ObjectReader) {
        for field in fields {
            guard let list = object.present(field), list.elements?.isEmpty == true else { continue }
            refuse(
                "scenario.empty-matrix",
                "'\(field)' is an empty list: nothing would be checked",
                at: list.span
            )
        }
    }

    private mutating func actionStep(
        _ object: ObjectReader,
        defaults: StepDefaults
    ) -> ActionStep? {
        refuseEmptyLists(["principal", "action", "resource"], of: object)
        let circumstances = circumstances(object, defaults: defaults)
        let expectation = expectation(object)
        let actions = elements(object.value["action"] ?? object.value)
            .compactMap { writtenAction($0) }
        let resources = object.present("resource") ?? defaults.resource
        let texts = resources.map { elements($0) } ?? []
        var targets = texts.compactMap { SourceString($0, "'resource'", &diagnostics) }
        if resources == nil { targets = [SourceString("*", at: object.value.span)] }
        guard let principal = object.present("principal") ?? defaults.principal else {
            object.reportMissing("principal", &diagnostics)
            return nil
        }
        for target in targets { warnUnlikely(resource: target, of: actions) }
        warnRepeatedEntries(object)
        let principals = elements(principal).compactMap { self.principal($0) }
        // Without an expectation or an action the others are still looked up.
        let isRead = expectation != nil && !principals.isEmpty && !actions.isEmpty
        guard isRead && !targets.isEmpty || diagnostics.hasErrors else { return nil }
        let (pairs, isHuge) = actions.count.multipliedReportingOverflow(by: targets.count)
        let (checks, overflow) = pairs.multipliedReportingOverflow(by: principals.count)
        guard !isHuge, !overflow, checks <= ReplayBudget.checkLimit else {
            let message = "the step makes more than \(ReplayBudget.checkLimit) checks"
            refuse("scenario.matrix-size", message, at: object.value.span)
            return nil
        }
        return ActionStep(
            principals: principals,
            actions: actions,
            resources: targets,
            circumstances: circumstances,
            expectation: expectation ?? Expectation(verdict: .allowed, because: [], blockedBy: nil)
        )
    }
}
