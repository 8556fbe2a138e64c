import JSONSource
import PolicyLanguage

// Policies that speak for several resources, and what lets others in that no policy says.
extension OrganizationImporter {
    /// The policy of an ECR registry, which holds beside those of its repositories (Amazon ECR User
    /// Guide, "Private registry permissions").
    mutating func addRegistryPolicy(
        in place: ResourcePlace,
        to inventory: inout ResourceInventory
    ) {
        guard let registry = registryPolicy(in: place) else { return }
        inventory.changePolicies(below: place.arn("ecr", "repository/")) { own in
            let documents = [own, registry].compactMap { $0 }
            return documents.first { MissingPolicy.reason($0) != nil } ?? self.joined(documents)
        }
    }

    /// The policy of a registry, or what stands for one that nobody could read; nil for none.
    mutating func registryPolicy(in place: ResourcePlace) -> JSONValue? {
        let path = "\(place.folder)/ecr/get-registry-policy.json"
        let span = reader.span(of: place.folder)
        if let gap = reader.gap(path, at: span, "verdicts on ECR repositories may hang on it") {
            return gap
        }
        return reader.answer(path).map { reader.knownDocument($0.present("policyText"), of: $0) }
    }

    /// The delegation policy of the organization, which stands at its ARN in the management account
    /// (Organizations User Guide, "Delegated administrator for AWS Organizations").
    mutating func addDelegationPolicy(
        of account: String,
        to inventory: inout ResourceInventory,
        at span: SourceSpan
    ) {
        let organization = reader.object(
            "organizations/describe-organization.json",
            "Organization"
        )
        guard let organization, organization.name("MasterAccountId")?.text == account,
            let id = organization.name("Id")
        else { return }
        let path = "organizations/describe-resource-policy.json"
        // What it lets other accounts do is told as missing where it is not known.
        if case .calls = extent {
            let consequence = "calls of Organizations by member accounts are decided without it"
            _ = reader.gap(path, at: span, consequence)
        }
        let policy = reader.object(path, "ResourcePolicy").map {
            reader.knownDocument($0.present("Content"), of: $0)
        }
        guard let policy else { return }
        let arn = "arn:\(partition):organizations::\(account):organization/\(id.text)"
        inventory.update(SourceString(arn, at: policy.span)) { $0.add("policy", policy) }
    }

    /// Tells which shares of AWS RAM there are: which resources they share is not in an export.
    mutating func reportShares(in place: ResourcePlace) {
        let path = "\(place.folder)/ram/get-resource-shares.json"
        for share in reader.list(path, "resourceShares") {
            guard let name = share.name("name"), share["status"]?.string != "DELETED" else {
                continue
            }
            let message =
                "what the resource share '\(name.text)' lets other accounts do is left out, "
                + "calls across accounts are decided without it"
            reader.warn("export.left-out", message, at: name.span)
        }
    }

    /// Tells of an ACL that lets somebody in beside the owner.
    mutating func reportACL(_ path: String) {
        guard let answer = reader.answer(path), let owner = answer.present("Owner")?.name("ID")
        else {
            return
        }
        let grants = answer.present("Grants")?.elements ?? []
        let other = grants.first { grant in
            grant.present("Grantee").map { $0.name("ID")?.text != owner.text } ?? false
        }
        guard let other else { return }
        let message = "the ACL lets others in than the owner, and verdicts are given without it"
        reader.warn("export.left-out", message, at: other.span)
    }
}
