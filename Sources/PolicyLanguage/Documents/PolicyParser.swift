package import JSONSource

/// Reads a policy document and checks it against the grammar of its type.
///
/// All mistakes are reported; the document is nil when AWS would not accept it (GRAM-16).
package struct PolicyParser {
    let grammar: PolicyGrammar
    var diagnostics: [Diagnostic] = []
    var variables: TextTemplate.Variables = .literal

    let shared: SharedElements?

    private init(grammar: PolicyGrammar, sharing shared: SharedElements?) {
        self.grammar = grammar
        self.shared = shared
    }

    /// `shared` are elements that other documents may have alike.
    package static func parse(
        _ value: JSONValue,
        as grammar: PolicyGrammar,
        sharing shared: SharedElements? = nil
    ) -> Parsed<PolicyDocument?> {
        var parser = PolicyParser(grammar: grammar, sharing: shared)
        let document = parser.document(value)
        return parser.parsed(document)
    }

    /// The same for a document that somebody has and lends.
    package static func parse(
        _ view: JSONView,
        as grammar: PolicyGrammar,
        sharing shared: SharedElements
    ) -> Parsed<PolicyDocument?> {
        var parser = PolicyParser(grammar: grammar, sharing: shared)
        let document = parser.document(view, sharing: shared)
        return parser.parsed(document)
    }

    private func parsed(_ document: PolicyDocument?) -> Parsed<PolicyDocument?> {
        Parsed(diagnostics.hasErrors ? nil : document, diagnostics)
    }
}

extension PolicyParser {
    mutating func document(_ value: JSONValue) -> PolicyDocument? {
        guard let object = ObjectReader(value, "the policy", &diagnostics) else { return nil }
        let text = value.policyText
        let size = text?.length ?? value.compactLength
        if let problem = PolicyDocument.problem(ofSize: size, at: value.span) {
            diagnostics.append(problem)
            return nil
        }
        object.allow(only: ObjectFormat.anyPolicy, &diagnostics)
        let version = version(of: object)
        variables = version == .v2012 ? .expanded : .literal
        let idMember = object.value.member("Id" as JSONName)
        let id = idMember == nil ? nil : object.string("Id", &diagnostics)
        if let member = idMember, !grammar.allowsID {
            refuse(
                "policy.element-not-allowed",
                "'Id' is not allowed in \(grammar.name)",
                at: member.keySpan
            )
        }
        if text?.isPlain != true { checkCharacters(of: value) }
        guard let content = object.required("Statement", &diagnostics) else { return nil }
        let statements = statements(content)
        return PolicyDocument(
            version: version ?? .v2008,
            id: id,
            statements: statements,
            at: value.span,
            size: size
        )
    }

    static let parts: [JSONName] = ["Version", "Id", "Statement"]

    private mutating func version(of object: ObjectReader) -> PolicyDocument.Version? {
        guard let found = object.value.value(of: "Version") else {
            if grammar.needsVersion2012 {
                refuse(
                    "policy.missing-element",
                    "\(grammar.name) needs a 'Version' of \"2012-10-17\"",
                    at: object.value.span
                )
            }
            return nil
        }
        guard let text = found.string else {
            diagnostics.append(.wrongType("'Version'", expected: "a string", found: found))
            return nil
        }
        guard let version = PolicyDocument.Version(rawValue: text) else {
            let known = "\"2012-10-17\" or \"2008-10-17\""
            refuse("policy.version", "'Version' must be \(known), not \"\(text)\"", at: found.span)
            return nil
        }
        if grammar.needsVersion2012, version != .v2012 {
            refuse(
                "policy.version",
                "'Version' of \(grammar.name) must be \"2012-10-17\"",
                at: found.span
            )
        }
        return version
    }

