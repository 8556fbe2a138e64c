/// What generated roles may do: few thousand sets of policies for any number of roles.
///
/// A set follows from service, level and team alone, so that roles of many accounts share it.
struct RolePolicies: Sendable {
    let shape: OrganizationShape

    /// The inline policy of a role: its own service first, then a little of others.
    func statements(of role: OrganizationPlan.Role) -> [WrittenStatement] {
        let services = WorkloadService.all
        let start = services.firstIndex { $0.name == role.service.name } ?? 0
        return (0..<shape.statementsPerPolicy).map { number in
            let service = services[(start + number * 7) % services.count]
            let level = number == 0 ? role.level : .read
            return statement(number, service, level, OrganizationPlan.teamName(role.team))
        }
    }

    private func statement(
        _ number: Int,
        _ service: WorkloadService,
        _ level: WorkloadService.Level,
        _ team: String
    ) -> WrittenStatement {
        let sid = "S\(number)\(service.name)".filter { $0 != "-" }
        let actions = service.actions(level)
        let resources = service.resources(of: team)
        switch number % 5 {
        case 1: return .allow(sid, service.lists, on: ["*"])
        case 2:
            return .allow(
                sid,
                actions,
                on: resources,
                if: .init("StringEquals", "aws:ResourceTag/team", "${aws:PrincipalTag/team}")
            )
        case 3:
            return .deny(
                sid,
                [service.name + ":Delete*"],
                if: .init("StringNotEquals", "aws:ResourceAccount", "${aws:PrincipalAccount}")
            )
        case 4:
            return .allow(
                sid,
                actions,
                on: resources,
                if: .init("StringEquals", "aws:RequestedRegion", Guardrails.regions)
            )
        default: return .allow(sid, actions, on: resources)
        }
    }

    /// What the delivery role and the one of the auditors may do besides.
    static let delivery: [WrittenStatement] = [
        .allow("Enter", ["sts:AssumeRole"], on: ["arn:aws:iam::*:role/platform/PlatformAdmin"]),
        .allow("Deliver", ["cloudformation:*", "s3:*", "lambda:*", "iam:*"], on: ["*"]),
    ]

    /// The boundary that teams must put on what they create.
    static let boundary: [WrittenStatement] = [
        .allow("Everything", ["*"], on: ["*"]),
        .deny("Identities", ["iam:*User*", "iam:*AccessKey*", "organizations:*", "account:*"]),
        .deny("Boundary", ["iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary"]),
    ]

    /// A customer managed policy of a team, in every account the team works in.
    static func shared(_ team: Int) -> [WrittenStatement] {
        let name = OrganizationPlan.teamName(team)
        let chosen = (0..<3).map {
            WorkloadService.all[(team + $0 * 6) % WorkloadService.all.count]
        }
        return chosen.map { service in
            .allow(
                "Shared\(service.name)".filter { $0 != "-" },
                service.actions(.read),
                on: service.resources(of: name)
            )
        }
    }

    static func managedPolicy(of level: WorkloadService.Level) -> String {
        switch level {
        case .read: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"
        case .write: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
        case .manage: "arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"
        }
    }
}
