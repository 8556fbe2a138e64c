/// An organization of any size with the sharing that real ones have, written as an organization
/// file.
///
/// Guardrails on three levels, few thousand sets of policies for any number of roles, permission
/// sets in every account, trust and resource policies within accounts and across. The text follows
/// from the shape alone.
package struct GeneratedOrganization: Sendable {
    package let plan: OrganizationPlan

    package init(_ shape: OrganizationShape) { plan = OrganizationPlan(shape) }

    /// The file as a whole; one that does not fit in memory twice is better written to a sink.
    package func bytes(indent: Int? = nil) -> [UInt8] {
        var bytes: [UInt8] = []
        write(indent: indent) { bytes += $0 }
        return bytes
    }

    /// Writes the file in pieces; an indent of nil means one line.
    package func write(indent: Int?, to sink: @escaping ([UInt8]) -> Void) {
        var text = JSONText(indent: indent, to: sink)
        text.object { text in
            text.object("organization") {
                $0.string("id", OrganizationPlan.organizationID)
                $0.string("managementAccount", "management")
            }
            controlPolicies(&text)
            root(&text)
            identityCenter(&text)
        }
        text.finish()
    }
}

extension GeneratedOrganization {
    private func controlPolicies(_ text: inout JSONText) {
        text.object("serviceControlPolicies") { text in
            for policy in Guardrails.serviceControlPolicies {
                text.policy(policy.name, policy.statements)
            }
        }
        let id = OrganizationPlan.organizationID
        text.object("resourceControlPolicies") { text in
            for policy in Guardrails.resourceControlPolicies(organizationID: id) {
                text.policy(policy.name, policy.statements)
            }
        }
    }

    private func root(_ text: inout JSONText) {
        // Accounts in the order of their unit, so that each is written once and in its place.
        var members: [[[Int]]] = OrganizationPlan.units.map { $0.below.map { _ in [] } }
        for account in 0..<plan.shape.accounts {
            let (unit, below) = plan.place(of: account)
            members[unit][below].append(account)
        }
        text.object("root") { text in
            text.strings(
                "serviceControlPolicies",
                ["FullAWSAccess", "ApprovedRegions", "StayInOrganization"]
            )
            text.strings(
                "resourceControlPolicies",
                ["OrganizationIdentities", "ServicesOnOurBehalf"]
            )
            text.object("accounts") { text in
                text.object("management") { $0.string("id", OrganizationPlan.managementID) }
            }
            text.object("organizationalUnits") { text in
                for (number, unit) in OrganizationPlan.units.enumerated() {
                    text.object(unit.name) { self.unit(unit, members[number], &$0) }
                }
            }
        }
    }

    private func unit(
        _ unit: (name: String, below: [String]),
        _ members: [[Int]],
        _ text: inout JSONText
    ) {
        let isProduction = unit.name == "Production"
        let stage = isProduction ? "ProductionData" : "SmallMachines"
        text.strings(
            "serviceControlPolicies",
            ["FullAWSAccess", "ProtectPlatform", "ProtectDetection", stage]
        )
        let resourceControl = isProduction ? ["ProductionBuckets"] : []
        text.strings("resourceControlPolicies", ["EncryptedTransport"] + resourceControl)
        text.object("organizationalUnits") { text in
            for (name, accounts) in zip(unit.below, members) {
                text.object(name) { text in
                    text.strings(
                        "serviceControlPolicies",
                        ["FullAWSAccess", "EncryptedStorage", "NoLongTermKeys"]
                    )
                    text.object("accounts") { text in
                        for account in accounts {
                            GeneratedAccount(plan: plan, number: account).write(&text)
                        }
                    }
                }
            }
        }
    }
}

extension GeneratedOrganization {
    private static let permissionSets = [
        "Administrator", "Developer", "ReadOnly", "Billing", "DataScientist", "Support",
        "DatabaseAdmin", "NetworkAdmin",
    ]

    private func identityCenter(_ text: inout JSONText) {
        let sets = Self.permissionSets.prefix(plan.shape.permissionSets)
        if sets.isEmpty { return }
        text.object("identityCenter") { text in
            text.string("instance", "ssoins-7223aa11bb22cc33")
            text.string("region", "eu-west-1")
            text.string("account", "management")
            text.object("users") { text in
                for person in 0..<plan.shape.people {
                    text.object("person\(person)") { self.person(person, &$0) }
                }
            }
            text.object("groups") { text in
                for set in sets { text.object("\(set)s") { _ in } }
            }
            text.object("permissionSets") { text in
                for (number, set) in sets.enumerated() {
                    text.object(set) { self.permissionSet(number, &$0) }
                }
            }
            text.array("assignments") { text in
                for set in sets {
                    text.object { text in
                        text.string("permissionSet", set)
                        text.string("group", "\(set)s")
                        text.strings(
                            "organizationalUnits",
                            OrganizationPlan.units.map { "Root/\($0.name)" }
                        )
                    }
                }
            }
            text.object("attributesForAccessControl") {
                $0.string("team", "${user:team}")
            }
        }
    }

    /// Three people a group; the others have no access yet.
    private func person(_ number: Int, _ text: inout JSONText) {
        let sets = plan.shape.permissionSets
        let isMember = number < 3 * sets
        let groups = isMember ? ["\(Self.permissionSets[number % sets])s"] : []
        text.strings("groups", groups)
        let team = plan.numbers.number(below: OrganizationPlan.teams, for: .person, number)
        text.object("attributes") { $0.string("team", OrganizationPlan.teamName(team)) }
    }

    private func permissionSet(_ number: Int, _ text: inout JSONText) {
        let managed = [
            "AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess", "job-function/Billing",
            "job-function/DataScientist", "job-function/SupportUser",
            "job-function/DatabaseAdministrator", "job-function/NetworkAdministrator",
        ]
        text.strings("managedPolicies", ["arn:aws:iam::aws:policy/\(managed[number])"])
        if number == 1 {
            text.policy("inlinePolicy", RolePolicies.boundary)
            text.object("permissionsBoundary") { text in
                text.object("customerManagedPolicy") { text in
                    text.string("name", "TeamBoundary")
                    text.string("path", "/")
                }
            }
        }
        text.string("sessionDuration", "PT4H")
    }
}