    private mutating func statements(_ value: JSONValue) -> [Statement] {
        let values: [JSONValue]
        if value.isObject {
            values = [value]
        } else if let elements = value.elements {
            values = elements
        } else {
            diagnostics.append(
                .wrongType("'Statement'", expected: "an object or a list of objects", found: value)
            )
            return []
        }
        if values.isEmpty {
            diagnostics.append(
                .warning("policy.no-statement", "'Statement' is an empty list", at: value.span)
            )
        }
        var list = StatementList(capacity: values.count)
        for (index, value) in values.enumerated() {
            if let read = statement(value, index: index) { list.add(read) }
        }
        checkUniqueSids(list.sids)
        return list.statements
    }

    /// The statements of a document on their way.
    struct StatementList {
        private(set) var statements: [Statement] = []
        private(set) var sids: [SourceString] = []

        init(capacity: Int) { statements.reserveCapacity(capacity) }

        mutating func add(_ read: LocatedStatement) {
            statements.append(read.statement)
            if let sid = read.sid { sids.append(sid) }
        }
    }

    /// A statement with the place of its Sid.
    struct LocatedStatement {
        let statement: Statement
        let sid: SourceString?
    }

    mutating func statement(_ value: JSONValue, index: Int) -> LocatedStatement? {
        if let shared, let view = value.lentView, let plain = PlainStatement(view, grammar) {
            return statement(plain, at: view.span, index: index, sharing: shared)
        }
        let before = diagnostics.count
        guard let object = ObjectReader(value, "the statement", &diagnostics) else { return nil }
        object.allow(only: ObjectFormat.anyStatement, &diagnostics)
        let sid = sid(of: object)
        let effect = effect(of: object)
        let principal = principal(of: object, effect: effect)
        let actions = actions(of: object)
        let resources = resources(of: object)
        let conditions = conditions(of: object)
        guard let effect, let actions,
            !diagnostics[before...].contains(where: { $0.severity == .error })
        else { return nil }
        let statement = Statement(
            sid: sid?.text,
            index: index,
            effect: effect,
            principal: principal,
            actions: actions,
            resources: resources,
            conditions: conditions,
            span: value.span
        )
        return LocatedStatement(statement: statement, sid: sid)
    }

    private mutating func sid(of object: ObjectReader) -> SourceString? {
        guard let found = object.value["Sid"] else { return nil }
        guard let sid = SourceString(found, "'Sid'", &diagnostics) else { return nil }
        if grammar.isIAM, !sid.text.utf8.allSatisfy(ActionName.isNameByte) {
            refuse(
                "policy.sid",
                "'Sid' takes only letters and digits here, not \"\(sid.text)\"",
                at: sid.span
            )
        }
        return sid
    }

    mutating func checkUniqueSids(_ sids: [SourceString]) {
        guard grammar.isIAM, sids.count > 1, !Self.areFewAndUnique(sids) else { return }
        var first: [String: SourceSpan] = [:]
        for sid in sids where !sid.text.isEmpty {
            guard let earlier = first[sid.text] else {
                first[sid.text] = sid.span
                continue
            }
            let message = "the Sid \"\(sid.text)\" stands in two statements"
            diagnostics.append(
                .error("policy.duplicate-sid", message, at: sid.span)
                    .noting("the first one stands here", at: earlier)
            )
        }
    }

    /// PERF: so few texts are sooner compared with each other than hashed.
    private static func areFewAndUnique(_ sids: [SourceString]) -> Bool {
        guard sids.count <= 8 else { return false }
        for place in sids.indices.dropFirst() {
            for earlier in sids[..<place] where earlier.text == sids[place].text { return false }
        }
        return true
    }

    private mutating func effect(of object: ObjectReader) -> Statement.Effect? {
        guard let found = object.required("Effect", &diagnostics) else { return nil }
        if found.isString("Allow"), grammar.effects.contains(.allow) { return .allow }
        if found.isString("Deny") { return .deny }
        guard let text = SourceString(found, "'Effect'", &diagnostics)?.text else { return nil }
        guard let effect = Statement.Effect(rawValue: text) else {
            refuse(
                "policy.unknown-effect",
                "'Effect' must be \"Allow\" or \"Deny\", not \"\(text)\"",
                at: found.span
            )
            return nil
        }
        if !grammar.effects.contains(effect) {
            refuse(
                "policy.effect-not-allowed",
                "'Effect' of \(grammar.name) must be \"Deny\"",
                at: found.span
            )
        }
        return effect
    }
}

