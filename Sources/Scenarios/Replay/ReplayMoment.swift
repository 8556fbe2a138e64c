import Authorization
import JSONSource
import PolicyLanguage

/// What is asked between two changes of a scenario's state is asked of this, in any order.
struct ReplayMoment: Sendable {
    let engine: Engine
    /// The callers that `saveAs` named; nil for one whose session was not obtained.
    let sessions: [String: Caller?]
    let resolver: RequestResolver
    let targets: TargetNames

    init(_ engine: Engine, at clock: Instant, sessions: [String: Caller?]) {
        self.engine = engine
        self.sessions = sessions
        resolver = RequestResolver(engine, at: clock)
        targets = TargetNames(engine, at: clock)
    }

    /// Who a principal is at this moment, or why a check on him fails.
    enum Found {
        case caller(Caller)
        /// His session was not obtained, so nothing can be asked of him.
        case missing(String)
    }

    func find(_ reference: PrincipalReference, _ diagnostics: inout [Diagnostic]) -> Found? {
        guard case .named(let text) = reference.form, text.hasPrefix("$") else {
            return resolver.caller(reference, &diagnostics).map { .caller($0) }
        }
        let name = String(text.dropFirst())
        guard let saved = sessions[name] else {
            let near = NearestName.of(name, among: sessions.keys.sorted())
            let hint = near.map { ", did you mean '$\($0)'?" } ?? ""
            let message = "no step before has saved a session '\(name)'\(hint)"
            diagnostics.append(.error("scenario.session", message, at: reference.span))
            return nil
        }
        guard let caller = saved else { return .missing("the session '\(name)' was not obtained") }
        return .caller(caller)
    }
}
