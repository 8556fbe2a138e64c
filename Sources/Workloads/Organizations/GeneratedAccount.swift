/// One account of a generated organization: its roles, policies and resources.
struct GeneratedAccount {
    let plan: OrganizationPlan
    let number: Int

    private var id: String { plan.accountID(number) }
    private var policies: RolePolicies { RolePolicies(shape: plan.shape) }

    func write(_ text: inout JSONText) {
        text.object(plan.accountName(number)) { text in
            text.string("id", id)
            text.object("tags") {
                $0.string("team", OrganizationPlan.teamName(plan.teams(of: number)[0]))
            }
            text.object("iam") { text in
                managedPolicies(&text)
                text.object("roles") { text in
                    for role in 0..<plan.shape.writtenRoles { self.role(role, &text) }
                }
                text.object("oidcProviders") { text in
                    text.object("token.actions.githubusercontent.com") {
                        $0.strings("audiences", ["sts.amazonaws.com"])
                    }
                }
            }
            text.object("resources") { GeneratedResources(plan: plan, account: number).write(&$0) }
        }
    }

    private func managedPolicies(_ text: inout JSONText) {
        text.object("managedPolicies") { text in
            text.object("TeamBoundary") { $0.policy("document", RolePolicies.boundary) }
            for team in plan.teams(of: number) {
                text.object("Shared-\(OrganizationPlan.teamName(team))") { text in
                    text.policy("document", RolePolicies.shared(team))
                    text.string("path", "/team/")
                }
            }
        }
    }

    private func role(_ index: Int, _ text: inout JSONText) {
        let role = plan.role(index, in: number)
        text.object(role.name) { text in
            text.string("path", role.path)
            text.policy("trustPolicy", [trust(of: role, index)])
            text.strings("managedPolicies", managed(role, index))
            text.object("inlinePolicies") { text in
                text.policy("permissions", inline(role, index))
            }
            if plan.numbers.number(below: 3, for: .boundary, number, index) == 0, index > 1 {
                text.string("permissionsBoundary", "TeamBoundary")
            }
            text.object("tags") { text in
                text.string("team", OrganizationPlan.teamName(role.team))
                text.string("role", role.level.title.lowercased())
            }
        }
    }

    private func inline(_ role: OrganizationPlan.Role, _ index: Int) -> [WrittenStatement] {
        index == 0 ? RolePolicies.delivery : policies.statements(of: role)
    }

    private func managed(_ role: OrganizationPlan.Role, _ index: Int) -> [String] {
        switch index {
        case 0: []
        case 1: ["arn:aws:iam::aws:policy/SecurityAudit"]
        default:
            [
                "Shared-\(OrganizationPlan.teamName(role.team))",
                RolePolicies.managedPolicy(of: role.level),
            ]
        }
    }
}

extension GeneratedAccount {
    private func trust(of role: OrganizationPlan.Role, _ index: Int) -> WrittenStatement {
        if plan.shape.trust == .everyone { return assume.of(.aws(["*"])) }
        switch index {
        case 0:
            let isDelivery = number == plan.deliveryAccount
            let root = "arn:aws:iam::\(OrganizationPlan.managementID):root"
            return assume.of(.aws([isDelivery ? root : plan.deliveryRole ?? root]))
        case 1: return fromOrganization.of(.aws([rootARN(0)]))
        default: return chosenTrust(index)
        }
    }

    private func chosenTrust(_ index: Int) -> WrittenStatement {
        switch plan.numbers.number(below: 10, for: .trust, number, index) {
        case 0...3:
            let service = ["lambda", "ecs-tasks", "states", "ec2"][index % 4]
            return assume.of(.service("\(service).amazonaws.com"))
        case 4, 5: return fromOrganization.of(.aws([rootARN(number)]))
        case 6:
            let key = WrittenStatement.Condition("StringEquals", "sts:ExternalId", "x-\(index)")
            return WrittenStatement.allow("Neighbour", ["sts:AssumeRole"], on: [], if: key)
                .of(.aws([rootARN(plan.neighbour(of: number))]))
        case 7, 8:
            return WrittenStatement.allow(
                "Delivery",
                ["sts:AssumeRoleWithWebIdentity"],
                on: [],
                if: .init(
                    "StringEquals",
                    "token.actions.githubusercontent.com:aud",
                    "sts.amazonaws.com"
                ),
                .init(
                    "StringLike",
                    "token.actions.githubusercontent.com:sub",
                    "repo:example/service\(index):*"
                )
            )
            .of(
                .federated("arn:aws:iam::\(id):oidc-provider/token.actions.githubusercontent.com")
            )
        default: return assume.of(.aws([plan.deliveryRole ?? rootARN(number)]))
        }
    }

    private func rootARN(_ account: Int) -> String {
        "arn:aws:iam::\(plan.accountID(account)):root"
    }

    private var assume: WrittenStatement { .allow("Trust", ["sts:AssumeRole"], on: []) }

    private var fromOrganization: WrittenStatement {
        .allow(
            "Organization",
            ["sts:AssumeRole", "sts:TagSession"],
            on: [],
            if: .init("StringEquals", "aws:PrincipalOrgID", OrganizationPlan.organizationID)
        )
    }
}