extension PolicyParser {
    mutating func refuse(
        _ code: String,
        _ message: String,
        at span: SourceSpan,
        help: String? = nil
    ) {
        diagnostics.append(.error(code, message, at: span, help: help))
    }

    /// The values of an element that is one string or a list of them (GRAM-10).
    mutating func texts(_ value: JSONValue, of element: String) -> [SourceString]? {
        if let text = value.string { return [SourceString(text, at: value.span)] }
        guard value.isArray else {
            let expected = "a string or a list of strings"
            diagnostics.append(.wrongType("'\(element)'", expected: expected, found: value))
            return nil
        }
        var texts: [SourceString] = []
        texts.reserveCapacity(value.children.count)
        for child in value.children {
            if let text = child.string {
                texts.append(SourceString(text, at: child.span))
            } else {
                let what = "an element of '\(element)'"
                diagnostics.append(.wrongType(what, expected: "a string", found: child))
            }
        }
        if value.children.isEmpty {
            refuse("policy.empty-list", "'\(element)' is an empty list", at: value.span)
        }
        return texts
    }

    /// The one of two excluding elements that is there; both together are an error (GRAM-8).
    mutating func one(
        of first: JSONName,
        or second: JSONName,
        in object: ObjectReader
    ) -> JSONMember? {
        // PERF: nearly always there is one of them.
        guard let one = object.value.member(first) else { return object.value.member(second) }
        if object.value.member(second) == nil { return one }
        var found: JSONMember?
        var last: JSONMember?
        for member in object.value.eachMember where member.hasKey(first) || member.hasKey(second) {
            if found == nil { found = member } else { last = member }
        }
        if let found, let later = last, found.key != later.key {
            let message = "'\(later.key)' cannot stand beside '\(found.key)' in one statement"
            let problem = Diagnostic.error(
                "policy.excluding-elements",
                message,
                at: later.keySpan
            )
            diagnostics.append(problem.noting("'\(found.key)' stands here", at: found.keySpan))
        }
        return found
    }

    private mutating func actions(of object: ObjectReader) -> ActionElement? {
        guard let member = one(of: "Action", or: "NotAction", in: object) else {
            refuse(
                "policy.missing-element",
                "the statement needs 'Action' or 'NotAction'",
                at: object.value.span
            )
            return nil
        }
        let isNegated = member.hasKey("NotAction")
        if isNegated, !grammar.allowsNotAction {
            refuse(
                "policy.element-not-allowed",
                "'NotAction' is not allowed in \(grammar.name)",
                at: member.keySpan
            )
        }
        guard let shared, let view = member.value.lentView else {
            return actions(member.value, isNegated: isNegated)
        }
        return actions(view, isNegated: isNegated, sharing: shared)
    }

    /// The actions of a view of a value that somebody has.
    mutating func actions(
        _ view: JSONView,
        isNegated: Bool,
        sharing shared: SharedElements
    ) -> ActionElement? {
        element(
            view,
            isNegated: isNegated,
            in: shared.actions,
            moved: { element, _ in element },
            read: { $0.actions($1, isNegated: isNegated) }
        )
    }

    private mutating func actions(_ value: JSONValue, isNegated: Bool) -> ActionElement? {
        let name = isNegated ? "NotAction" : "Action"
        guard let texts = texts(value, of: name) else { return nil }
        let patterns = texts.compactMap { action($0) }
        return ActionElement(patterns: patterns, isNegated: isNegated)
    }

