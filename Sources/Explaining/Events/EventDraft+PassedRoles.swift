import JSONSource
import PolicyLanguage
import ServiceCatalog

// iam:PassRole, which is part of other calls and has no record of its own (PASS-1).
extension EventDraft {
    /// A need for each role that the parameters hand to a service, where the catalog says that the
    /// action checks that.
    func passedRoles() -> [RecordedEvent.Need] {
        guard let action, let pass = ActionName("iam:PassRole"), action != pass,
            action.service != "iam", action.service != "sts",
            ServiceCatalog.action(action)?.dependentActions.contains("iam:PassRole") == true
        else { return [] }
        var found: [RecordedEvent.Resource] = []
        for member in parameters { collect(member.value, named: member.key, depth: 0, &found) }
        var seen: Set<RecordedEvent.Resource> = []
        return found.filter { seen.insert($0).inserted }.map {
            RecordedEvent.Need(pass, $0, absentKeys: ["aws:RequestTag/*", "aws:TagKeys"])
        }
    }

    private func collect(
        _ value: JSONValue,
        named name: String,
        depth: Int,
        _ found: inout [RecordedEvent.Resource]
    ) {
        guard depth < 8, found.count < 100 else { return }
        if let text = value.string {
            guard let arn = ARN(text), arn.service == "iam" else { return }
            if arn.resourceType == "role" {
                found.append(.named(text))
            } else if arn.resourceType == "instance-profile", let account = arn.accountID {
                found.append(.roleOf(instanceProfile: String(arn.resourceName), account))
            }
        } else if let elements = value.elements {
            for element in elements {
                collect(element, named: name, depth: depth + 1, &found)
            }
        } else if let members = value.members {
            let isProfile = name.lowercased() == "iaminstanceprofile" && value["arn"] == nil
            if isProfile, let profile = value["name"]?.string,
                let account = callerAccount.flatMap({ AccountID($0) })
            {
                found.append(.roleOf(instanceProfile: profile, account))
            }
            for member in members {
                collect(member.value, named: member.key, depth: depth + 1, &found)
            }
        }
    }
}
