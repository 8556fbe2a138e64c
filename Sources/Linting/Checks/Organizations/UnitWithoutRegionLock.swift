import JSONSource
import PolicyLanguage

extension Check {
    static let unitWithoutRegionLock = Check(
        "unit-without-region-lock",
        .warning,
        "the lock on Regions of other units does not reach this one",
        why: """
            Somebody decided that workloads stay in some Regions; accounts that the decision does \
            not reach can be used everywhere, and nobody looks there.
            """,
        fix: "Attach the guardrail to the unit or to the root, or say why the unit may do without.",
        source: "Organizations User Guide, \"Example SCPs: deny access by Region\" (KEY-7)",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "serviceControlPolicies": {"Lock": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Deny", "NotAction": "iam:*", "Resource": "*", "Condition":
                     {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "us-east-1"]}}}]}},
                 "root": {"accounts": {"m": {"id": "111111111111"}}, "organizationalUnits": {
                   "Prod": {"serviceControlPolicies": ["FullAWSAccess", "Lock"],
                     "accounts": {"a": {"id": "222222222222"}}},
                   «"Security"»: {"accounts": {"b": {"id": "333333333333"}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"},
                 "serviceControlPolicies": {"Lock": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Deny", "NotAction": "iam:*", "Resource": "*", "Condition":
                     {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "us-east-1"]}}}]},
                   "None": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"ArnNotLike":
                     {"aws:PrincipalArn": "arn:aws:iam::*:role/Janitor"}}}]}},
                 "root": {"accounts": {"m": {"id": "111111111111"}}, "organizationalUnits": {
                   "Prod": {"serviceControlPolicies": ["FullAWSAccess", "Lock"],
                     "accounts": {"a": {"id": "222222222222"}}},
                   "Suspended": {"serviceControlPolicies": ["FullAWSAccess", "None"],
                     "accounts": {"b": {"id": "333333333333"}}},
                   "Empty": {}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            let members = organization.accounts.filter {
                $0.unit != nil && !organization.isManagementAccount($0)
            }
            func isLocked(_ account: WrittenOrganization.Account) -> Bool {
                organization.documents(.serviceControlPolicy, reaching: account)
                    .contains { $0.statements.contains { $0.locksRegions || $0.deniesEverything } }
            }
            let hasLock = members.contains { account in
                organization.documents(.serviceControlPolicy, reaching: account)
                    .contains { $0.statements.contains(where: \.locksRegions) }
            }
            guard hasLock else { return [] }
            // One remark a unit: the accounts right in it share its fate.
            var seen: Set<SourceSpan> = []
            return members.filter { !isLocked($0) }.compactMap { account in
                guard let unit = account.unit.map({ organization.units[$0] }) else { return nil }
                let isRoot = unit.parent == nil
                let place = isRoot ? account.place : unit.place
                guard seen.insert(place).inserted else { return nil }
                let name = isRoot ? "the account '\(account.name)'" : "the unit '\(unit.path)'"
                let message = "no SCP restricts the Regions of \(name), as one does elsewhere"
                return Remark(message, at: place)
            }
        }
    )
}

extension WrittenStatement {
    /// A Deny of whatever is asked in other Regions, exemptions aside.
    fileprivate var locksRegions: Bool {
        guard isDeny, let actions else { return false }
        let isBroad = actions.isNegated || actions.entries.contains { $0.text == "*" }
        return isBroad
            && conditions(on: "aws:RequestedRegion").contains { $0.base?.isNegated == true }
    }

    /// Deny of everything, to all but named principals at most.
    fileprivate var deniesEverything: Bool {
        guard isDeny, let actions, !actions.isNegated else { return false }
        return actions.entries.contains { $0.text == "*" } && coversEverything
            && conditions.allSatisfy(\.exemptsPrincipals)
    }
}
