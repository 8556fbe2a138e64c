/// Requests that fit a generated organization, uniformly over its accounts and roles.
package struct GeneratedRequests: Sendable {
    private let plan: OrganizationPlan
    private var numbers: SeededNumbers { plan.numbers }

    package init(_ shape: OrganizationShape) { plan = OrganizationPlan(shape) }

    /// One request: a role of the file, an action of a service it may know, a resource.
    package struct Item: Sendable {
        package let principal: String
        package let action: String
        package let resource: String
        package let region: String
        package let sourceAddress: String
    }

    /// The request of a number; a number always gives the same one.
    package func item(_ number: Int) -> Item {
        let shape = plan.shape
        let account = numbers.number(below: shape.accounts, for: .requestPlace, number)
        let index = numbers.number(
            below: max(1, shape.writtenRoles),
            for: .requestPlace,
            number,
            1
        )
        let role = plan.role(index, in: account)
        let kind = numbers.number(below: 10, for: .requestAction, number)
        let region = ["eu-west-1", "eu-central-1", "eu-west-1", "us-east-1"][
            numbers.number(below: 4, for: .requestContext, number)
        ]
        let host = numbers.number(below: 65_536, for: .requestContext, number, 1)
        let (action, resource) = question(kind, number, role, account, region)
        return Item(
            principal: "\(plan.accountName(account)):role/\(role.name)",
            action: action,
            resource: resource,
            region: region,
            sourceAddress: "10.0.\(host / 256).\(host % 256)"
        )
    }

    /// Four in ten ask for what the role is for, the others for what accounts share.
    private func question(
        _ kind: Int,
        _ number: Int,
        _ role: OrganizationPlan.Role,
        _ account: Int,
        _ region: String
    ) -> (action: String, resource: String) {
        let neighbour = numbers.number(below: 3, for: .requestResource, number)
        let owner = neighbour == 0 ? plan.neighbour(of: account) : account
        let key = "2026/\(numbers.number(below: 100, for: .requestResource, number, 1)).json"
        let shared: [(String, String)] = [
            ("s3:GetObject", "\(plan.bucketARN("data", in: owner))/\(key)"),
            ("s3:PutObject", "\(plan.bucketARN("logs", in: owner))/\(key)"),
            ("kms:Decrypt", plan.keyARN(owner)),
            ("sqs:SendMessage", plan.queueARN(owner)),
            ("secretsmanager:GetSecretValue", plan.secretARN(owner)),
            ("sns:Publish", plan.topicARN(owner)),
        ]
        guard kind < 4 else { return shared[kind - 4] }
        // What a policy says with a wildcard is no action of a request.
        let actions = role.service.actions(role.level).filter { !$0.hasSuffix("*") }
        let action = actions[
            numbers.number(below: actions.count, for: .requestAction, number, 1)
        ]
        return (action, role.service.thing(of: role.team, in: plan.accountID(account), region))
    }
}

extension GeneratedRequests.Item {
    /// The request as `orgsim evaluate` reads it, without line break.
    package func line(id: Int) -> String {
        "{\"id\":\(id),\"principal\":\"\(principal)\",\"action\":\"\(action)\","
            + "\"resource\":\"\(resource)\",\"context\":{\"aws:RequestedRegion\":\"\(region)\","
            + "\"aws:SourceIp\":\"\(sourceAddress)\"}}"
    }
}

extension WorkloadService {
    /// One thing of a team in an account and Region.
    func thing(of team: Int, in account: String, _ region: String) -> String {
        let pattern = resources(of: OrganizationPlan.teamName(team)).last ?? "*"
        var parts = pattern.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
            .map(String.init)
        if parts[3] == "*" { parts[3] = region }
        if parts[4] == "*" { parts[4] = account }
        parts[5] = parts[5].map { $0 == "*" ? "main" : String($0) }.joined()
        return parts.joined(separator: ":")
    }
}
