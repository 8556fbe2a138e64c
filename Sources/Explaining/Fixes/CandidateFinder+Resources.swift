import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage
import ServiceCatalog

// The resource's side: trust policies, resource policies, grants of keys, public access.
extension CandidateFinder {
    func trustGrants(_ grant: Grant, _ view: RequestView) -> [Candidate] {
        guard let source = trust(view) else { return [] }
        return principals(grant).map { principal in
            let statement = grant.statement(
                .allow,
                for: principal.element,
                hasResource: false,
                condition: principal.condition
            )
            let what = grant.actions.joined(separator: " and ")
            let sentence =
                "add to \(source.title) a statement that allows \(principal.name) \(what)"
            return Candidate(.exact, sentence, [.document(source.place, .append(statement))])
        }
    }

    /// The entity behind the caller; where a boundary or a session policy limits him also the
    /// session itself, which they do not limit (EVAL-13).
    private func principals(_ grant: Grant) -> [PrincipalClause] {
        guard let entity = grant.principal else { return [] }
        guard case .role = grant.caller, let session = grant.view.caller,
            grant.view.permissionsBoundary != nil || grant.view.sessionPolicies != nil
        else { return [entity] }
        let element = JSONOutput.fields(["AWS": .string(session.description)])
        return [entity, PrincipalClause(element, "the session '\(session)'")]
    }

    func resourceGrants(
        _ grant: Grant,
        _ view: RequestView,
        _ request: Request,
        _ reach: Fix.Reach
    ) -> [Candidate] {
        guard request.action.service != "sts", let place = policyPlace(view), place.takesPolicy
        else { return [] }
        var found = principals(grant).map { principal in
            let statement = grant.statement(
                .allow,
                for: principal.element,
                hasResource: true,
                condition: principal.condition
            )
            let sentence =
                "add to the resource policy of '\(place.arn)' a statement that allows "
                + "\(principal.name) \(grant.what)"
            return Candidate(
                reach,
                sentence,
                place.beginning + [.document(place.policy, .append(statement))]
            )
        }
        // Everybody is let in only where nothing keeps public policies out.
        if case .anonymous = request.caller {
            found += found.map { candidate in
                let open = blocks(view, ["blockPublicPolicy", "restrictPublicBuckets"])
                return Candidate(
                    open.flatMap(\.edits) + candidate.edits,
                    open.flatMap(\.steps) + candidate.steps
                )
            }
        }
        if let key = keyGrant(grant, place, request) { found.append(key) }
        return found
    }

    /// Where the policy about a resource stands, or would stand.
    struct PolicyPlace {
        let arn: String
        let policy: Place
        let resource: Place
        let takesPolicy: Bool
        /// What makes a policy out of none: the policy a key has by default (KMS-1).
        let beginning: [Candidate.Step]
    }

    func policyPlace(_ view: RequestView) -> PolicyPlace? {
        guard let arn = view.resource, let owner = view.owner else { return nil }
        let holder = view.governing?.arn ?? ServiceCatalog.policyHolder(of: arn)
        guard let holder else { return nil }
        let key = state.key(ofResource: holder.description, in: owner) ?? holder.description
        let resource = Place.account(owner.name, ["resources", key])
        let policy = Place.account(owner.name, ["resources", key, "policy"])
        var beginning: [Candidate.Step] = []
        if holder.service == "kms" {
            let original = Self.defaultKeyPolicy(owner.rootARN)
            beginning = [.document(policy, .replace { $0 ?? original })]
        }
        return PolicyPlace(
            arn: holder.description,
            policy: policy,
            resource: resource,
            takesPolicy: view.takesPolicy,
            beginning: beginning
        )
    }

    /// Source: KMS Developer Guide, "Default key policy" (KMS-1, KMS-2).
    private static func defaultKeyPolicy(_ root: ARN) -> JSONValue {
        let statement = JSONOutput.fields([
            "Sid": .string("Enable IAM User Permissions"), "Effect": .string("Allow"),
            "Principal": .fields(["AWS": .string(root.description)]),
            "Action": .string("kms:*"), "Resource": .string("*"),
        ])
        return JSONValue(
            written: .fields([
                "Version": .string("2012-10-17"), "Id": .string("key-default-1"),
                "Statement": .array([statement]),
            ])
        )
    }

