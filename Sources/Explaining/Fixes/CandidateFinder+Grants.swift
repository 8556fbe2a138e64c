import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage
import ServiceCatalog

// Policies of the caller's side that do not allow.
extension CandidateFinder {
    /// A level of service control policies: a small policy of its own, or a statement in one that
    /// is attached there.
    func controlGrants(
        _ reason: Reason,
        _ grant: Grant,
        _ view: RequestView,
        _ request: Request
    ) -> [Candidate] {
        guard let target = reason.target else { return [] }
        let attached =
            organization.node(target)?.serviceControlPolicies
            ?? organization.account(named: target)?.serviceControlPolicies ?? []
        var found = near(attached, view, request, "the service control policies of '\(target)'")
        let statement = grant.statement(.allow)
        let name = controlPolicyName(.serviceControlPolicy, grant.policyName("Allow"), statement)
        let document = JSONValue(written: Grant.document(statement))
        found.append(
            Candidate(
                .exact,
                "attach to '\(target)' a service control policy '\(name)' that allows \(grant.what)",
                [
                    .document(
                        .controlPolicy(.serviceControlPolicy, name),
                        .replace { _ in document }
                    ), .after(.attachPolicy(name, target: target)),
                ]
            )
        )
        for policy in attached {
            guard let name = policy.name,
                let source = controlPolicy(.serviceControlPolicy, name),
                source.document.statements.contains(where: { $0.effect == .allow })
            else { continue }
            let sentence = "add to \(source.title) a statement that allows \(grant.what)"
            found.append(
                Candidate(.shared, sentence, [.document(source.place, .append(statement))])
            )
        }
        return found
    }

    /// A name that is free, or that of the same policy.
    func controlPolicyName(
        _ type: ControlPolicyType,
        _ wanted: String,
        _ statement: JSONOutput
    ) -> String {
        let document = Grant.document(statement)
        let known = state.value[type.field]
        let base = String(wanted.prefix(Quotas.controlPolicyNameCharacters - 4))
        var name = base
        var number = 2
        while let other = known?[name], JSONOutput(other) != document {
            name = "\(base)-\(number)"
            number += 1
        }
        return name
    }

    func endpointGrants(
        _ reason: Reason,
        _ grant: Grant,
        _ view: RequestView,
        _ request: Request
    ) -> [Candidate] {
        let endpoint = organization.listed(reason.target ?? "")?.resource
        let isGateway = endpoint?.isGatewayEndpoint ?? false
        guard let source = resourceSource(reason.target ?? "", .vpcEndpointPolicy),
            let principal = isGateway ? grant.gatewayPrincipal : grant.principal
        else { return [] }
        let statement = grant.statement(
            .allow,
            for: principal.element,
            hasResource: true,
            condition: principal.condition
        )
        let policy = endpoint?.policy
        return near(policy.map { [$0] } ?? [], view, request, source.title) + [
            Candidate(
                .exact,
                "add to \(source.title) a statement that allows \(principal.name) \(grant.what)",
                [.document(source.place, .append(statement))]
            )
        ]
    }

    /// An inline policy of the caller's own; where there is no room for it a managed one.
    func identityGrants(_ grant: Grant, _ request: Request) -> [Candidate] {
        guard let holder = Holder(request.caller, in: organization) else { return [] }
        let statement = grant.statement(.allow)
        if case .permissionSet = holder {
            let sentence = "add to the inline policy of \(holder.title) a statement that allows "
            // `{}` is what a set without an inline policy may have.
            return [
                Candidate(
                    .shared,
                    sentence + grant.what,
                    [.document(holder.place("inlinePolicy"), .append(statement))]
                )
            ]
        }
        let inline = state.value(at: holder.place("inlinePolicies"))
        let name = free(grant.policyName("Allow"), among: inline)
        let document = JSONValue(written: Grant.document(statement))
        let own = Candidate(
            .exact,
            "give \(holder.title) an inline policy '\(name)' that allows \(grant.what)",
            [.document(holder.place("inlinePolicies", name), .replace { _ in document })]
        )
        .of("identity grant")
        let known = state.value(at: ["iam", "managedPolicies"], in: holder.account)
        let managed = free(grant.policyName("Allow"), among: known)
        let place = Place.account(holder.account.name, ["iam", "managedPolicies", managed])
        let attached = Candidate(
            .shared,
            "attach to \(holder.title) a managed policy '\(managed)' that allows \(grant.what)",
            [
                .document(place, .replace { _ in document }),
                .document(
                    holder.place("managedPolicies"),
                    .replace { ($0 ?? JSONValue(written: .array([]))).appending(managed) }
                ),
            ]
        )
        .of("identity grant")
        return [own, attached]
    }

