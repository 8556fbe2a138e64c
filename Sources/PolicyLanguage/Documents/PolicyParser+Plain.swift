import JSONSource

// PERF: "organization loaded". An organization has as many documents of its own as it has resources.
// A statement whose elements stand where they belong is read in one pass over its members; for any
// other, ``statement(_:index:)`` finds the words.
extension PolicyParser {
    /// The document; what is not as a tool writes it is read with care.
    mutating func document(_ view: JSONView, sharing shared: SharedElements) -> PolicyDocument? {
        guard let text = PolicyText(view.written), text.isPlain,
            text.length <= PolicyDocument.readingLimit,
            let fields = view.fields(named: Self.parts), fields[1] == nil,
            let version = fields[0]?.plainText, version.elementsEqual("2012-10-17".utf8),
            let content = fields[2], content.kind == .array, !content.children.isEmpty
        else { return document(view.value) }
        variables = .expanded
        var list = StatementList(capacity: content.childCount)
        var index = 0
        for child in content.children {
            let read =
                if let plain = PlainStatement(child, grammar) {
                    statement(plain, at: child.span, index: index, sharing: shared)
                } else {
                    statement(child.value, index: index)
                }
            if let read { list.add(read) }
            index += 1
        }
        checkUniqueSids(list.sids)
        return PolicyDocument(
            version: .v2012,
            id: nil,
            statements: list.statements,
            at: view.span,
            size: text.length
        )
    }

    private static let plainElements: [JSONName] = [
        "Effect", "Action", "Resource", "Principal", "Sid", "Condition", "NotAction", "NotResource",
    ]

    /// A statement with nothing missing and nothing too much, of which no element was read yet.
    struct PlainStatement {
        let effect: Statement.Effect
        let sid: SourceString?
        let principal: JSONView?
        let actions: JSONView
        let actionsAreNegated: Bool
        let resources: JSONView?
        let resourcesAreNegated: Bool
        let conditions: JSONView?

        init?(_ view: JSONView, _ grammar: PolicyGrammar) {
            guard let fields = view.fields(named: PolicyParser.plainElements),
                let effect = Self.effect(fields[0]), grammar.effects.contains(effect),
                let actions = fields[1] ?? fields[6], fields[1] == nil || fields[6] == nil,
                fields[6] == nil || grammar.allowsNotAction,
                fields[2] == nil || fields[7] == nil
            else { return nil }
            self.effect = effect
            self.actions = actions
            actionsAreNegated = fields[6] != nil
            resources = fields[2] ?? fields[7]
            resourcesAreNegated = fields[7] != nil
            principal = fields[3]
            conditions = fields[5]
            if let conditions, conditions.kind != .object { return nil }
            switch grammar.resource {
            case .required: if resources == nil { return nil }
            case .forbidden: if resources != nil { return nil }
            case .optional: break
            }
            switch grammar.principal {
            case .forbidden: if principal != nil { return nil }
            // What everyone is called has words of its own.
            case .onlyEveryone: return nil
            case .required, .requiredWithFederation: if principal == nil { return nil }
            }
            guard let sid = fields[4] else {
                self.sid = nil
                return
            }
            guard let text = sid.plainText, !grammar.isIAM || text.allSatisfy(ActionName.isNameByte)
            else { return nil }
            self.sid = SourceString(String(decoding: text, as: UTF8.self), at: sid.span)
        }

        private static func effect(_ view: JSONView?) -> Statement.Effect? {
            guard let text = view?.plainText else { return nil }
            if text.elementsEqual("Allow".utf8) { return .allow }
            return text.elementsEqual("Deny".utf8) ? .deny : nil
        }
    }

