import JSONSource
import OrganizationModel
import PolicyLanguage
import ServiceCatalog

// Users, groups, roles and managed policies (IAM API Reference, "GetAccountAuthorizationDetails").
extension OrganizationImporter {
    mutating func iam(of account: AccountExport) -> JSONValue? {
        let consequence =
            "nothing is known of the users, groups, roles and policies of '\(account.name.text)'"
        let path = "\(account.folder)/get-account-authorization-details.json"
        let details = reader.required(path, at: account.name.span, consequence)
        let gap = reader.gap(path, at: account.name.span, consequence)
        var iam = ObjectDraft(at: details?.span ?? account.name.span)
        var names = IAMNames()
        if let details, isWhole(details, consequence), gap == nil {
            knownAccounts.insert(account.id)
        }
        if let details { addEntities(details, of: account, &names, to: &iam) }
        addSettings(of: account, details: details, names, to: &iam)
        return iam.members.isEmpty ? nil : iam.value
    }

    /// The elements of a list by their names; what has none is reported and left out.
    private mutating func named(
        _ key: String,
        in list: String,
        of details: JSONValue
    ) -> [(name: SourceString, entity: JSONValue)] {
        var seen: Set<String> = []
        return (details[list]?.elements ?? []).compactMap { element in
            if let name = element.name(key) {
                if seen.insert(name.text).inserted { return (name, element) }
                let message = "'\(name.text)' stands in '\(list)' before, so it is left out here"
                reader.warn("export.shape", message, at: name.span)
                return nil
            }
            let message = "this element of '\(list)' has no '\(key)', so it is left out"
            reader.warn("export.shape", message, at: element.span)
            return nil
        }
    }

    /// Whether the answer has all of its lists; one that it lacks is reported.
    private mutating func isWhole(_ details: JSONValue, _ consequence: String) -> Bool {
        let lists = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"]
        let missing = lists.filter { details.present($0)?.elements == nil }
        guard let first = missing.first else { return true }
        let span = details[first]?.span ?? details.span
        let message = "'\(first)' is not a list here, so \(consequence)"
        reader.warn("export.shape", message, at: span)
        return false
    }

    private mutating func addEntities(
        _ details: JSONValue,
        of account: AccountExport,
        _ names: inout IAMNames,
        to iam: inout ObjectDraft
    ) {
        let span = details.span
        let groupList = named("GroupName", in: "GroupDetailList", of: details)
        unknownPolicies = []
        unknownGroups = []
        names.account = account.id
        names.groups = Set(groupList.map(\.name.text))
        names.sessionDurations = sessionDurations(account)
        names.report = reader.answer("\(account.folder)/get-credential-report.json")
            .flatMap { $0["Content"] }.flatMap { CredentialReport($0) }
        var policies = ObjectDraft(at: details["Policies"]?.span ?? span)
        for (arn, policy) in named("Arn", in: "Policies", of: details) {
            if arn.text.contains(":iam::aws:policy/") {
                listedManagedPolicies[arn.text] = listedManagedPolicies[arn.text] ?? policy
            } else if let name = policyName(policy) {
                names.policies.insert(arn.text)
                policies.add(name.text, managedPolicy(policy), namedAt: name.span)
            }
        }
        var users = ObjectDraft(at: details["UserDetailList"]?.span ?? span)
        for (name, user) in named("UserName", in: "UserDetailList", of: details) {
            users.add(name.text, self.user(user, name, of: account, names), namedAt: name.span)
        }
        var groups = ObjectDraft(at: details["GroupDetailList"]?.span ?? span)
        for (name, group) in groupList {
            var draft = ObjectDraft(at: group.span)
            draft.add("path", group.present("Path"))
            addPermissions(of: group, inline: "GroupPolicyList", names, to: &draft)
            groups.add(name.text, draft.value, namedAt: name.span)
        }
        var roles = ObjectDraft(at: details["RoleDetailList"]?.span ?? span)
        for (name, role) in named("RoleName", in: "RoleDetailList", of: details)
        where !isProvisioned(role, name, in: account, names) {
            names.roles.insert(name.text)
            roles.add(name.text, self.role(role, name, names), namedAt: name.span)
        }
        for arn in unknownPolicies { addUnknown(arn, to: &policies) }
        addUnknownGroups(to: &groups)
        if !knownAccounts.contains(account.id) {
            addReferredPolicies(of: account.id, to: &policies)
        }
        iam.addFilled("managedPolicies", policies.value)
        iam.addFilled("users", users.value)
        iam.addFilled("groups", groups.value)
        iam.addFilled("roles", roles.value)
    }

