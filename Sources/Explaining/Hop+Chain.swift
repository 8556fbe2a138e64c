import Authorization
import OrganizationModel
import PolicyLanguage

extension Hop {
    /// The way to a caller, from who stands at its beginning; empty where there was none.
    static func hops(to caller: Caller, _ engine: Engine) -> [Hop] {
        var hops: [Hop] = []
        var caller = caller
        while let session = caller.session, let origin = session.origin {
            switch origin {
            case .call(let action, by: let before):
                hops.append(Hop(caller, call: action, session: session, engine))
                caller = before
            case .signIn(let person, let permissionSet):
                hops.append(
                    Hop(
                        caller,
                        call: "sign-in",
                        permissionSet: permissionSet,
                        session: session,
                        engine
                    )
                )
                hops.append(Hop(call: nil, name: "Identity Center user \(person)"))
                return hops.reversed()
            }
        }
        if !hops.isEmpty { hops.append(Hop(caller, call: nil, session: nil, engine)) }
        return hops.reversed()
    }

    private init(
        _ caller: Caller,
        call: String?,
        permissionSet: String? = nil,
        session: Session?,
        _ engine: Engine
    ) {
        self.init(
            call: call,
            name: CallerText.name(of: caller, in: engine.organization),
            arn: engine.principalARN(of: caller)?.description,
            permissionSet: permissionSet,
            session: session
        )
    }
}
