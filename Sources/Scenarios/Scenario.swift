package import JSONSource
package import Analysis
package import Authorization
package import OrganizationModel
package import PolicyLanguage

/// A scenario file as read: an organization and the steps to replay on it.
package struct Scenario: Sendable {
    /// The path of the file.
    package let file: String
    package let name: String
    package let description: String?
    package let tags: [String]
    package let clock: Instant
    /// The organization as the file has it, before any step.
    package let state: OrganizationState
    package let engine: Engine
    package let steps: [Step]
    /// Whether every step was read.
    ///
    /// One with mistakes is replayed as far as it was understood, to find those that only show
    /// then, such as an unknown principal.
    package let isSound: Bool
    /// What stands in the file.
    let source: JSONValue

    /// How many steps one scenario may have.
    package static let stepLimit = 10_000

    /// The clock of scenarios and requests that do not set one.
    package static let defaultClock = Instant(seconds: 1_767_225_600)
}

/// One step of a scenario.
package struct Step: Sendable {
    package let index: Int
    package let name: String?
    package let span: SourceSpan
    package let verb: Verb
    /// How many requests the step asks.
    package let checkCount: Int

    init(index: Int, name: String?, span: SourceSpan, verb: Verb) {
        self.index = index
        self.name = name
        self.span = span
        self.verb = verb
        if case .action(let action) = verb {
            checkCount = action.principals.count * action.actions.count * action.resources.count
        } else {
            checkCount = 0
        }
    }

    // Indirect, since steps are passed around far more often than looked into.
    package indirect enum Verb: Sendable {
        case action(ActionStep)
        case session(SessionStep)
        case whoCan(WhoCanStep)
        case change(ChangeStep)
        case advance(ISODuration)
        /// With the place of the instant, should it lie in the past.
        case at(Instant, SourceSpan)
    }
}

/// A matrix of requests that share an expectation: every combination is a check.
package struct ActionStep: Sendable {
    package let principals: [PrincipalReference]
    package let actions: [ActionName]
    package let resources: [SourceString]
    package let circumstances: Circumstances
    package let expectation: Expectation
}

/// A call that obtains a session.
package struct SessionStep: Sendable {
    /// Nil for federation and sign-in, which no principal of the organization calls.
    package let principal: PrincipalReference?
    package let call: SessionCall
    package let circumstances: Circumstances
    package let expectation: Expectation
    package let saveAs: String?
}

/// A question with the principals expected in its answer.
package struct WhoCanStep: Sendable {
    package let action: ActionName
    package let resource: SourceString
    package let circumstances: Circumstances
    package let include: [WhoCan.Inclusion]
    package let followsRoles: Bool
    /// The exact set, if asserted.
    package let exactly: [SourceString]?
    package let includes: [SourceString]
    package let excludes: [SourceString]
}

/// Changes of the organization, made together or not at all.
package struct ChangeStep: Sendable {
    package let changes: [OrganizationChange]
    package let expectsRefusal: Bool
}

/// Everything about a request but who does what to which resource.
package struct Circumstances: Sendable {
    package var context = GivenContext()
    package var resourceAccount: SourceString?
    package var endpoint: SourceString?
    package var viaService: String?
    /// Policy types that are taken not to be there.
    package var without: Set<PolicyType> = []
    package var unknownKeys = UnknownKeys()

    package init() {}
}

/// A principal as written, to be looked up when its step is replayed.
package struct PrincipalReference: Sendable {
    package let form: Form
    package let span: SourceSpan

    package enum Form: Sendable {
        case named(String)
        case service(name: String, sourceAccount: String?, sourceARN: String?)
    }

    /// The principal as reports name it.
    package var text: String {
        switch form {
        case .named(let text): text
        case .service(let name, _, _): "service:\(name)"
        }
    }
}
