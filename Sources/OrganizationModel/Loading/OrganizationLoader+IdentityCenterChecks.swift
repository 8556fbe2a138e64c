import JSONSource
import PolicyLanguage
import ServiceCatalog

// Names, and what assignments say about one another.
extension OrganizationLoader {
    /// Source: IAM Identity Center API Reference, "InstanceMetadata".
    mutating func checkInstance(_ center: ObjectReader) {
        checkCount("permissionSets", of: center, Quotas.permissionSets)
        if let region = center.value["region"], let text = region.string {
            warnUnknownRegion(text, at: region.span)
        }
        guard let value = center.value["instance"], let id = value.string else { return }
        let tail = ["ssoins-", "ins-"].first { id.hasPrefix($0) }.map { id.dropFirst($0.count) }
        let isInstance = tail.map {
            $0.utf8.count == 16
                && $0.utf8.allSatisfy { ActionName.isPrefixByte($0) || $0 == UInt8(ascii: ".") }
        }
        if isInstance == true { return }
        let message =
            "'\(id)' is not the id of an instance: expected ssoins- and 16 letters or digits"
        // The ARN that the AWS CLI prints ends with the id.
        let last = id.split(separator: "/").last.map(String.init) ?? ""
        let near = id.hasPrefix("arn:") && last.hasPrefix("ssoins-") ? last : nil
        let help = near.map { "did you mean '\($0)'?" }
        refuse("identity-center.instance", message, at: value.span, help: help)
    }

    /// Source: IAM Identity Center API Reference, "CreatePermissionSet" (IDC-10).
    mutating func checkPermissionSetName(_ member: JSONMember) {
        let limit = Quotas.permissionSetNameCharacters
        if Self.isIAMName(member.key, limit: limit) { return }
        let message = "the name of a permission set has 1 to \(limit) letters, digits and +=,.@_-"
        refuse(
            "identity-center.name",
            message + Self.found(member.key, limit: limit),
            at: member.keySpan
        )
    }

    /// Whether a policy of a permission set is one of AWS; customers' are named otherwise (IDC-7).
    mutating func isManagedByAWS(_ arn: SourceString) -> Bool {
        if AWSManagedPolicies.isARN(arn.text) { return awsManagedPolicy(arn) != nil }
        let message =
            "'\(arn.text)' is not the ARN of an AWS managed policy; an account's own policy is "
            + "named as 'customerManagedPolicies' or 'customerManagedPolicy'"
        refuse("identity-center.not-aws-managed", message, at: arn.span)
        return false
    }

    /// Warns of assignments that say again what one before said in the same words.
    mutating func warnRepeatedAssignments(_ elements: [JSONValue]) {
        var first: [AssignmentKey: SourceSpan] = [:]
        for element in elements {
            let who = ["user", "group"].compactMap { field in
                element[field]?.string.map { "\(field) '\($0)'" }
            }
            guard let set = element["permissionSet"]?.string, who.count == 1 else { continue }
            for field in ["accounts", "organizationalUnits"] {
                for place in element[field]?.elements ?? [] {
                    guard let name = place.string else { continue }
                    let key = AssignmentKey(set: set, who: who[0], field: field, place: name)
                    guard let earlier = first[key] else {
                        first[key] = place.span
                        continue
                    }
                    let message = "'\(set)' is assigned to the \(who[0]) in '\(name)' twice"
                    let problem = Diagnostic.warning(
                        "identity-center.assigned-twice",
                        message,
                        at: place.span
                    )
                    diagnostics.append(problem.noting("it is assigned here first", at: earlier))
                }
            }
        }
    }

    private struct AssignmentKey: Hashable {
        let set: String
        let who: String
        let field: String
        let place: String
    }

    /// One role serves a permission set in an account (IDC-3), so it has one suffix.
    mutating func checkSuffixes(_ assignments: [Assignment]) -> [Provision: String] {
        checkNames(assignments, "suffix") { $0.roleSuffix }
    }

    /// For the same reason it has one unique id.
    mutating func checkUniqueIDs(_ assignments: [Assignment]) -> [Provision: String] {
        checkNames(assignments, "unique id") { $0.uniqueID }
    }

    private mutating func checkNames(
        _ assignments: [Assignment],
        _ what: String,
        _ name: (Assignment) -> String?
    ) -> [Provision: String] {
        var given: [Provision: (suffix: String, span: SourceSpan)] = [:]
        var refused: Set<SourceSpan> = []
        let places = assignments.lazy.flatMap { assignment in
            assignment.accounts.lazy.map { (assignment, $0) }
        }
        for (assignment, account) in places {
            guard let suffix = name(assignment) else { continue }
            let key = Provision(set: assignment.permissionSet, account: account)
            guard let known = given[key] else {
                given[key] = (suffix, assignment.span)
                continue
            }
            guard known.suffix != suffix, refused.insert(assignment.span).inserted else { continue }
            let message =
                "the role of '\(key.set)' in \(key.account) has the \(what) \(known.suffix), "
                + "not \(suffix)"
            let problem = Diagnostic.error(
                "identity-center.suffix-contradiction",
                message,
                at: assignment.span
            )
            diagnostics.append(problem.noting("it is given here", at: known.span))
        }
        return given.mapValues(\.suffix)
    }
}