    private mutating func action(_ text: SourceString) -> ActionPattern? {
        guard let pattern = ActionPattern(text.text) else {
            let message = "'\(text.text)' is not an action: expected service:Name or *"
            refuse("policy.invalid-action", message, at: text.span)
            return nil
        }
        if !grammar.allowsEveryAction, pattern.service == nil {
            let message = "'\(text.text)' needs a service prefix in \(grammar.name), such as 's3:*'"
            refuse("policy.action-without-service", message, at: text.span)
        }
        if let expected = grammar.actionService, let service = pattern.service,
            service != expected
        {
            let message = "\(grammar.name) is about actions of sts only, not '\(text.text)'"
            refuse("policy.action-of-other-service", message, at: text.span)
        }
        return pattern
    }

    private mutating func resources(of object: ObjectReader) -> ResourceElement? {
        guard let member = one(of: "Resource", or: "NotResource", in: object) else {
            if grammar.resource == .required {
                refuse(
                    "policy.missing-element",
                    "the statement needs 'Resource' or 'NotResource'",
                    at: object.value.span
                )
            }
            return nil
        }
        if grammar.resource == .forbidden {
            refuse(
                "policy.element-not-allowed",
                "'\(member.key)' is not allowed in \(grammar.name)",
                at: member.keySpan
            )
        }
        let isNegated = member.hasKey("NotResource")
        guard let shared, let view = member.value.lentView else {
            return resources(member.value, isNegated: isNegated)
        }
        return resources(view, isNegated: isNegated, sharing: shared)
    }

    /// The resources of a view of a value that somebody has.
    mutating func resources(
        _ view: JSONView,
        isNegated: Bool,
        sharing shared: SharedElements
    ) -> ResourceElement? {
        element(
            view,
            isNegated: isNegated,
            in: shared.resources,
            moved: { element, _ in element },
            read: { parser, value in
                parser.plainResources(view, isNegated: isNegated)
                    ?? parser.resources(value, isNegated: isNegated)
            }
        )
    }

    private mutating func resources(_ value: JSONValue, isNegated: Bool) -> ResourceElement? {
        let name = isNegated ? "NotResource" : "Resource"
        guard let texts = texts(value, of: name) else { return nil }
        let patterns = texts.map { text in
            let pattern = ResourcePattern(
                text.text,
                variables: variables,
                completion: grammar.completion
            )
            checkResource(pattern, at: text.span)
            return pattern
        }
        return ResourceElement(patterns: patterns, isNegated: isNegated)
    }

    private mutating func checkResource(_ pattern: ResourcePattern, at span: SourceSpan) {
        if pattern.isEverything { return }
        let isARN = pattern.text == "arn" || pattern.text.hasPrefix("arn:")
        if !isARN, grammar.isIAM {
            refuse(
                "policy.invalid-resource",
                "'\(pattern.text)' is not a resource: expected an ARN or *",
                at: span
            )
        } else if pattern.isIncomplete, grammar.completion == .asWritten {
            let message = "'\(pattern.text)' has fewer than six parts and is taken as it stands"
            diagnostics.append(.warning("policy.incomplete-arn", message, at: span))
        }
    }

    /// IAM takes tab, line breaks and U+0020 to U+00FF only (GRAM-14).
    private mutating func checkCharacters(of value: JSONValue) {
        guard grammar.isIAM else { return }
        func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
            (0x20...0xFF).contains(scalar.value) || [9, 10, 13].contains(scalar.value)
        }
        switch value.content {
        case .string(let text):
            guard let scalar = text.unicodeScalars.first(where: { !isAllowed($0) }) else { return }
            let number = String(scalar.value, radix: 16, uppercase: true)
            refuse(
                "policy.character",
                "IAM does not take the character U+\(number) in a policy",
                at: value.span
            )
        case .array(let elements):
            for element in elements { checkCharacters(of: element) }
        case .object(let members):
            for member in members {
                checkCharacters(of: JSONValue(.string(member.key), at: member.keySpan))
                checkCharacters(of: member.value)
            }
        case .null, .bool, .number: return
        }
    }
}
