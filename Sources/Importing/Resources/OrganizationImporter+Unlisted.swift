import JSONSource
import PolicyLanguage

// What of an account the export could not tell: it stands in the file, so that verdicts that may hang
// on it are undetermined.
extension OrganizationImporter {
    /// Adds what is known of an account of which the export has nothing: that nothing is known.
    mutating func addNothing(
        of id: String,
        named name: SourceString,
        to draft: inout ObjectDraft
    ) {
        let folder = "accounts/\(id)"
        let reason = reader.reason(forNothingIn: folder)
        let missing = MissingPolicy.value(reason, at: name.span)
        var unlisted = UnlistedDraft(at: name.span)
        unlisted.add("arn:\(partition):*:*:\(id):*", missing)
        unlisted.add("arn:\(partition):s3:::*", missing)
        draft.add("blockPublicAccess", missing)
        draft.add("unlistedResources", unlisted.value)
        let policies = policiesReferredTo(in: id, missing)
        if !policies.members.isEmpty {
            var iam = ObjectDraft(at: name.span)
            iam.add("managedPolicies", policies.value)
            draft.add("iam", iam.value)
        }
        let message =
            "nothing is known of the account '\(name.text)' (\(reason)), so questions about its "
            + "users and roles cannot be asked and verdicts on its resources may hang on it"
        reader.warn("export.missing-account", message, at: name.span)
    }

    /// Adds what of an account's resources no call told of.
    mutating func addUnlisted(
        of account: String,
        at span: SourceSpan,
        to draft: inout ObjectDraft
    ) {
        var unlisted = UnlistedDraft(at: span)
        let folder = "accounts/\(account)"
        if !knownAccounts.contains(account) {
            let path = "\(folder)/iam/get-account-authorization-details.json"
            let missing = MissingPolicy.value("\(path) does not tell all roles", at: span)
            unlisted.add("arn:\(partition):iam::\(account):role/*", missing)
        }
        let consequence = "what policies such resources have is unknown"
        let buckets = reader.gap(
            list: "\(folder)/s3/list-buckets.json",
            "Buckets",
            at: span,
            consequence
        ) { $0.name("Name") != nil }
        if let gap = buckets {
            unlisted.add("arn:\(partition):s3:::*", gap)
        }
        for region in regions(of: account) {
            for service in ListedService.all {
                let path = "\(folder)/\(region)/\(service.folder)/\(service.list).json"
                let head = "arn:\(partition):\(service.service):\(region):\(account):"
                let gap =
                    service.member.isEmpty
                    ? reader.gap(path, at: span, consequence)
                    : reader.gap(
                        list: path,
                        service.member,
                        at: span,
                        consequence,
                        names: service.names
                    )
                guard let gap else { continue }
                unlisted.add(head + service.prefix + "*", gap)
            }
            let place = ResourcePlace(account: account, region: region)
            if registryPolicy(in: place) != nil {
                let reason = "the policy of the registry holds for repositories that are not listed"
                let missing = MissingPolicy.value(reason, at: span)
                unlisted.add(place.arn("ecr", "repository/*"), missing)
            }
        }
        addUnexported(of: account, at: span, to: &unlisted)
        draft.addFilled("unlistedResources", unlisted.value)
    }

    /// Adds services and Regions that the export is not about.
    private func addUnexported(
        of account: String,
        at span: SourceSpan,
        to unlisted: inout UnlistedDraft
    ) {
        let services: [String]
        let regions: [String]
        switch extent {
        case .calls:
            services = ListedService.all.map(\.service)
            regions = self.regions(of: account)
        case .stored(let known):
            services = known.services
            regions = known.regions
        case .details:
            services = []
            regions = []
            let missing = MissingPolicy.value(extent.reason, at: span)
            unlisted.add("arn:\(partition):s3:::*", missing)
        }
        let missing = MissingPolicy.value(extent.reason, at: span)
        unlisted.add(
            "arn:\(partition):*:*:\(account):*",
            missing,
            // Without Regions nothing else is listed.
            listedServices: (regions.isEmpty ? [] : services) + ["iam"],
            listedRegions: regions
        )
        guard case .calls = extent else { return }
        for kind in ListedService.unlistedKinds {
            let arn = kind.replacing("ACCOUNT", with: account)
            unlisted.add("arn:\(partition):\(arn)", missing)
        }
    }

    /// The Regions that the export was made of.
    func regions(of account: String) -> [String] {
        let found = reader.folders(in: "accounts/\(account)").filter {
            !["iam", "s3"].contains($0)
        }
        return Set(found).union(exportedRegions).sorted()
    }

    /// The policies that permission sets assigned in an account refer to by name and path.
    private func customerPolicies(
        assignedIn account: String
    ) -> [(name: SourceString, path: JSONValue?)] {
        guard let center = identityCenter else { return [] }
        let assigned = Set(
            center.provisions.filter { $0.account == account }.map(\.permissionSet)
        )
        return center.permissionSets.filter { assigned.contains($0.name.text) }.flatMap { set in
            let boundary = set.policies.boundary?.present("CustomerManagedPolicyReference")
            return (set.policies.references + (boundary.map { [$0] } ?? [])).compactMap {
                reference in reference.name("Name").map { ($0, reference.present("Path")) }
            }
        }
    }

    /// Customer managed policies that permission sets refer to in an account whose policies nobody
    /// could read: its roles of Identity Center have them, whatever they say.
    func policiesReferredTo(in account: String, _ missing: JSONValue) -> ObjectDraft {
        var policies = ObjectDraft(at: missing.span)
        var seen: Set<String> = []
        for reference in customerPolicies(assignedIn: account)
        where seen.insert(reference.name.text.lowercased()).inserted {
            var policy = ObjectDraft(at: missing.span)
            policy.add("document", missing)
            policy.add("path", reference.path)
            policies.add(reference.name.text, policy.value)
        }
        return policies
    }
}

/// What an export is made of, which says what it cannot tell.
enum ExportExtent {
    /// Calls of the export script.
    case calls
    /// The store of a tool that keeps what it found, of these services and Regions.
    case stored(KnownPlaces)
    /// One answer of `GetAccountAuthorizationDetails`.
    case details

    struct KnownPlaces {
        var services: [String] = []
        var regions: [String] = []
    }

    /// Why nothing is known of everything else.
    var reason: String {
        switch self {
        case .calls: "the export is not about this service or Region"
        case .stored: "the store holds nothing of this service or Region"
        case .details: "GetAccountAuthorizationDetails does not tell of resources"
        }
    }
}
