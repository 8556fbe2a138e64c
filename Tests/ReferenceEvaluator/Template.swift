/// A text of a policy in which variables may stand (VAR-1 to VAR-5).
struct Template {
    enum Part: Equatable {
        /// Text as written; its wildcards are wildcards.
        case text(String)
        /// `${*}`, `${?}` and `${$}`: the character itself, never a wildcard (VAR-4).
        case escaped(String)
        /// `${key}` or `${key, 'default'}`; the key in lower case.
        case variable(key: String, fallback: String?)
    }

    let parts: [Part]

    /// Reads variables where the version of the document knows them (GRAM-3).
    init(_ source: String, variables: Bool) {
        guard variables else {
            parts = [.text(source)]
            return
        }
        var parts: [Part] = []
        var rest = Substring(source)
        while let start = rest.firstRange(of: "${") {
            let after = rest[start.upperBound...]
            guard let end = after.firstIndex(of: "}") else {
                break
            }
            if start.lowerBound > rest.startIndex {
                parts.append(.text(String(rest[..<start.lowerBound])))
            }
            parts.append(Template.part(inside: String(after[..<end])))
            rest = after[after.index(after: end)...]
        }
        if !rest.isEmpty {
            parts.append(.text(String(rest)))
        }
        self.parts = parts
    }

    private static func part(inside body: String) -> Part {
        if ["*", "?", "$"].contains(body) {
            return .escaped(body)
        }
        // VAR-5: a comma, one space, text in single quotes.
        if let separator = body.firstRange(of: ", '"), body.hasSuffix("'"),
            separator.upperBound <= body.index(before: body.endIndex)
        {
            let fallback = body[separator.upperBound..<body.index(before: body.endIndex)]
            let key = body[..<separator.lowerBound]
            return .variable(key: key.lowercased(), fallback: String(fallback))
        }
        return .variable(key: body.lowercased(), fallback: nil)
    }
}

extension Template {
    /// The parts with variables replaced by literal text; nil where one has no value (VAR-6, VAR-7).
    func resolved(in context: RequestContext) -> [Part]? {
        var result: [Part] = []
        for part in parts {
            guard case .variable(let key, let fallback) = part else {
                result.append(part)
                continue
            }
            // VAR-1: a multivalued key cannot be a variable; it counts as absent.
            if case .single(let value)? = context[key] {
                result.append(.escaped(value))
            } else if let fallback, context[key] == nil || context[key]?.isMultivalued == true {
                result.append(.escaped(fallback))
            } else {
                return nil
            }
        }
        return result
    }

    /// The plain text with variables replaced.
    func text(in context: RequestContext) -> String? {
        resolved(in: context)?.map { part in
            switch part {
            case .text(let text), .escaped(let text):
                text
            case .variable:
                ""
            }
        }.joined()
    }

    /// The pattern of a text in which `*` and `?` reach everywhere.
    func pattern(in context: RequestContext) -> Pattern? {
        guard let parts = resolved(in: context) else {
            return nil
        }
        var pattern = Pattern()
        for part in parts {
            switch part {
            case .text(let text):
                pattern.append(wildcards: text)
            case .escaped(let text):
                pattern.append(literal: text)
            case .variable:
                continue
            }
        }
        return pattern
    }
}
