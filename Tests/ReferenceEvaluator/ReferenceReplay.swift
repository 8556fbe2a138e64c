/// The steps of a scenario (formats.md section 2) on one organization, one after the other.
///
/// It keeps the clock and the saved sessions. `change` and `whoCan` are not for it, nor are lists
/// in `principal`, `action` and `resource`.
package struct ReferenceReplay: Sendable {
    var evaluator: ReferenceEvaluator
    let managed: AWSManagedPolicies
    private(set) var sessions: [String: SavedSession] = [:]

    /// Takes an organization apart.
    ///
    /// - Parameters:
    ///   - organization: The file's content with every `$ref` resolved.
    ///   - start: The instant of the first step, in seconds since 1970.
    package init(organization: JSON, start: Int) {
        evaluator = ReferenceEvaluator(organization: organization, now: start)
        managed = AWSManagedPolicies(organization["awsManagedPolicies"])
    }
}

extension ReferenceReplay {
    /// The instant of the next step, in seconds since 1970.
    package var now: Int {
        evaluator.now
    }

    /// The names of the sessions saved so far, in order.
    package var savedNames: [String] {
        sessions.keys.sorted()
    }
}

extension ReferenceReplay {
    /// Runs one step; nil for one that moves the clock.
    package mutating func run(_ step: JSON) -> ReferenceDecision? {
        if let text = step["advance"]?.text {
            evaluator.now += DurationText.seconds(text) ?? 0
            return nil
        }
        if let text = step["at"]?.text {
            evaluator.now = DateText.instant(text).map { Int($0 / 1_000_000_000) } ?? now
            return nil
        }
        let outcome = outcome(of: step)
        if let name = step["saveAs"]?.text, let session = outcome.session {
            save(session, as: name)
        }
        return outcome.decision
    }

    /// Keeps credentials for `$name`.
    mutating func save(_ session: SavedSession, as name: String) {
        sessions[name] = session
    }

    /// Runs steps in order; the decisions of those that decide something.
    package mutating func run(_ steps: [JSON]) -> [ReferenceDecision] {
        steps.compactMap { run($0) }
    }
}

extension ReferenceReplay {
    /// A verdict, with the credentials that an allowed call gives out.
    struct Outcome {
        var decision: ReferenceDecision
        var session: SavedSession?

        /// An outcome without credentials.
        static func only(_ decision: ReferenceDecision) -> Outcome {
            Outcome(decision: decision)
        }
    }

    func outcome(of step: JSON) -> Outcome {
        if let verb = step["assumeRoleWithSAML"] {
            return assumeRoleWithSAML(verb, step: step)
        }
        if let verb = step["assumeRoleWithWebIdentity"] {
            return assumeRoleWithWebIdentity(verb, step: step)
        }
        if let verb = step["signIn"] {
            return signIn(verb)
        }
        let caller: Caller
        if let name = step["principal"]?.text, name.hasPrefix("$") {
            guard let saved = sessions[String(name.dropFirst())] else {
                return .only(.unreadable)
            }
            // STS-35: nothing is evaluated.
            if saved.expires <= now {
                return .only(.expiredToken)
            }
            caller = saved.caller
        } else if let named = evaluator.caller(step) {
            caller = named
        } else {
            return .only(.unreadable)
        }
        if step["action"] != nil {
            return .only(evaluator.decide(step, caller: caller))
        }
        if let verb = step["assumeRole"] {
            return assumeRole(verb, caller: caller, step: step)
        }
        if let verb = step["getSessionToken"] {
            return getSessionToken(verb, caller: caller, step: step)
        }
        if let verb = step["getFederationToken"] {
            return getFederationToken(verb, caller: caller, step: step)
        }
        if let verb = step["assumeRoot"] {
            return assumeRoot(verb, caller: caller, step: step)
        }
        return .only(.unreadable)
    }

    /// One call: the union over its pairs (formats.md, "How reasons are counted").
    ///
    /// - Parameters:
    ///   - actions: The pairs' actions, the call's own first.
    ///   - resource: The resource of all of them.
    ///   - caller: Who calls.
    ///   - keys: The keys of the call.
    ///   - step: The step, for `context` and `through`.
    ///   - verb: The parameters, whose own `context` wins.
    /// - Returns: The decision on the call.
    func decide(
        _ actions: [String],
        on resource: String,
        caller: Caller,
        keys: [String: RequestContext.Value],
        step: JSON,
        verb: JSON
    ) -> ReferenceDecision {
        var members: [String: JSON] = ["resource": .string(resource)]
        for name in ["through", "overrideContext"] {
            members[name] = step[name]
        }
        members["context"] = .object(Self.merged(step["context"], verb["context"]))
        var decisions: [ReferenceDecision] = []
        for (index, action) in actions.enumerated() {
            members["action"] = .string(action)
            guard var request = evaluator.request(.object(members), caller: caller, keys: keys)
            else {
                return .unreadable
            }
            // A rule of the service is about the call, which is the first pair.
            if index == 0, let answer = ServiceRules.answer(request) {
                return answer
            }
            request.carriesSourceIdentity =
                request.name == "setsourceidentity" && caller.session?.sourceIdentity != nil
            let evaluation = Evaluation(organization: evaluator.organization, request: request)
            decisions.append(evaluation.decision())
        }
        for kind in ["explicitDeny", "implicitDeny"]
        where decisions.contains(where: { $0.decision == kind }) {
            let denials = decisions.filter { $0.decision != "allowed" }
            return ReferenceDecision(decision: kind, reasons: denials.flatMap(\.reasons))
        }
        return ReferenceDecision(decision: "allowed", reasons: decisions.flatMap(\.reasons))
    }

    /// Two contexts, keys without regard to case; the second wins.
    private static func merged(_ first: JSON?, _ second: JSON?) -> [String: JSON] {
        var members = first?.members ?? [:]
        for (key, value) in second?.members ?? [:] {
            for old in members.keys where old.lowercased() == key.lowercased() {
                members[old] = nil
            }
            members[key] = value
        }
        return members
    }
}