    private mutating func user(
        _ user: JSONValue,
        _ name: SourceString,
        of account: AccountExport,
        _ names: IAMNames
    ) -> JSONValue {
        var draft = ObjectDraft(at: user.span)
        draft.add("path", user.present("Path"))
        if let listed = user.present("GroupList") {
            let groups = listed.elements?.compactMap { value in
                value.string.map { SourceString($0, at: value.span) }
            }
            for group in groups ?? [] where !names.groups.contains(group.text) {
                unknownGroups.append(group)
                let message =
                    "the export does not hold the group '\(group.text)', "
                    + "so verdicts may hang on its policies"
                reader.warn("export.dangling", message, at: group.span)
            }
            draft.addFilled("groups", (groups ?? []).list(at: listed.span))
        }
        addPermissions(of: user, inline: "UserPolicyList", names, to: &draft)
        draft.add("tags", reader.knownTags(user["Tags"]))
        addCredentials(of: name, in: account, names.report, to: &draft)
        draft.add("uniqueId", Self.uniqueID(user.name("UserId"), "AIDA"))
        return draft.value
    }

    private mutating func role(
        _ role: JSONValue,
        _ name: SourceString,
        _ names: IAMNames
    ) -> JSONValue {
        var draft = ObjectDraft(at: role.span)
        draft.add("path", role.present("Path"))
        draft.add(
            "trustPolicy",
            reader.knownDocument(role["AssumeRolePolicyDocument"], of: role)
        )
        addPermissions(of: role, inline: "RolePolicyList", names, to: &draft)
        draft.add("maxSessionDuration", names.sessionDurations[name.text])
        draft.add("tags", reader.knownTags(role["Tags"]))
        draft.addInstant("lastUsed", role.member(["RoleLastUsed", "LastUsedDate"]))
        draft.add("uniqueId", Self.uniqueID(role.name("RoleId"), "AROA"))
        return draft.value
    }

    /// Servers that play AWS make ids of another form, which no policy of theirs names.
    static func uniqueID(_ id: SourceString?, _ prefix: String) -> JSONValue? {
        id.flatMap { DerivedIdentifier.isEntity($0.text.utf8, prefix: prefix) ? $0.value : nil }
    }

    /// The details do not tell how long a session may last; calls that print whole roles do.
    private mutating func sessionDurations(_ account: AccountExport) -> [String: JSONValue] {
        var roles = reader.list("\(account.folder)/list-roles.json", "Roles")
        roles += instanceProfiles(account, details: nil).flatMap { $0["Roles"]?.elements ?? [] }
        var durations: [String: JSONValue] = [:]
        for role in roles {
            guard let name = role.name("RoleName") else { continue }
            durations[name.text] = durations[name.text] ?? role.present("MaxSessionDuration")
        }
        return durations
    }

