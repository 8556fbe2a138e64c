import Authorization
import JSONSource

// Expectations that no decision can meet, because one field denies what another asserts: warnings,
// since the check fails by itself.
extension FieldReader {
    /// Holds `because` and `blockedBy` of a step against its `expect` (formats, section 2).
    mutating func checkReasons(
        _ step: ObjectReader,
        _ verdict: Expectation.Verdict,
        at place: SourceSpan
    ) {
        if verdict == .undetermined, step.present("unknownKeys") == nil {
            let message =
                "no key of the step is unknown, so the verdict is undetermined only where the "
                + "organization says \"$missing\""
            diagnostics.append(.warning("scenario.contradiction", message, at: place))
        }
        let blocking = step.present("blockedBy")?.elements
        if let list = step.present("blockedBy"), let blocking {
            checkBlocking(list, blocking, verdict, at: place)
        }
        guard let because = step.present("because") else { return }
        if because.elements?.isEmpty == true { warnEmpty(because) }
        for pattern in elements(because) {
            if pattern.members?.isEmpty == true { warnEmpty(pattern) }
            checkPattern(pattern, verdict, at: place)
            if verdict.denies, let blocking, let type = pattern["policyType"],
                let name = type.string, PolicyType(rawValue: name) != nil,
                !blocking.contains(where: { $0.string == name }), let list = step.value["blockedBy"]
            {
                contradict(
                    "'\(name)' gives a reason, but does not stand in 'blockedBy'",
                    at: type.span,
                    with: ("the exact set stands here", list.span)
                )
            }
        }
    }

    private mutating func checkBlocking(
        _ list: JSONValue,
        _ blocking: [JSONValue],
        _ verdict: Expectation.Verdict,
        at place: SourceSpan
    ) {
        let names = blocking.compactMap(\.string)
        let expected = ("'expect' stands here", place)
        if verdict == .undetermined { return }
        if !verdict.denies, let first = blocking.first {
            let message = "nothing stands in the way of what is expected to be \(verdict.rawValue)"
            contradict(message, at: first.span, with: expected)
        } else if verdict.denies, blocking.isEmpty {
            let message = "something always stands in the way of a denial: 'blockedBy' is empty"
            contradict(message, at: list.span, with: expected)
        } else if names.contains("serviceRule"), Set(names).count > 1 {
            let message = "a service's own rule is the only reason where it holds"
            contradict(message, at: list.span, with: expected)
        } else if verdict.denies {
            for value in blocking {
                checkKind(of: value, verdict, at: place)
            }
        }
    }

    /// Policy types that deny in one way only.
    private mutating func checkKind(
        of type: JSONValue,
        _ verdict: Expectation.Verdict,
        at place: SourceSpan
    ) {
        let name = type.string ?? ""
        let deniesExplicitly = ["resourceControlPolicy", "blockPublicAccess"].contains(name)
        if verdict == .implicitDeny, deniesExplicitly {
            let message = "'\(name)' denies explicitly only, so the denial is not implicit"
            contradict(message, at: type.span, with: ("'expect' stands here", place))
        }
        if verdict == .explicitDeny, name == "serviceRule" {
            let message = "a service's own rule denies implicitly"
            contradict(message, at: type.span, with: ("'expect' stands here", place))
        }
    }

    private mutating func checkPattern(
        _ pattern: JSONValue,
        _ verdict: Expectation.Verdict,
        at place: SourceSpan
    ) {
        if verdict == .invalid || verdict == .expiredToken {
            let message =
                "a call that is '\(verdict.rawValue)' is not decided, so it has no reasons"
            contradict(message, at: pattern.span, with: ("'expect' stands here", place))
            return
        }
        guard let kind = pattern["kind"], let name = kind.string.flatMap(Reason.Kind.init) else {
            return
        }
        let possible: [Reason.Kind] =
            switch verdict {
            case .allowed: [.allow]
            case .implicitDeny: [.implicitDeny]
            case .denied, .explicitDeny: [.explicitDeny, .implicitDeny]
            // What may stand in the way with some values of the unknown keys.
            case .undetermined: [.explicitDeny, .implicitDeny]
            case .invalid, .expiredToken: []
            }
        if !possible.contains(name) {
            let message =
                "a reason of kind '\(name.rawValue)' never stands behind '\(verdict.rawValue)'"
            contradict(message, at: kind.span, with: ("'expect' stands here", place))
        } else if name == .implicitDeny, let statement = pattern["statement"], !statement.isNull {
            let message = "what denies implicitly is a policy that is silent, not a statement"
            contradict(message, at: statement.span, with: ("'kind' stands here", kind.span))
        }
    }

    private mutating func warnEmpty(_ because: JSONValue) {
        let message = "'because' names nothing, so it holds of everything"
        diagnostics.append(.warning("scenario.empty-because", message, at: because.span))
    }

    mutating func contradict(
        _ message: String,
        at span: SourceSpan,
        with other: (message: String, span: SourceSpan)
    ) {
        let problem = Diagnostic.warning("scenario.contradiction", message, at: span)
        diagnostics.append(problem.noting(other.message, at: other.span))
    }

    /// Warns of names that a list holds twice.
    mutating func warnRepeated(
        _ names: [SourceString],
        in list: String,
        canonical: (String) -> String = { $0 }
    ) {
        diagnostics.warnRepeated("scenario.listed-twice", names, in: list, canonical: canonical)
    }
}

extension Expectation.Verdict {
    fileprivate var denies: Bool {
        switch self {
        case .denied, .explicitDeny, .implicitDeny: true
        case .allowed, .invalid, .expiredToken, .undetermined: false
        }
    }
}