    /// The statement; nil where something is wrong in an element, which has been said.
    mutating func statement(
        _ plain: PlainStatement,
        at span: SourceSpan,
        index: Int,
        sharing shared: SharedElements
    ) -> LocatedStatement? {
        let before = diagnostics.count
        let principal = plain.principal.flatMap { view in
            element(
                view,
                isNegated: false,
                in: shared.principals,
                moved: { $0.moved($1) },
                read: { parser, _ in
                    Self.plainPrincipal(view) ?? parser.principal(view.member, isNegated: false)
                }
            )
        }
        let actions = self.actions(
            plain.actions,
            isNegated: plain.actionsAreNegated,
            sharing: shared
        )
        let resources = plain.resources.flatMap {
            self.resources($0, isNegated: plain.resourcesAreNegated, sharing: shared)
        }
        let conditions = plain.conditions.flatMap { view in
            element(
                view,
                isNegated: false,
                in: shared.conditions,
                moved: { conditions, move in conditions.map { $0.moved(move) } },
                read: { $0.conditions(in: $1) }
            )
        }
        guard let actions, !diagnostics[before...].contains(where: { $0.severity == .error })
        else { return nil }
        let statement = Statement(
            sid: plain.sid?.text,
            index: index,
            effect: plain.effect,
            principal: principal,
            actions: actions,
            resources: resources,
            conditions: conditions ?? [],
            span: span
        )
        return LocatedStatement(statement: statement, sid: plain.sid)
    }
}

// Elements that documents do not have in common: whom one trusts, and which resource it is about.
extension PolicyParser {
    /// A principal of the kinds that nearly all are; nil for one that is read with care.
    private static func plainPrincipal(_ view: JSONView) -> PrincipalElement? {
        var kinds = view.children
        guard let list = kinds.next(), kinds.isEmpty, let kind = list.plainKey,
            let texts = PlainTexts(list)
        else { return nil }
        let isService = kind.elementsEqual("Service".utf8)
        guard isService || kind.elementsEqual("AWS".utf8) else { return nil }
        var entries: [PrincipalEntry] = []
        var spans: [SourceSpan] = []
        var spellings: [String] = []
        for view in texts {
            guard let bytes = view.plainText,
                case let text = String(decoding: bytes, as: UTF8.self),
                let entry = isService
                    ? plainService(bytes, text) : plainEntity(bytes, text)
            else { return nil }
            entries.append(entry)
            spans.append(view.span)
            spellings.append(text)
        }
        return PrincipalElement(
            entries: entries,
            isNegated: false,
            spans: spans,
            texts: spellings
        )
    }

    private static func plainService(
        _ bytes: UnsafeRawBufferPointer,
        _ text: String
    ) -> PrincipalEntry? {
        let dot = UInt8(ascii: ".")
        let isName = bytes.allSatisfy { ActionName.isPrefixByte($0) || $0 == dot }
        return isName && bytes.contains(dot) ? .service(text) : nil
    }

    /// An account by its root, or a role of one.
    private static func plainEntity(
        _ bytes: UnsafeRawBufferPointer,
        _ text: String
    ) -> PrincipalEntry? {
        let head = "arn:aws:iam::".utf8
        let digits = bytes.dropFirst(head.count).prefix(12)
        guard bytes.starts(with: head), digits.count == 12,
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        let rest = bytes[digits.endIndex...]
        if rest.elementsEqual(":root".utf8) {
            return AccountID(String(decoding: digits, as: UTF8.self)).map { .account($0) }
        }
        let role = ":role/".utf8
        guard rest.starts(with: role), rest.count > role.count, rest.last != UInt8(ascii: "/"),
            !rest.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") })
        else { return nil }
        return ARN(text).map { .role($0) }
    }

    /// Patterns of which there is nothing to say; nil for others.
    func plainResources(_ view: JSONView, isNegated: Bool) -> ResourceElement? {
        guard let texts = PlainTexts(view) else { return nil }
        var patterns: [ResourcePattern] = []
        for view in texts {
            guard let bytes = view.plainText else { return nil }
            let pattern = ResourcePattern(
                String(decoding: bytes, as: UTF8.self),
                variables: variables,
                completion: grammar.completion
            )
            guard
                pattern.isEverything
                    || bytes.starts(with: "arn:".utf8)
                        && !(pattern.isIncomplete && grammar.completion == .asWritten)
            else { return nil }
            patterns.append(pattern)
        }
        return ResourceElement(patterns: patterns, isNegated: isNegated)
    }

    /// What may be a text or a list of some; nil for an empty list.
    private struct PlainTexts: Sequence, IteratorProtocol {
        private var alone: JSONView?
        private var rest: JSONView.Children

        init?(_ view: JSONView) {
            rest = view.children
            switch view.kind {
            case .string: alone = view
            case .array where !rest.isEmpty: alone = nil
            case .array, .null, .true, .false, .number, .object: return nil
            }
        }

        mutating func next() -> JSONView? {
            guard let only = alone else { return rest.next() }
            alone = nil
            return only
        }
    }
}
