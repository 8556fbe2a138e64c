import JSONSource
import PolicyLanguage
import ServiceCatalog

// iam:PassRole, which is part of other calls and has no record of its own (PASS-1).
extension EventDraft {
    /// A need for each role that the parameters hand to a service.
    ///
    /// The catalog says of many actions that they check that, and not of all that do, such as those
    /// of CloudFormation and ECS; a role under a name such as `roleARN` may be passed there, too.
    func passedRoles() -> [RecordedEvent.Need] {
        guard let action, let pass = ActionName("iam:PassRole"), action != pass,
            action.service != "iam", action.service != "sts"
        else { return [] }
        let known = ServiceCatalog.action(action)
        let isCertain = known?.dependentActions.contains("iam:PassRole") == true
        // AWS names the action it denied, which then is asked about by itself.
        guard isCertain || (known?.accessLevel.mayPassRoles != false && !actions.contains(pass))
        else { return [] }
        var found: [RecordedEvent.Resource] = []
        for member in parameters {
            collect(member.value, named: member.key, depth: 0, isCertain, &found)
        }
        var seen: Set<RecordedEvent.Resource> = []
        return found.filter { seen.insert($0).inserted }.map {
            RecordedEvent.Need(
                pass,
                $0,
                absentKeys: ["aws:RequestTag/*", "aws:TagKeys"],
                isCertain: isCertain
            )
        }
    }

    private func collect(
        _ value: JSONValue,
        named name: String,
        depth: Int,
        _ isAnyName: Bool,
        _ found: inout [RecordedEvent.Resource]
    ) {
        guard depth < 8, found.count < 100 else { return }
        if let text = value.string {
            guard let arn = ARN(text), arn.service == "iam", isAnyName || name.namesRole else {
                return
            }
            if arn.resourceType == "role" {
                found.append(.named(text))
            } else if arn.resourceType == "instance-profile", let account = arn.accountID {
                found.append(.roleOf(instanceProfile: String(arn.resourceName), account))
            }
        } else if let elements = value.elements {
            for element in elements {
                collect(element, named: name, depth: depth + 1, isAnyName, &found)
            }
        } else if let members = value.members {
            let isProfile = name.lowercased() == "iaminstanceprofile" && value["arn"] == nil
            if isProfile, let profile = value["name"]?.string,
                let account = callerAccount.flatMap({ AccountID($0) })
            {
                found.append(.roleOf(instanceProfile: profile, account))
            }
            for member in members {
                collect(member.value, named: member.key, depth: depth + 1, isAnyName, &found)
            }
        }
    }
}

extension String {
    /// Whether a parameter of that name is a role, as `roleARN`, `taskRoleArn` and `serviceRole` are.
    fileprivate var namesRole: Bool {
        let name = lowercased()
        return ["role", "rolearn", "rolearns", "roles"].contains { name.hasSuffix($0) }
    }
}

extension CatalogAction.AccessLevel {
    /// Whether a call may hand a role to a service: one that only reads does not.
    fileprivate var mayPassRoles: Bool { self != .read && self != .list }
}
