import JSONSource
import OrganizationModel
import PolicyLanguage

/// Puts an organization file together from the answers of an export.
struct OrganizationImporter {
    var reader: ExportReader
    var policies = ImportedPolicies()
    /// Where control policies are attached, of the types that are enabled.
    var attachments: [ControlPolicyType: Attachments] = [:]
    /// Types of which some attachments are not in the export, which is said once.
    var unknownAttachments: Set<ControlPolicyType> = []
    var accountNames = UniqueNames()
    /// The names of the members among them, by id.
    var memberNames: [String: SourceString] = [:]
    /// Accounts of which nothing says which unit they are in, by id.
    var homeless: Set<String> = []
    /// The ids of the accounts that are written to the file, of members first.
    var members: Set<String> = []
    /// Those of them whose users and roles the export holds.
    var knownAccounts: Set<String> = []
    var identityCenter: IdentityCenterExport?
    /// The ends of the names of Identity Center's roles, as the accounts show them.
    var roleSuffixes: [IdentityCenterExport.Provision: SourceString] = [:]
    /// Their unique ids.
    var roleIDs: [IdentityCenterExport.Provision: JSONValue] = [:]
    /// Permission sets of which some role is another than they say, with the role.
    var drifts: [String: SourceString] = [:]
    /// What the roles of permission sets have, each with a role that has it.
    var roleShapes: [String: [RoleShape: JSONValue]] = [:]
    /// Those of which some role has policies that are not understood.
    var unreadRoles: [String: SourceString] = [:]
    /// Those of which some role has another permissions boundary.
    var boundaryDrifts: [String: SourceString] = [:]
    /// The permissions boundaries of those roles by the name of their permission set; "" for none,
    /// the account left out of ARNs, each with a place that shows it.
    var roleBoundaries: [String: [String: SourceString]] = [:]
    /// The Region in the paths of those roles.
    var roleRegion: SourceString?
    /// AWS managed policies as the accounts list them, by ARN.
    var listedManagedPolicies: [String: JSONValue] = [:]
    /// Those of them that are in use and that the catalog does not carry.
    var suppliedPolicies: [String: JSONMember] = [:]

    /// Managed policies of the account at hand that are attached and that the export lacks.
    var unknownPolicies: [SourceString] = []
    /// Groups that users of the account at hand are in and that the export lacks.
    var unknownGroups: [SourceString] = []
    /// Resources that no answer of AWS tells of, by account.
    let stored: [String: [StoredResource]]
    let extent: ExportExtent
    /// The Regions that the export script was called for.
    let exportedRegions: [String]

    init(
        _ reader: ExportReader,
        stored: [String: [StoredResource]] = [:],
        extent: ExportExtent = .calls
    ) {
        var reader = reader
        let regions = reader.answer("manifest.json")?.name("regions")?.text ?? ""
        exportedRegions = regions.split(separator: " ").map(String.init)
        self.reader = reader
        self.stored = stored
        self.extent = extent
    }
}

extension OrganizationImporter {
    mutating func organization() -> JSONValue? {
        let description = reader.object(
            "organizations/describe-organization.json",
            "Organization"
        )
        let roots = reader.list("organizations/list-roots.json", "Roots")
        if refusesPartition([description, roots.first].compactMap { $0?.name("Arn") }) {
            return nil
        }
        guard let span = description?.span ?? roots.first?.span ?? nearestSpan else { return nil }
        identityCenter = readIdentityCenter(at: span)
        // What is in use is known only when everything else has been put together.
        let header = header(description, parts: roots)
        let tree = root(roots.first, management: header?.name("managementAccount"), at: span)
        let outside = accountsOutside()
        if case .stored = extent {
            let message =
                "the store does not tell Block Public Access of accounts, grants and tags of keys "
                + "and what has not been read, so verdicts may hang on it"
            reader.warn("export.missing", message, at: span)
        }
        if tree == nil {
            let message =
                "the export holds no organization, so all accounts stand outside of one and "
                + "no service or resource control policy reaches them"
            reader.warn("export.no-organization", message, at: span)
        }
        reportUnprovisioned()
        let center = identityCenter.map { writeIdentityCenter($0) }
        var file = ObjectDraft(at: span)
        file.add("organization", header)
        for type in ControlPolicyType.allCases {
            file.addFilled(type.field, policies.documents(type, at: span))
        }
        file.addFilled("awsManagedPolicies", managedPolicies(at: span))
        file.add("root", tree)
        file.addFilled("externalAccounts", outside)
        file.add("trustedAccess", trustedAccess())
        file.addFilled("delegatedAdministrators", delegatedAdministrators(at: span))
        file.add("centralizedRootAccess", rootAccess())
        file.add("identityCenter", center)
        reader.reportLostCalls()
        return file.members.isEmpty ? nil : file.value
    }

    /// Whether the export is of a partition such as `aws-us-gov`, which is an error: the ARNs that
    /// an organization file leaves out are those of the partition `aws`, so policies of another
    /// would be decided as if they spoke of other things.
    private mutating func refusesPartition(_ known: [SourceString]) -> Bool {
        var arns = known
        for folder in [""] + reader.names(in: "accounts").map({ "accounts/\($0)/" }) {
            let caller = reader.answer("\(folder)get-caller-identity.json")
            let details = reader.answer("\(folder)iam/get-account-authorization-details.json")
            let entity = details?["RoleDetailList"]?.elements?.first
            arns += [caller, entity].compactMap { $0?.name("Arn") }
        }
        for name in arns {
            guard let partition = ARN(name.text)?.partition, partition != "aws" else { continue }
            let message =
                "'\(name.text)' is of the partition '\(partition)', "
                + "and organizations of the partition 'aws' alone are modelled"
            reader.diagnostics.append(.error("export.partition", message, at: name.span))
            return true
        }
        return false
    }

