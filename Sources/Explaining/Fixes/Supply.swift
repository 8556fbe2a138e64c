import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage

/// A value for a condition key that makes a condition hold, or fail.
struct Supply {
    let key: ConditionKey
    /// Nil to leave the key out.
    let value: ContextValue?
    /// What the policy says, where the value is but one that fits it.
    var pattern: String?

    /// Values worth a trial; what becomes of the verdict the engine says.
    static func making(
        _ condition: Condition,
        hold: Bool,
        in view: RequestView,
        given: GivenContext
    ) -> [Supply] {
        let isPresent = view.context[condition.key] != nil
        // Leaving out is for keys that somebody passed.
        let isGiven = given.entries.contains { $0.key == condition.key && $0.value != nil }
        let base = condition.operator.base
        func absent() -> [Supply] { isGiven ? [Supply(key: condition.key, value: nil)] : [] }
        func value(_ text: String) -> Supply {
            let isSet = condition.operator.quantifier != nil
            return Supply(key: condition.key, value: isSet ? .set([text]) : .single(text))
        }
        if base == .null {
            let wantsAbsence = condition.operands.contains { $0.asksForAbsence == true }
            return wantsAbsence == hold ? absent() : []
        }
        if base == .bool {
            let texts = condition.operands.map { $0.text.lowercased() }
            guard let text = texts.first, ["true", "false"].contains(text) else { return [] }
            let other = text == "true" ? "false" : "true"
            return [value(hold ? text : other)] + (hold || !isPresent ? [] : absent())
        }
        let matches = condition.operands.prefix(3).compactMap { operand -> Supply? in
            guard let text = Self.sample(operand, base, view.context) else { return nil }
            var supply = value(text)
            if text != operand.text { supply.pattern = operand.text }
            return supply
        }
        if base.isNegated == hold {
            // A value that is none of those listed: none at all will do.
            return absent() + (hold ? [] : Self.beyond(condition, base).map(value))
        }
        return matches + (hold && condition.operator.ifExists ? absent() : [])
    }

    /// A text that an operand matches.
    private static func sample(
        _ operand: ConditionOperand,
        _ base: ConditionOperator.Base,
        _ context: RequestContext
    ) -> String? {
        switch base {
        case .numericLessThan, .dateLessThan:
            return DecimalNumberText.shifted(operand.text, by: -1)
        case .numericGreaterThan, .dateGreaterThan:
            return DecimalNumberText.shifted(operand.text, by: 1)
        case .ipAddress, .notIPAddress:
            return operand.text.split(separator: "/").first.map(String.init)
        case .stringLike, .stringNotLike, .arnLike, .arnNotLike, .arnEquals, .arnNotEquals:
            return filled(operand.text, .active, context)
        default: return filled(operand.text, .literal, context)
        }
    }

    /// Numbers and dates that an ordered operator does not accept.
    private static func beyond(_ condition: Condition, _ base: ConditionOperator.Base) -> [String] {
        guard condition.operands.count == 1, let text = condition.operands.first?.text else {
            return []
        }
        switch base {
        case .numericLessThan, .numericGreaterThan: return [text]
        case .numericLessThanEquals:
            return DecimalNumberText.shifted(text, by: 1).map { [$0] } ?? []
        case .numericGreaterThanEquals:
            return DecimalNumberText.shifted(text, by: -1).map { [$0] } ?? []
        default: return []
        }
    }

    /// The text of a pattern with its variables filled in and as little as possible for wildcards.
    private static func filled(
        _ text: String,
        _ wildcards: TextTemplate.Wildcards,
        _ context: RequestContext
    ) -> String? {
        var filled = ""
        for piece in TextTemplate(text, wildcards: wildcards, variables: .expanded).pieces {
            switch piece {
            case .literal(let bytes): filled += String(decoding: bytes, as: UTF8.self)
            case .anyRun: continue
            case .anyCharacter: filled += "0"
            case .variable(let key, let fallback):
                guard let value = context.single(key) ?? fallback else { return nil }
                filled += value
            }
        }
        return filled.isEmpty ? "any" : filled
    }
}

private enum DecimalNumberText {
    /// A whole number one further on; nil for other texts.
    static func shifted(_ text: String, by offset: Int) -> String? {
        guard let number = Int(text) else { return nil }
        let (sum, overflow) = number.addingReportingOverflow(offset)
        return overflow ? nil : String(sum)
    }
}

