package import Authorization
package import OrganizationModel
package import PolicyLanguage

/// One CloudTrail record, read as the request it was.
///
/// A record holds less than the request did: ``unrecordedKeys`` lists what may have been there and
/// is not written down. What cannot be told is said, never guessed. Source: CloudTrail User Guide,
/// "CloudTrail record contents" and "CloudTrail userIdentity element", 2026-11.
package struct RecordedEvent: Sendable {
    package let eventSource: String
    package let eventName: String
    package let eventID: String?
    package let instant: Instant
    package let principal: Principal
    /// What the call needed, the main action first; empty where none is known.
    package let needs: [Need]
    /// The condition keys that the record tells, also those that only AWS sets.
    package let context: GivenContext
    package let endpoint: Endpoint?
    /// The service that made the call on the caller's behalf.
    package let viaService: String?
    package let outcome: Outcome
    /// The ARN of the role that the caller's session is of, where the record tells it.
    package let issuer: String?
    /// The id by which IAM knows whoever called.
    package let callerID: String?
    /// Condition keys that a record never holds, or this one does not; `*` ends a family.
    package let unrecordedKeys: [String]
    /// What could not be told and what to know of it, in sentences without period.
    package let notes: [String]

    /// Who called.
    package enum Principal: Sendable, Hashable {
        /// An ARN, or `anonymous`: a form of formats.md, section 2.
        case named(String)
        case service(String, sourceAccount: String?, sourceARN: String?)
        /// Somebody of another account, of whom only the unique id is recorded.
        case stranger(account: AccountID, uniqueID: String)
        /// Somebody with a token or assertion, before he has a role.
        case federation(provider: String, audience: String?, subject: String?)
        /// Why nobody can be named, as one sentence without period.
        case unknown(String)
    }

    /// One action of the call and what that was for: a copy reads one object and writes another.
    package struct Need: Sendable, Hashable {
        package let action: ActionName
        package let resource: Resource
        /// The owner of the resource, where the record tells it.
        package let resourceAccount: AccountID?
        /// Keys, and families such as `aws:RequestTag/*`, that requests for such a resource do not
        /// carry, while those for others of the call do (ACT-6).
        package let absentKeys: [String]
        /// Whether it is known that the call needs it; a service may check what no list of AWS tells.
        package let isCertain: Bool

        init(
            _ action: ActionName,
            _ resource: Resource,
            resourceAccount: AccountID? = nil,
            absentKeys: [String] = [],
            isCertain: Bool = true
        ) {
            self.action = action
            self.resource = resource
            self.resourceAccount = resourceAccount
            self.absentKeys = absentKeys
            self.isCertain = isCertain
        }
    }

    /// What an action was for.
    package enum Resource: Sendable, Hashable {
        /// As formats.md, section 2, writes resources.
        case named(String)
        /// One of those whose ARNs begin so, the record does not tell which; `example` might be it.
        case someOf(String, example: String)
        /// The role of an instance profile.
        case roleOf(instanceProfile: String, AccountID)
        /// The action works on nothing in particular.
        case none
        /// The record does not tell.
        case unrecorded
    }

    /// The VPC endpoint the call came through.
    package struct Endpoint: Sendable, Hashable {
        package let id: String
        /// As it would be if the endpoint belongs to the account that the record names for it, or
        /// else to the caller's.
        package let arn: ARN
    }

    /// What came of the call.
    package enum Outcome: Sendable, Hashable {
        case succeeded
        case denied(Denial)
        /// Authorized and failed, or failed before: the record does not tell which.
        case failed(errorCode: String)
    }

    package struct Denial: Sendable, Hashable {
        package let errorCode: String
        package let errorMessage: String?
        /// The message read; nil where it names no caller and action.
        package let message: PastedMessage?
        package let stated: StatedReason?
    }
}

extension RecordedEvent {
    /// Each once.
    package var actions: [ActionName] {
        var seen: Set<ActionName> = []
        return needs.map(\.action).filter { seen.insert($0).inserted }
    }
    package var action: ActionName? { needs.first?.action }
    /// What the main action was for.
    package var resource: Resource { needs.first?.resource ?? .unrecorded }
    package var resourceAccount: AccountID? { needs.first?.resourceAccount }
}

extension RecordedEvent.Outcome {
    /// What AWS says of one action of the call: a message names one, and tells of no other.
    package func statement(of action: ActionName) -> RecordedEvent.Denial? {
        guard case .denied(let denial) = self else { return nil }
        return denial.message.map { $0.action == action } ?? true ? denial : nil
    }

    /// As above, where the action was asked about several resources: of the one that is named.
    package func statement(
        on need: RecordedEvent.Need,
        among needs: [RecordedEvent.Need]
    ) -> RecordedEvent.Denial? {
        guard let denial = statement(of: need.action) else { return nil }
        let alike = needs.filter { $0.action == need.action }
        guard alike.count > 1, let stated = denial.message?.resource else { return denial }
        let isNamed = alike.contains { $0.resource.text == stated }
        return !isNamed || need.resource.text == stated ? denial : nil
    }
}

extension RecordedEvent.Resource {
    /// Nil where the record does not tell.
    package var text: String? {
        switch self {
        case .named(let text): text
        case .none: "*"
        case .someOf, .roleOf, .unrecorded: nil
        }
    }
}

extension RecordedEvent.Principal {
    /// The principal as people write it; nil where the organization does not know him either.
    package func text(in organization: Organization) -> String? {
        switch self {
        case .named(let text): text
        case .service(let name, _, _): "service:\(name)"
        case .stranger(let id, let uniqueID):
            organization.account(id).flatMap { account in
                // A session's id is that of its role with the session's name behind it.
                let entity = uniqueID.prefix { $0 != ":" }
                let role = account.roles.first { $0.uniqueID == entity }
                let user = account.users.first { $0.uniqueID == entity }
                return (role?.arn ?? user?.arn)?.description
            }
        case .federation, .unknown: nil
        }
    }
}
