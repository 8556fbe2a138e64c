/// The rules of `semantics.md` read literally, without regard to speed.
///
/// It shares no code with the engine: tests let the two disagree.
package struct ReferenceEvaluator: Sendable {
    let organization: Organization
    let identityCenter: JSON?
    /// The instant of all requests, in seconds since 1970.
    var now: Int

    /// Takes an organization apart.
    ///
    /// - Parameters:
    ///   - organization: The file's content with every `$ref` resolved.
    ///   - now: The instant of all requests, in seconds since 1970.
    package init(organization: JSON, now: Int) {
        self.organization = Organization(organization)
        identityCenter = organization["identityCenter"]
        self.now = now
    }

    /// Decides one request (formats.md section 3) without a `session`.
    package func decide(_ json: JSON) -> ReferenceDecision {
        caller(json).map { decide(json, caller: $0) } ?? .unreadable
    }

    /// Decides one request of a caller who is known already.
    func decide(_ json: JSON, caller: Caller) -> ReferenceDecision {
        guard let request = request(json, caller: caller) else {
            return .unreadable
        }
        if let answer = ServiceRules.answer(request) {
            return answer
        }
        return Evaluation(organization: organization, request: request).decision()
    }

    /// Whom the `principal` of a request or step names.
    func caller(_ json: JSON) -> Caller? {
        json["principal"].flatMap {
            Caller($0, organization: organization, identityCenter: identityCenter)
        }
    }
}

extension ReferenceEvaluator {
    /// Everything that follows from a request; `keys` are those of an STS call.
    func request(
        _ json: JSON,
        caller: Caller,
        keys: [String: RequestContext.Value] = [:]
    ) -> Request? {
        guard let action = json["action"]?.text, let colon = action.firstIndex(of: ":")
        else {
            return nil
        }
        let given = resourceARN(json["resource"]?.text ?? "*")
        let key = action.lowercased()
        // RES-7: an action without a resource type is decided on "*" whatever is given.
        let onAllBuckets = ActionFacts.decidedOnAllBuckets.contains(key)
        let hasType =
            !onAllBuckets && !ActionFacts.withoutResource.contains(key) && given != "*"
        var request = Request(
            caller: caller,
            action: action,
            service: String(key[..<colon]),
            name: String(key[key.index(after: colon)...]),
            resource: onAllBuckets ? "arn:aws:s3:::*" : hasType ? given : "*",
            requestedResource: given,
            hasResourceType: hasType
        )
        locate(&request, resourceAccount: json["resourceAccount"]?.text)
        // VPCE-3: a forwarded call does not go through the caller's endpoint.
        let via = json["viaService"]?.text
        if via == nil, let through = json["through"]?.text {
            request.endpointARN = through
            request.endpoint = organization.accounts.lazy.compactMap { $0.resources[through] }.first
        }
        var builder = RequestContextBuilder(organization: organization, now: now)
        builder.addRequestKeys(request)
        builder.addCallerKeys(caller)
        builder.addResourceKeys(request)
        builder.addEndpointKeys(request)
        if let via {
            builder.addForwardedKeys(request, via: via)
        }
        builder.addKeys(keys)
        builder.addGivenKeys(json)
        request.context = builder.context
        return request
    }

    /// `ACCOUNT:role/NAME`, `ACCOUNT:user/NAME` and `ACCOUNT:root` as ARNs.
    func resourceARN(_ text: String) -> String {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard !text.hasPrefix("arn:"), parts.count == 2,
            let account = organization.account(String(parts[0]))
        else {
            return text
        }
        if parts[1].hasPrefix("role/"), let role = Account.find(parts[1], in: account.roles) {
            return role.arn
        }
        if parts[1].hasPrefix("user/"), let user = Account.find(parts[1], in: account.users) {
            return user.arn
        }
        return "arn:aws:iam::\(account.id):\(parts[1])"
    }

    /// Finds the listed resource, the owner, and the role or user a request is about.
    private func locate(_ request: inout Request, resourceAccount: String?) {
        guard request.hasResourceType else {
            request.ownerID = request.caller.account?.id
            request.owner = request.caller.account
            return
        }
        var arn: String? = request.resource
        while let current = arn, request.listed == nil {
            if let account = organization.accounts.first(where: {
                $0.resources[current] != nil
            }) {
                request.listed = account.resources[current]
                request.owner = account
                request.ownerID = account.id
            }
            // RBP-3: the policies of Lambda are exact.
            arn = request.segment(2) == "lambda" ? nil : ARNText.parent(of: current)
        }
        let inARN = request.segment(4)
        if request.listed != nil {
            // The account that lists it owns it.
        } else if inARN.count == 12, inARN.allSatisfy(\.isNumber) {
            request.ownerID = inARN
        } else if request.segment(2) == "s3", let resourceAccount {
            request.ownerID = organization.account(resourceAccount)?.id ?? resourceAccount
        } else {
            request.ownerID = request.caller.account?.id
        }
        if let id = request.ownerID, request.owner == nil {
            request.owner = organization.account(id)
        }
        request.role = request.owner?.roles.values.first { $0.arn == request.resource }
        request.user = request.owner?.users.values.first { $0.arn == request.resource }
    }
}
