import Authorization
import Explaining
import JSONSource
import PolicyLanguage
import Scenarios

/// Where the request of `orgsim explain` comes from: exactly one of four.
enum ExplainSource {
    case typed
    case step(scenario: String, step: String)
    case message(String)
    case event(String)

    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        let options = arguments.options
        let given = ["--scenario", "--message", "--event"].filter { options[$0] != nil }
        guard given.count < 2 else {
            throw Arguments.UsageError(
                message: "'\(given[0])' and '\(given[1])' exclude each other"
            )
        }
        if let scenario = options["--scenario"] {
            guard let step = options["--step"] else {
                throw Arguments.UsageError(message: "--scenario needs --step N or --step NAME")
            }
            if options["--organization"] != nil {
                let message = "a scenario names its own organization: leave --organization out"
                throw Arguments.UsageError(message: message)
            }
            self = .step(scenario: scenario, step: step)
        } else if options["--step"] != nil {
            throw Arguments.UsageError(message: "--step needs --scenario FILE")
        } else if let message = options["--message"] {
            self = .message(message)
        } else if let event = options["--event"] {
            self = .event(event)
        } else {
            for option in ["--principal", "--action"] where options[option] == nil {
                let message = "'\(option)' is needed, or --scenario, --message or --event"
                throw Arguments.UsageError(message: message)
            }
            self = .typed
        }
    }
}

extension RequestText {
    /// What the options add to a request that came from elsewhere, or say of one that did not.
    mutating func apply(_ arguments: Arguments) {
        let options = arguments.options
        if let principal = options["--principal"] {
            self.principal = .text(principal)
            caller = nil
        }
        action = options["--action"] ?? action
        resource = options["--resource"] ?? resource
        resourceAccount = options["--resource-account"] ?? resourceAccount
        endpoint = options["--through"] ?? endpoint
        viaService = options["--via-service"] ?? viaService
        context = arguments.all("--context")
        without = arguments.all("--without")
        unknownKeys += arguments.all("--unknown")
    }
}
