import Authorization
import Explaining
import OrganizationModel
import PolicyLanguage
import Testing

/// Others who ask for the same: of the caller's account, from his identity provider, or the same
/// service on behalf of another account.
struct Neighbours {
    private let requests: [Request]
    private let engine: Engine

    init(of request: Request?, in engine: Engine) {
        self.engine = engine
        requests = request.map { Self.neighbours(of: $0, in: engine) } ?? []
    }

    /// A Deny that names the caller must leave each of them as he was.
    func areSpared(
        by fix: Fix,
        in changed: OrganizationState,
        _ place: @autoclosure () -> String
    ) {
        guard fix.edits.contains(where: { $0.sentence.contains(" that denies ") }) else { return }
        let after = Engine(changed.organization)
        for request in requests {
            let old = engine.decide(request).outcome
            let new = after.decide(request).outcome
            #expect(
                old == new,
                "\(place()): \(fix.edits.map(\.sentence)) hits \(request.caller)"
            )
        }
    }

    private static func neighbours(of request: Request, in engine: Engine) -> [Request] {
        // Keys that are given whoever calls make everybody the same.
        if request.context.entries.contains(where: { GivenContext.isSetByAWS($0.key) }) {
            return []
        }
        func with(_ caller: Caller?) -> [Request] {
            guard let caller else { return [] }
            var copy = request
            copy.caller = caller
            return [copy]
        }
        switch request.caller {
        case .root(let id, _), .assumedRoot(let id, _):
            return entities(of: id, in: engine, at: request.instant).flatMap { with($0) }
        case .user(let entity, _), .role(let entity, _):
            let others = entities(of: entity.account, in: engine, at: request.instant, but: entity)
            return with(.root(entity.account, nil)) + others.flatMap { with($0) }
        case .federatedUser(let id, let user, _):
            let others = entities(of: id, in: engine, at: request.instant, but: user)
            return others.flatMap { with($0) } + (user == nil ? [] : with(.root(id, nil)))
        case .service(let service):
            var found = with(
                .service(
                    ServiceCaller(
                        name: "neighbour.amazonaws.com",
                        sourceAccount: service.sourceAccount,
                        sourceARN: service.sourceARN
                    )
                )
            )
            let isGiven = request.context.entries.contains {
                $0.key.canonical == "aws:sourceaccount"
            }
            if service.sourceAccount != nil, !isGiven {
                let other = AccountID("999999999999")
                found += with(.service(ServiceCaller(name: service.name, sourceAccount: other)))
            }
            return found
        case .federation(let provider, let keys):
            let others = keys.map { key in
                key.key.canonical.hasSuffix(":sub")
                    ? Session.Key(key.key, .single("neighbour")) : key
            }
            let differs = keys.contains { $0.key.canonical.hasSuffix(":sub") }
            let isGiven = request.context.entries.contains { $0.key.canonical.hasSuffix(":sub") }
            return differs && !isGiven ? with(.federation(provider: provider, keys: others)) : []
        case .outsider: return []
        case .anonymous:
            let owner = engine.view(of: request)?.owner?.id
            return with(owner.map { .root($0, nil) })
                + with(.service(ServiceCaller(name: "neighbour.amazonaws.com")))
        }
    }

    /// A user and a role of an account.
    private static func entities(
        of id: AccountID,
        in engine: Engine,
        at instant: Instant,
        but entity: IAMEntity? = nil
    ) -> [Caller] {
        guard let account = engine.organization.account(id) else { return [] }
        let resolver = CallerResolver(organization: engine.organization, instant: instant)
        let user = account.users.first { $0.entity != entity }.map { Caller.user($0.entity, nil) }
        let role = account.roles.first { $0.entity != entity && !$0.isServiceLinked }
        let session = role.flatMap { try? resolver.caller($0.arn.description) }
        return [user, session].compactMap { $0 }
    }
}
