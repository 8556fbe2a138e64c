import JSONSource

// PERF: "organization loaded". An organization has as many documents of its own as it has resources.
// A statement whose elements stand where they belong is read in one pass over its members; for any
// other, ``statement(_:index:)`` finds the words.
extension PolicyParser {
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
                read: { parser, _ in parser.principal(view.member, isNegated: false) }
            )
        }
        let actions = element(
            plain.actions,
            isNegated: plain.actionsAreNegated,
            in: shared.actions,
            moved: { element, _ in element },
            read: { $0.actions($1, isNegated: plain.actionsAreNegated) }
        )
        let resources = plain.resources.flatMap { view in
            element(
                view,
                isNegated: plain.resourcesAreNegated,
                in: shared.resources,
                moved: { element, _ in element },
                read: { $0.resources($1, isNegated: plain.resourcesAreNegated) }
            )
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
        return (statement, plain.sid)
    }
}