    /// A place to point to where the export holds accounts but no organization.
    private var nearestSpan: SourceSpan? {
        mutating get {
            for id in reader.names(in: "accounts") {
                let path = "accounts/\(id)/iam/get-account-authorization-details.json"
                let caller = "accounts/\(id)/get-caller-identity.json"
                if let answer = reader.answer(path) ?? reader.answer(caller) { return answer.span }
            }
            return nil
        }
    }

    /// Which organization it is; nil when nothing tells whose it is.
    private mutating func header(_ description: JSONValue?, parts: [JSONValue]) -> JSONValue? {
        if let description, let management = description.name("MasterAccountId") {
            var header = ObjectDraft(at: description.span)
            header.add("id", description.name("Id")?.value)
            header.add("managementAccount", management.value)
            header.add("featureSet", description.name("FeatureSet")?.value)
            return header.value
        }
        // ARNs of roots and accounts begin with the management account and the organization.
        let accounts = reader.list("organizations/list-accounts.json", "Accounts")
        for name in (parts + accounts).compactMap({ $0.name("Arn") }) {
            guard let arn = ARN(name.text), arn.service == "organizations" else { continue }
            let path = arn.resource.split(separator: "/")
            guard path.count > 2 else { continue }
            let what = "its id and its management account are those of the ARNs of its parts"
            reader.reportMissing("organizations/describe-organization.json", at: name.span, what)
            var header = ObjectDraft(at: name.span)
            header.add("id", name.renamed(String(path[1])).value)
            header.add("managementAccount", name.renamed(arn.account).value)
            return header.value
        }
        return nil
    }

    private func managedPolicies(at span: SourceSpan) -> JSONValue {
        var supplied = ObjectDraft(at: span)
        for (arn, member) in suppliedPolicies.sorted(by: { $0.key < $1.key }) {
            supplied.add(arn, member.value, namedAt: member.keySpan)
        }
        return supplied.value
    }

    /// Accounts whose own calls are in the export but that no part of the tree lists.
    private mutating func accountsOutside() -> JSONValue? {
        var outside: ObjectDraft?
        for id in reader.names(in: "accounts") where !members.contains(id) {
            let folder = "accounts/\(id)"
            guard
                let caller = reader.answer("\(folder)/get-caller-identity.json")
                    ?? reader.answer("\(folder)/iam/get-account-authorization-details.json")
            else { continue }
            let known = caller.name("Account").flatMap { $0.text == id ? $0 : nil }
            let name = known ?? SourceString(id, at: caller.span)
            var account = ObjectDraft(at: caller.span)
            account.add("id", name.value)
            addContents(of: id, named: name, to: &account)
            if outside == nil { outside = ObjectDraft(at: caller.span) }
            let key = accountNames.claim(name, id: id)
            outside?.add(key.text, account.value, namedAt: key.span)
        }
        return outside?.value
    }

    /// Centralized root access (IAM API Reference, "ListOrganizationsFeatures").
    private mutating func rootAccess() -> JSONValue? {
        let path = "organizations/list-organizations-features.json"
        guard let answer = reader.answer(path) else { return nil }
        var access = ObjectDraft(at: answer.span)
        let fields = [
            "RootCredentialsManagement": "rootCredentialsManagement",
            "RootSessions": "rootSessions",
        ]
        for feature in reader.elements(of: answer, "EnabledFeatures") {
            guard let field = feature.string.flatMap({ fields[$0] }) else { continue }
            access.add(field, JSONValue(.bool(true), at: feature.span))
        }
        return access.value
    }

    private mutating func trustedAccess() -> JSONValue? {
        let services = reader.list(
            "organizations/list-aws-service-access.json",
            "EnabledServicePrincipals"
        ).compactMap { $0.name("ServicePrincipal") }
        return services.first.map { services.list(at: $0.span) }
    }

    private mutating func delegatedAdministrators(at span: SourceSpan) -> JSONValue {
        let administrators = reader.list(
            "organizations/list-delegated-administrators.json",
            "DelegatedAdministrators"
        )
        var services: [String: (name: SourceString, accounts: [SourceString])] = [:]
        for administrator in administrators.compactMap({ $0.name("Id") }) {
            guard members.contains(administrator.text) else { continue }
            let delegated = reader.list(
                "organizations/delegated/\(administrator.text)/"
                    + "list-delegated-services-for-account.json",
                "DelegatedServices"
            )
            for service in delegated.compactMap({ $0.name("ServicePrincipal") }) {
                services[service.text, default: (service, [])].accounts.append(administrator)
            }
        }
        var value = ObjectDraft(at: span)
        for (service, found) in services.sorted(by: { $0.key < $1.key }) {
            let accounts = found.accounts.list(at: found.name.span)
            value.add(service, accounts, namedAt: found.name.span)
        }
        return value.value
    }
}