    /// Adds inline policies, attached policies and the permissions boundary of an entity.
    private mutating func addPermissions(
        of entity: JSONValue,
        inline: String,
        _ names: IAMNames,
        to draft: inout ObjectDraft
    ) {
        if let listed = entity.present("AttachedManagedPolicies") {
            let arns = (listed.elements ?? []).map { attached($0, names) }
            draft.addFilled("managedPolicies", arns.list(at: listed.span))
        }
        var policies = ObjectDraft(at: entity[inline]?.span ?? entity.span)
        for policy in entity[inline]?.elements ?? [] {
            guard let name = policy.name("PolicyName") else { continue }
            let document = reader.knownDocument(policy["PolicyDocument"], of: policy)
            policies.add(name.text, document, namedAt: name.span)
        }
        // One that may say anything speaks for whatever else is attached.
        if let gap = gap(inPoliciesOf: entity, inline: inline) {
            policies.add("UnknownPolicies", gap)
        }
        draft.addFilled("inlinePolicies", policies.value)
        if let boundary = entity.present("PermissionsBoundary") {
            draft.add("permissionsBoundary", self.boundary(boundary, names).value)
        }
    }

    /// What stands for the policies of an entity whose lists are not understood.
    mutating func gap(inPoliciesOf entity: JSONValue, inline: String) -> JSONValue? {
        let ownPolicies = reader.gap(listOf: entity, inline) { $0.name("PolicyName") != nil }
        // An entry that is not understood stands there as a policy of its own.
        let attached = reader.gap(listOf: entity, "AttachedManagedPolicies") { _ in true }
        let groups = reader.gap(listOf: entity, "GroupList") { $0.string?.isEmpty == false }
        return ownPolicies ?? attached ?? groups
    }

    /// The ARN of an attached policy; one that cannot be made out stands for itself as a policy that
    /// may say anything.
    private mutating func attached(_ value: JSONValue, _ names: IAMNames) -> SourceString {
        if let arn = value.name("PolicyArn"), isUsable(arn, names) { return arn }
        let what = "which managed policy is attached here"
        return unknown("UnknownPolicy", of: names, what, at: value.span)
    }

    /// The boundary of an entity; one that cannot be made out stands for itself as a policy that may
    /// say anything.
    private mutating func boundary(_ value: JSONValue, _ names: IAMNames) -> SourceString {
        let named = value.name("PermissionsBoundaryArn")
        let told = named ?? value.string.map { SourceString($0, at: value.span) }
        if let told, isUsable(told, names) { return told }
        let what = "which policy this permissions boundary is"
        return unknown("UnknownPermissionsBoundary", of: names, what, at: value.span)
    }

    /// A policy of the account that may say anything, for one of which the export does not tell
    /// `what`.
    private mutating func unknown(
        _ name: String,
        of names: IAMNames,
        _ what: String,
        at span: SourceSpan
    ) -> SourceString {
        let arn = "arn:\(partition):iam::\(names.account):policy/\(name)"
        let unknown = SourceString(arn, at: span)
        if !unknownPolicies.contains(where: { $0.text == arn }) { unknownPolicies.append(unknown) }
        let message = "the export does not tell \(what), so verdicts may hang on it"
        reader.warn("export.dangling", message, at: span)
        return unknown
    }

    /// Adds groups that users are in and that the export lacks, each with a policy that may say
    /// anything.
    private func addUnknownGroups(to groups: inout ObjectDraft) {
        var seen: Set<String> = []
        for group in unknownGroups where seen.insert(group.text).inserted {
            let reason = "the export does not hold the group \(group.text)"
            var policies = ObjectDraft(at: group.span)
            policies.add("unknown", MissingPolicy.value(reason, at: group.span))
            var draft = ObjectDraft(at: group.span)
            draft.add("inlinePolicies", policies.value)
            groups.add(group.text, draft.value, namedAt: group.span)
        }
    }

    /// Adds policies that permission sets refer to and that may be on another page.
    private func addReferredPolicies(of account: String, to policies: inout ObjectDraft) {
        let known = Set(policies.members.map { $0.key.lowercased() })
        let reason = "accounts/\(account) does not tell all managed policies"
        let referred = policiesReferredTo(
            in: account,
            MissingPolicy.value(reason, at: policies.span)
        )
        for policy in referred.members where !known.contains(policy.key.lowercased()) {
            policies.add(policy.key, policy.value)
        }
    }
}