    func free(_ wanted: String, among known: JSONValue?) -> String {
        let base = String(wanted.prefix(Quotas.policyNameCharacters - 4))
        // IAM's names differ by more than case.
        let taken = Set((known?.members ?? []).map { $0.key.lowercased() })
        var name = base
        var number = 2
        while taken.contains(name.lowercased()) {
            name = "\(base)-\(number)"
            number += 1
        }
        return name
    }

    func boundaryGrants(_ grant: Grant, _ view: RequestView, _ request: Request) -> [Candidate] {
        guard let holder = Holder(request.caller, in: organization),
            let boundary = view.permissionsBoundary
        else { return [] }
        let statement = grant.statement(.allow)
        var found: [Candidate] = []
        if let source = managed(boundary.name, in: holder.account, "the permissions boundary") {
            let sentence = "add to \(source.title) a statement that allows \(grant.what)"
            found.append(
                Candidate(.shared, sentence, [.document(source.place, .append(statement))])
            )
        } else if let copy = copied(boundary, statement, holder, grant) {
            found.append(copy)
        }
        return (found + [withoutBoundary(holder)]).map { $0.of("boundary") }
    }

    /// An AWS managed boundary cannot be edited: a copy of it can.
    private func copied(
        _ boundary: Policy,
        _ statement: JSONOutput,
        _ holder: Holder,
        _ grant: Grant
    ) -> Candidate? {
        guard let arn = boundary.arn, let original = awsManaged(arn) else { return nil }
        if case .permissionSet = holder { return nil }
        let known = state.value(at: ["iam", "managedPolicies"], in: holder.account)
        let short = arn.split(separator: "/").last.map(String.init) ?? "Boundary"
        let name = free("\(short)-\(grant.policyName("Allow"))", among: known)
        let place = Place.account(holder.account.name, ["iam", "managedPolicies", name])
        let sentence =
            "give \(holder.title) instead of the permissions boundary '\(arn)' a copy of it, "
            + "'\(name)', that also allows \(grant.what)"
        let new = JSONValue(written: .string(name))
        return Candidate(
            .exact,
            sentence,
            [
                .document(place, .replace { _ in original }), .document(place, .append(statement)),
                .document(holder.place("permissionsBoundary"), .replace { _ in new }),
            ]
        )
    }

    private func awsManaged(_ arn: String) -> JSONValue? {
        if let supplied = state.value["awsManagedPolicies"]?[arn] {
            return JSONValue(written: JSONOutput(supplied["document"] ?? supplied))
        }
        guard let text = AWSManagedPolicies.document(arn) else { return nil }
        return JSONParser.parse(Array(text.utf8), file: SourceSpan.nowhere.file).value
            .map { JSONValue(written: JSONOutput($0)) }
    }

    func sessionGrants(_ grant: Grant) -> [Candidate] {
        let passed = question.caller.session?.policies
        let sentence =
            passed == nil
            ? "pass a session policy that allows \(grant.what)"
            : "pass a session policy that also allows \(grant.what)"
        return [Candidate(.call, sentence, [.session(.adding(statement: grant.statement(.allow)))])]
    }
}
