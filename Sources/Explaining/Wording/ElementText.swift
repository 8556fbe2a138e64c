import Authorization
import PolicyLanguage

/// What `Principal`, `Action` and `Resource` of a statement made of the request, as sentences.
struct ElementText {
    let context: RequestContext
    let isUnknown: (ConditionKey) -> Bool

    func principal(_ element: PrincipalElement, _ examined: Trace.Examined) -> String {
        let list = ValueText.list(element.texts)
        guard let grade = examined.grade else {
            return element.isNegated
                ? "NotPrincipal: the caller is one of \(list)"
                : "Principal: the caller is none of \(list)"
        }
        guard !element.isNegated else { return "NotPrincipal: the caller is not spared by \(list)" }
        // Where the principal is not asked, the element says everyone.
        let entry = examined.principal ?? .everyone
        let written = element.entries.firstIndex(of: entry).map { element.texts[$0] }
        let name = ValueText.quoted(written ?? entry.description)
        if entry == .everyone { return "Principal: \(name) means everyone" }
        return switch grade {
        case .delegation: "Principal: \(name) is the caller's account"
        case .limited: "Principal: \(name) is behind the caller's session"
        case .direct: "Principal: \(name) is the caller"
        }
    }

    func action(_ element: ActionElement, _ action: ActionName) -> String {
        let texts = element.patterns.map(\.text)
        let hit = element.patterns.firstIndex { $0.matches(action) }
        let list = ValueText.list(texts, first: element.nearest(to: action)?.index)
        switch (element.isNegated, hit) {
        case (false, let hit?): return "Action: \(action) fits \(Self.single(texts, hit))"
        case (false, nil): return "Action: \(action) fits none of \(list)"
        case (true, let hit?): return "NotAction: \(action) fits \(Self.single(texts, hit))"
        case (true, nil): return "NotAction: \(action) fits none of \(list)"
        }
    }

    func resource(_ element: ResourceElement, _ requested: RequestedResource) -> String {
        let name = element.isNegated ? "NotResource" : "Resource"
        let texts = element.patterns.map(\.text)
        let hit = element.patterns.firstIndex { $0.matches(requested, in: context) }
        let patterns = hit.map { [element.patterns[$0]] } ?? element.patterns
        let variables = ValueText.variables(
            patterns.flatMap { $0.putIn(from: context) },
            isUnknown
        )
        if let hit {
            return "\(name): the resource fits \(Self.single(texts, hit))\(variables)"
        }
        let list = ValueText.list(texts)
        if case .none = requested {
            return "\(name): the request is on \"*\", which none of \(list) covers"
        }
        return "\(name): the resource fits none of \(list)\(variables)"
    }

    /// The one that fits, and how many others there are.
    private static func single(_ texts: [String], _ hit: Int) -> String {
        texts.count == 1 ? ValueText.list(texts) : ValueText.list(texts, leading: hit)
    }
}

extension ValueText {
    /// The value that matters, the others counted only.
    static func list(_ texts: [String], leading index: Int) -> String {
        "[\(quoted(texts[index])), … and \(texts.count - 1) more]"
    }
}