// Managed policies.
extension OrganizationImporter {
    /// Some exports leave the name out, which the ARN ends with.
    private func policyName(_ policy: JSONValue) -> SourceString? {
        policy.name("PolicyName")
            ?? policy.name("Arn").flatMap { arn in
                arn.text.split(separator: "/").last.map { arn.renamed(String($0)) }
            }
    }

    private mutating func managedPolicy(_ policy: JSONValue) -> JSONValue {
        let document = reader.knownDocument(defaultVersion(of: policy), of: policy)
        var draft = ObjectDraft(at: policy.span)
        draft.add("document", document)
        draft.add("path", policy.present("Path"))
        draft.add("tags", reader.knownTags(policy["Tags"]))
        return draft.value
    }

    /// The document of the version in force; nil where no version is known to be it.
    private func defaultVersion(of policy: JSONValue) -> JSONValue? {
        let versions = policy["PolicyVersionList"]?.elements ?? []
        let id = policy.name("DefaultVersionId")
        let version = versions.first { version in
            if let id { return version["VersionId"]?.string == id.text }
            if case .bool(true) = version["IsDefaultVersion"]?.content { return true }
            return false
        }
        return version?["Document"]
    }

    /// Whether a policy of that ARN can stand in the file; one that the export lacks is reported
    /// and stands there as one that nobody could read.
    private mutating func isUsable(
        _ arn: SourceString,
        _ names: IAMNames
    ) -> Bool {
        if names.policies.contains(arn.text) || isAWSManaged(arn) { return true }
        guard let parts = ARN(arn.text), parts.service == "iam", parts.account == names.account,
            parts.resource.hasPrefix("policy/"), !parts.resource.hasSuffix("/")
        else { return false }
        if !unknownPolicies.contains(where: { $0.text == arn.text }) {
            unknownPolicies.append(arn)
            reportUnknown(arn)
        }
        return true
    }

    private mutating func reportUnknown(_ arn: SourceString) {
        let message =
            "the export does not hold the managed policy '\(arn.text)', "
            + "so verdicts may hang on what it says"
        reader.warn("export.dangling", message, at: arn.span)
    }

    private func addUnknown(_ arn: SourceString, to policies: inout ObjectDraft) {
        let reason = "the export does not hold \(arn.text)"
        var draft = ObjectDraft(at: arn.span)
        draft.add("document", MissingPolicy.value(reason, at: arn.span))
        let parts = arn.text.split(separator: "/").dropFirst().dropLast()
        let path = parts.isEmpty ? "/" : "/\(parts.joined(separator: "/"))/"
        draft.add("path", arn.renamed(path).value)
        policies.add(arn.lastPart.text, draft.value, namedAt: arn.span)
    }

    /// Whether an ARN is that of an AWS managed policy whose document is known.
    ///
    /// A document that the catalog lacks is taken from the export; one that this lacks as well
    /// stands in the file as one that nobody could read.
    mutating func isAWSManaged(_ arn: SourceString) -> Bool {
        guard AWSManagedPolicies.isARN(arn.text) else { return false }
        if AWSManagedPolicies.document(arn.text) != nil { return true }
        if suppliedPolicies[arn.text] != nil { return true }
        let listed = listedManagedPolicies[arn.text]
        let known = reader.document(listed.flatMap { defaultVersion(of: $0) })
        if known == nil { reportUnknown(arn) }
        let document =
            known ?? MissingPolicy.value("the export does not hold \(arn.text)", at: arn.span)
        let keySpan = listed?.name("Arn")?.span ?? listed?.span ?? arn.span
        suppliedPolicies[arn.text] = JSONMember(key: arn.text, keySpan: keySpan, value: document)
        return true
    }

    mutating func reportDangling(_ kind: String, _ name: SourceString) {
        let message = "the export does not hold the \(kind) '\(name.text)', so it is left out here"
        reader.warn("export.dangling", message, at: name.span)
    }
}
