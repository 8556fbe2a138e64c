import Analysis
import Authorization
import JSONSource
import PolicyLanguage

extension FieldReader {
    mutating func whoCanStep(
        _ value: JSONValue,
        of step: ObjectReader,
        defaults: StepDefaults
    ) -> WhoCanStep? {
        let circumstances = circumstances(step, defaults: defaults)
        let exactly = step.strings("expect", &diagnostics)
        let includes = step.strings("expectIncludes", &diagnostics)
        let excludes = step.strings("expectExcludes", &diagnostics)
        // An exact set may be empty; an empty subset says nothing.
        let sets = ["expect", "expectIncludes", "expectExcludes"]
        let isSaid = sets.contains {
            step.present($0).map { $0.elements?.isEmpty != true } ?? false
        }
        if exactly == nil, !isSaid {
            step.reportMissing("expect", orElse: sets, &diagnostics)
        }
        checkSets(exactly: exactly, includes: includes ?? [], excludes: excludes ?? [])
        guard let object = ObjectReader(value, "'whoCan'", &diagnostics) else { return nil }
        object.allow(.whoCan, &diagnostics)
        let action = object.required("action", &diagnostics).flatMap { writtenAction($0) }
        var resource = SourceString("*", at: value.span)
        if let given = object.present("resource"),
            let text = SourceString(given, "'resource'", &diagnostics)
        {
            resource = text
            warnUnlikely(resource: text, of: action.map { [$0] } ?? [])
        }
        let others = object.strings("include", &diagnostics) ?? []
        var seen: Set<WhoCan.Inclusion> = []
        let include = others.compactMap { inclusion($0) }.filter { seen.insert($0).inserted }
        guard let action else { return nil }
        return WhoCanStep(
            action: action,
            resource: resource,
            circumstances: circumstances,
            include: include,
            followsRoles: object.bool("chained", &diagnostics) ?? false,
            exactly: exactly,
            includes: includes ?? [],
            excludes: excludes ?? []
        )
    }

    /// No answer holds whom it also must not hold.
    private mutating func checkSets(
        exactly: [SourceString]?,
        includes: [SourceString],
        excludes: [SourceString]
    ) {
        warnRepeated(exactly ?? [], in: "expect")
        warnRepeated(includes, in: "expectIncludes")
        warnRepeated(excludes, in: "expectExcludes")
        for name in excludes {
            let wanted = ((exactly ?? []) + includes).first { $0.text == name.text }
            guard let wanted else { continue }
            contradict(
                "'\(name.text)' is expected in the answer and excluded from it",
                at: name.span,
                with: ("it is expected here", wanted.span)
            )
        }
        guard let exactly else { return }
        for name in includes where !exactly.contains(where: { $0.text == name.text }) {
            // The set in 'expect' is exact, and two spellings may mean one principal.
            let message = "'\(name.text)' is not in 'expect', which is the exact set"
            diagnostics.append(.warning("scenario.not-in-set", message, at: name.span))
        }
    }

    mutating func inclusion(_ text: SourceString) -> WhoCan.Inclusion? {
        switch text.text {
        case "root": return .root
        case "anonymous": return .anonymous
        default:
            if text.text.hasPrefix("service:"), text.text.contains(".") {
                return .service(String(text.text.dropFirst("service:".count)))
            }
            let message =
                "'\(text.text)' cannot be included: expected root, anonymous or service:NAME"
            refuse("request.invalid-inclusion", message, at: text.span)
            return nil
        }
    }
}