    /// A grant on the key, for operations that grants know (KMS-6).
    private func keyGrant(_ grant: Grant, _ place: PolicyPlace, _ request: Request) -> Candidate? {
        guard request.action.service == "kms", grant.actions.count == 1, let arn = grant.view.entity
        else { return nil }
        let operation = String(grant.actions[0].dropFirst("kms:".count))
        let value = JSONOutput.fields([
            "granteePrincipal": .string(arn.description), "operations": .strings([operation]),
        ])
        guard case .account(let account, let path) = place.resource else { return nil }
        return Candidate(
            .shared,
            "create a grant of \(operation) on '\(place.arn)' for '\(arn)'",
            [
                .document(
                    .account(account, path + ["grants"]),
                    .replace { list in
                        let new = JSONValue(written: value)
                        let all = (list?.elements ?? []) + [new]
                        return JSONValue(.array(all), at: new.span, origin: .edited)
                    }
                )
            ]
        )
    }

    /// RestrictPublicBuckets and its kin: the public statements narrowed to the caller, or the
    /// switches turned off.
    func publicAccess(_ view: RequestView, _ request: Request) -> [Candidate] {
        guard let place = policyPlace(view), let value = state.value(at: place.policy),
            let document = PolicyParser.parse(value, as: .resource).value
        else { return [] }
        var found: [Candidate] = []
        if let principal = Grant([request], view).principal, principal.element != .string("*") {
            let narrowed = document.statements.filter { $0.isPublic }.map { statement in
                Candidate.Step.document(
                    place.policy,
                    .statement(statement.index) {
                        let named = $0.setting(["NotPrincipal"], to: nil)?
                            .setting(["Principal"], to: JSONValue(written: principal.element))
                        return principal.condition.reduce(named) {
                            $0?.adding(condition: $1.operator, $1.key, $1.value)
                        }
                    }
                )
            }
            let sentence =
                "narrow the public statements of the resource policy of '\(place.arn)' to "
                + principal.name
            found.append(Candidate(.shared, sentence, narrowed))
        }
        let off = blocks(view, ["restrictPublicBuckets"])
        found.append(Candidate(off.flatMap(\.edits), off.flatMap(\.steps)))
        return found.filter { !$0.steps.isEmpty }
    }

    /// Switches of Block Public Access that are on, each turned off.
    private func blocks(_ view: RequestView, _ names: [String]) -> [Candidate] {
        guard let owner = view.owner else { return [] }
        var found: [Candidate] = []
        let bucket = policyPlace(view).flatMap { place -> (String, [String])? in
            guard case .account(_, let path) = place.resource else { return nil }
            return (place.arn, path)
        }
        let holders =
            [("the account '\(owner.name)'", [])] + (bucket.map { [("'\($0)'", $1)] } ?? [])
        for (title, path) in holders {
            for name in names {
                let full = path + ["blockPublicAccess", name]
                guard let flag = state.value(at: full, in: owner), case .bool(true) = flag.content
                else { continue }
                let new = JSONValue(written: .bool(false))
                found.append(
                    Candidate(
                        .setting,
                        "turn off \(name) of \(title)",
                        [.before(.put(full, account: owner.name, value: new))]
                    )
                )
            }
        }
        return found
    }
}

extension RequestView {
    /// Whether a policy at the resource could let anybody in; one that is listed shows it, but that
    /// of a VPC endpoint is about calls through it (VPCE-1).
    var takesPolicy: Bool {
        guard let resource, resource.service != "ec2" else { return false }
        return governing?.policy != nil
            || ServiceCatalog.takesPolicy(ServiceCatalog.policyHolder(of: resource) ?? resource)
    }
}

extension Statement {
    /// Whether S3 would call a policy of this statement alone public.
    fileprivate var isPublic: Bool {
        PublicPolicy.isPublic(
            PolicyDocument(version: .v2012, id: nil, statements: [self], at: span, size: 0)
        )
    }
}