extension CandidateFinder {
    /// Calling with other keys, or with other tags on caller or resource, so that a statement
    /// applies or does not apply any more.
    func supplies(
        _ statement: Statement,
        apply: Bool,
        _ view: RequestView,
        _ request: Request,
        _ whose: String
    ) -> [Candidate] {
        if !apply {
            // One condition that fails is enough.
            return statement.conditions.flatMap { condition in
                Supply.making(condition, hold: false, in: view, given: request.context)
                    .compactMap {
                        candidate([$0], view, request, "so that \(whose) does not apply")
                    }
            }
        }
        guard statement.actions.covers(request.action),
            statement.resources?.covers(view.requested, in: view.context) ?? true
        else { return [] }
        let failing = statement.conditions.filter { !$0.holds(in: view.context) }
        guard !failing.isEmpty else { return [] }
        var needed: [Supply] = []
        for condition in failing {
            let found = Supply.making(condition, hold: true, in: view, given: request.context)
            guard let first = found.first else { return [] }
            needed.append(first)
        }
        return candidate(needed, view, request, "so that \(whose) applies").map { [$0] } ?? []
    }

    private func candidate(
        _ supplies: [Supply],
        _ view: RequestView,
        _ request: Request,
        _ why: String
    ) -> Candidate? {
        var edits: [Fix.Edit] = []
        var steps: [Candidate.Step] = []
        let keys = CallerKeys(request: request, isSessionCall: question.isCall)
        for supply in supplies {
            if keys.canSupply(supply.key) {
                edits.append(.init(.call, Self.sentence(supply, why)))
                steps.append(.context(supply.key, supply.value))
            } else if let (edit, step) = tag(supply, view, request, why) {
                edits.append(edit)
                steps.append(step)
            } else {
                return nil
            }
        }
        return Candidate(edits, steps)
    }

    private static func sentence(_ supply: Supply, _ why: String) -> String {
        guard let value = supply.value else { return "leave out \(supply.key), \(why)" }
        if supply.key.canonical == "aws:multifactorauthpresent", value.values == ["true"] {
            return "call with MFA (\(supply.key) = true), \(why)"
        }
        let fitting = supply.pattern.map { " (which fits \($0))" } ?? ""
        return "call with \(supply.key) = \(value.values.joined(separator: ", "))\(fitting), \(why)"
    }

    /// The tag that a key reads, put on the caller's user or role or on the resource.
    private func tag(
        _ supply: Supply,
        _ view: RequestView,
        _ request: Request,
        _ why: String
    ) -> (Fix.Edit, Candidate.Step)? {
        let name = supply.key.canonical
        guard let slash = supply.key.description.firstIndex(of: "/"),
            let text = supply.value?.values.first
        else { return nil }
        let tag = String(supply.key.description[supply.key.description.index(after: slash)...])
        if tag.lowercased().hasPrefix("aws:") || tag.isEmpty { return nil }
        let tags = JSONValue(written: .fields([tag: .string(text)]))
        func edit(_ what: String) -> Fix.Edit {
            .init(.tag, "tag \(what) with \(tag) = \(text), \(why)")
        }
        if name.hasPrefix("aws:principaltag/") {
            guard let arn = view.entity, Holder(request.caller, in: organization)?.isOwn == true
            else { return nil }
            return (edit("'\(arn)'"), .after(.tag(arn.description, tags: tags)))
        }
        guard name.contains(":resourcetag/"), let arn = view.resource, let owner = view.owner else {
            return nil
        }
        if arn.service == "iam" || organization.listed(arn.description) != nil {
            return (edit("'\(arn)'"), .after(.tag(arn.description, tags: tags)))
        }
        // A resource that the file does not list yet.
        let place = Place.account(owner.name, ["resources", arn.description, "tags", tag])
        let value = JSONValue(written: .string(text))
        return (edit("'\(arn)'"), .document(place, .replace { _ in value }))
    }
}

extension Holder {
    /// Whether IAM of the account itself holds the entity.
    fileprivate var isOwn: Bool { if case .permissionSet = self { false } else { true } }
}

extension Question {
    var isCall: Bool { if case .call = self { true } else { false } }
}
