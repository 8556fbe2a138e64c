import Authorization
import JSONSource
import PolicyLanguage
import ServiceCatalog

/// Reads the fields that steps and NDJSON requests share.
struct FieldReader {
    var diagnostics: [Diagnostic] = [] { didSet { diagnostics.keepWithinLimit() } }
    /// Whether to warn of what can be read and is hardly meant; nobody reads that of NDJSON.
    var warns = false
}

extension FieldReader {
    mutating func refuse(_ code: String, _ message: String, at span: SourceSpan) {
        diagnostics.append(.error(code, message, at: span))
    }

    /// One element, or all elements of a list.
    func elements(_ value: JSONValue) -> [JSONValue] { value.elements ?? [value] }

    mutating func principal(_ value: JSONValue) -> PrincipalReference? {
        if let text = value.string {
            if text.hasPrefix("service:") {
                warnServicePrincipal(text.dropFirst("service:".count), at: value.span)
            }
            return PrincipalReference(form: .named(text), span: value.span)
        }
        guard value.members != nil else {
            let expected = "a string, a list of strings or an object with 'service'"
            diagnostics.append(.wrongType("'principal'", expected: expected, found: value))
            return nil
        }
        guard let object = ObjectReader(value, "'principal'", &diagnostics) else { return nil }
        object.allow(.servicePrincipal, &diagnostics)
        guard let service = object.required("service", &diagnostics),
            let name = SourceString(service, "'service'", &diagnostics)
        else { return nil }
        warnServicePrincipal(name.text[...], at: name.span)
        let form = PrincipalReference.Form.service(
            name: name.text,
            sourceAccount: object.string("sourceAccount", &diagnostics),
            sourceARN: object.string("sourceArn", &diagnostics)
        )
        return PrincipalReference(form: form, span: value.span)
    }

    mutating func action(_ value: JSONValue) -> ActionName? {
        guard let text = SourceString(value, "'action'", &diagnostics) else { return nil }
        guard let action = ActionName(text.text) else {
            let message = "'\(text.text)' is not an action: expected service:Name without wildcards"
            refuse("request.invalid-action", message, at: text.span)
            return nil
        }
        return action
    }

    /// An action, with a warning about one that the catalog does not know: AWS is newer than any
    /// catalog, and fingers slip.
    mutating func writtenAction(_ value: JSONValue) -> ActionName? {
        guard let action = action(value) else { return nil }
        if ServiceCatalog.action(action) == nil {
            let near = ServiceCatalog.nearest(to: action).map { ", did you mean '\($0)'?" } ?? ""
            let message = "the catalog of \(ServiceCatalog.date) does not know '\(action)'\(near)"
            diagnostics.append(.warning("request.unknown-action", message, at: value.span))
        }
        return action
    }

    mutating func circumstances(
        _ object: ObjectReader,
        defaults: StepDefaults = StepDefaults()
    ) -> Circumstances {
        var circumstances = Circumstances()
        let overrides = object.bool("overrideContext", &diagnostics) ?? false
        if !overrides {
            for member in defaults.keysOfAWS { refuseKeyOfAWS(member) }
        }
        let given = object.present("context").map { context($0, overridesAWS: overrides) }
        circumstances.context = defaults.context.overlaid(with: given ?? GivenContext())
        circumstances.without = without(object)
        circumstances.unknownKeys = unknownKeys(object, circumstances.context)
        circumstances.resourceAccount = text("resourceAccount", of: object)
        circumstances.endpoint = text("through", of: object)
        circumstances.viaService = object.string("viaService", &diagnostics)
        if let via = circumstances.viaService, !via.contains(".") {
            let span = object.value["viaService"]?.span ?? object.value.span
            let message = "'\(via)' is not a service principal such as athena.amazonaws.com"
            refuse("request.invalid-service-principal", message, at: span)
        } else if let via = circumstances.viaService {
            let span = object.value["viaService"]?.span ?? object.value.span
            warnServicePrincipal(via[...], at: span)
        }
        return circumstances
    }

    private mutating func text(_ field: String, of object: ObjectReader) -> SourceString? {
        object.present(field).flatMap { SourceString($0, "'\(field)'", &diagnostics) }
    }

    /// Condition keys with their values; keys that only AWS sets need `overrideContext`.
    mutating func context(_ value: JSONValue, overridesAWS: Bool) -> GivenContext {
        var context = GivenContext()
        guard let object = ObjectReader(value, "'context'", &diagnostics) else { return context }
        guard object.members.count <= ContextLimits.keys else {
            let count = object.members.count
            let message = "a request has at most \(ContextLimits.keys) condition keys, not \(count)"
            refuse("limit.context", message, at: value.span)
            return context
        }
        for member in object.members {
            let key = ConditionKey(member.key)
            if !member.key.contains(":") {
                let message =
                    "'\(member.key)' is not a condition key: expected a prefix such as 'aws:'"
                refuse("request.invalid-context-key", message, at: member.keySpan)
                continue
            }
            if !overridesAWS, GivenContext.isSetByAWS(key) {
                refuseKeyOfAWS(member)
                continue
            }
            let value = contextValue(member)
            guard value != nil || member.value.isNull else { continue }
            if value != nil { warnUnlikely(member) }
            let count = context.entries.count
            context.set(key, to: value)
            // A key that is set again takes no new place.
            if context.entries.count == count { refuseEqualKey(member, among: object.members) }
        }
        return context
    }

    private mutating func refuseKeyOfAWS(_ member: JSONMember) {
        let message = "only AWS sets '\(member.key)'; \"overrideContext\": true gives it anyway"
        refuse("request.key-of-aws", message, at: member.keySpan)
    }

    /// Nil for `null` and, with a diagnostic, for a value of the wrong type.
    private mutating func contextValue(_ member: JSONMember) -> ContextValue? {
        if member.value.isNull { return nil }
        if let problem = ContextLimits.problem(of: member) {
            refuse("limit.context", problem, at: member.value.span)
            return nil
        }
        if let text = member.value.scalarText { return .single(text) }
        let texts = (member.value.elements ?? []).compactMap(\.scalarText)
        guard let elements = member.value.elements, texts.count == elements.count else {
            let expected = "a string, a number, a boolean, a list of them or null"
            diagnostics.append(
                .wrongType("the value of '\(member.key)'", expected: expected, found: member.value)
            )
            return nil
        }
        return .set(texts)
    }
}
