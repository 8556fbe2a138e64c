import Authorization
package import JSONSource
import PolicyLanguage
import ServiceCatalog

extension RecordedEvent {
    /// Reads one record; nil, with a diagnostic, for what is none.
    ///
    /// - Complexity: linear in the record.
    package static func read(_ record: JSONValue) -> Parsed<RecordedEvent?> {
        var draft = EventDraft()
        let event = draft.read(record)
        return Parsed(draft.diagnostics.hasErrors ? nil : event, draft.diagnostics)
    }
}

extension RecordedEvent.Need {
    fileprivate func isSame(as other: RecordedEvent.Need) -> Bool {
        action == other.action && resource == other.resource
    }
}

/// A record being read: what several of its parts need.
struct EventDraft {
    var diagnostics: [Diagnostic] = []
    var notes: [String] = []
    var context = GivenContext()
    var region = ""
    var callerAccount: String?
    var partition = "aws"
    /// Every action of the call, once they are known, the main one first.
    var actions: [ActionName] = []
    var action: ActionName? { actions.first }
    /// Whether the operation is known to need several.
    var needsSeveral = false
    var parameters: [JSONMember] = []
    /// Whether the record holds parameters at all; then it holds all that a policy can ask for.
    var hasParameters: Bool { !parameters.isEmpty }
    var isServiceCall = false
    var viaService: String?
    /// Whether the caller has a session of a role, and one that an EC2 instance handed out.
    var isRoleSession = false
    var isOnInstance = false
    var isRootSession = false
    /// What the keys of a token or assertion begin with that the caller showed.
    var hostOfToken: String?
    /// Whether the caller named an MFA device, and AWS denied the call.
    var isMFAUncertain = false
    /// Of a session of a token the provider's ARN or host.
    var provider = ""
    /// Whether the record tells where the call came from.
    var isAddressRecorded = false
}

extension EventDraft {
    fileprivate mutating func read(_ record: JSONValue) -> RecordedEvent? {
        guard let fields = ObjectReader(record, "the record", &diagnostics) else { return nil }
        let source = text("eventSource", of: fields)
        let name = text("eventName", of: fields)
        let time = fields.required("eventTime", &diagnostics)
        let identity = fields.required("userIdentity", &diagnostics)
        region = fields.string("awsRegion", &diagnostics) ?? ""
        parameters = fields.present("requestParameters")?.members ?? []
        guard let source, let name, let time, let identity,
            let who = ObjectReader(identity, "'userIdentity'", &diagnostics)
        else { return nil }
        guard let instant = time.string.flatMap({ Instant(iso8601: $0) }) else {
            let message = "'eventTime' must be a date and time such as 2026-01-15T09:00:00Z"
            diagnostics.append(.error("event.time", message, at: time.span))
            return nil
        }
        let outcome = outcome(fields)
        let principal = principal(who, outcome)
        readActions(name, source, fields)
        if case .denied(let denial) = outcome, let named = denial.message?.action,
            !actions.isEmpty, !actions.contains(named)
        {
            // AWS knows what a call needs: creating a function, also iam:PassRole.
            actions.append(named)
        }
        readNetwork(fields, who)
        readSession(who)
        readParameters()
        readTokenCode(outcome)
        let endpoint = endpoint(fields)
        var needs = actions.flatMap { self.needs($0, fields, outcome, principal) }
        for need in passedRoles() + tagsOfNewResources() {
            if !needs.contains(where: { $0.isSame(as: need) }) { needs.append(need) }
            if !actions.contains(need.action) { actions.append(need.action) }
        }
        return RecordedEvent(
            eventSource: source,
            eventName: name,
            eventID: fields.string("eventID", &diagnostics),
            instant: instant,
            principal: principal,
            needs: needs,
            context: context,
            endpoint: endpoint,
            viaService: viaService,
            outcome: outcome,
            issuer: identity["sessionContext"]?["sessionIssuer"]?["arn"]?.string,
            callerID: identity["principalId"]?.string,
            unrecordedKeys: unrecordedKeys(fields),
            notes: notes
        )
    }

    private mutating func text(_ field: String, of fields: ObjectReader) -> String? {
        guard let value = fields.required(field, &diagnostics) else { return nil }
        return SourceString(value, "'\(field)'", &diagnostics)?.text
    }

    /// Event types that are no calls of an API.
    ///
    /// Source: CloudTrail User Guide, "CloudTrail record contents" (eventType), 2026-11.
    private static let otherEvents = [
        "AwsServiceEvent": "a service did this by itself, it is no call",
        "AwsConsoleAction": "this happened in the console, it is no call of an API",
        "AwsConsoleSignIn": "signing in is no call that a policy decides about",
        "AwsCloudTrailInsight": "this is a finding about calls, not one of them",
    ]

    private mutating func readActions(
        _ name: String,
        _ source: String,
        _ fields: ObjectReader
    ) {
        let type = fields.string("eventType", &diagnostics) ?? "AwsApiCall"
        if let why = Self.otherEvents[type] {
            notes.append(why)
            return
        }
        switch ServiceCatalog.operation(event: name, source: source) {
        case .unknown(let why):
            notes.append(why)
        case .actions(let known):
            actions = variants(of: known)
            if action?.service == "sts" {
                // What an AssumeRole needs besides (STS-10, STS-14).
                let further = [
                    ("tags", "TagSession"), ("principalTags", "TagSession"),
                    ("sourceIdentity", "SetSourceIdentity"),
                ]
                actions += further.filter { parameter($0.0) != nil }
                    .compactMap { ActionName("sts:\($0.1)") }
            }
            needsSeveral = actions.count > 1
        }
    }

    func parameter(_ name: String) -> JSONValue? {
        parameters.first { $0.key == name }.flatMap { $0.value.isNull ? nil : $0.value }
    }
}

extension EventDraft {
    /// Error codes that mean a denial; services put `Client.` before some.
    ///
    /// Source: CloudTrail User Guide, "CloudTrail record contents" (errorCode); semantics MSG-6.
    private static let denials: Set = [
        "AccessDenied", "AccessDeniedException", "AuthorizationError",
        "AuthorizationErrorException",
        "UnauthorizedOperation", "VpceAccessDenied",
    ]

    private mutating func outcome(_ fields: ObjectReader) -> RecordedEvent.Outcome {
        guard let code = fields.string("errorCode", &diagnostics) else { return .succeeded }
        let plain = code.hasPrefix("Client.") ? String(code.dropFirst("Client.".count)) : code
        // A dry run answers so where the call would have been authorized.
        if plain == "DryRunOperation" { return .succeeded }
        guard Self.denials.contains(plain) else { return .failed(errorCode: code) }
        let text = fields.string("errorMessage", &diagnostics)
        let message = text.flatMap { try? PastedMessage($0) }
        let byEndpoint = StatedReason(.vpcEndpointPolicy, nil)
        return .denied(
            RecordedEvent.Denial(
                errorCode: code,
                errorMessage: text,
                message: message,
                stated: plain == "VpceAccessDenied" ? byEndpoint : message?.stated
            )
        )
    }
}
