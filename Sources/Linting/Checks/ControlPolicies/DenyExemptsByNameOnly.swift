import JSONSource
import PolicyLanguage

extension Check {
    static let denyExemptsByNameOnly = Check(
        "deny-exempts-by-name-only",
        .note,
        "a guardrail spares a role by a name that anybody below may use",
        why: """
            With the account left open, a role of that name in any account escapes: whoever may \
            create roles gives himself one, as long as no SCP keeps the name for those it is \
            meant for.
            """,
        fix: """
            Deny `iam:CreateRole` and changes to roles of that name in an SCP that spares only \
            those who manage them, or name the account.
            """,
        source: "Organizations User Guide, \"Service control policy examples\"",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "main"},
                 "root": {"accounts": {"main": {"id": "999988887777"}}},
                 "serviceControlPolicies": {
                  "KeepTrails": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny",
                    "Action": "cloudtrail:StopLogging", "Resource": "*", "Condition":
                      {"ArnNotLike": {"aws:PrincipalArn": «"arn:aws:iam::*:role/Admin"»}}}]},
                  "KeepKeys": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny",
                    "Action": "kms:ScheduleKeyDeletion", "Resource": "*", "Condition":
                      {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Admin"}}}]}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "main"},
                 "root": {"accounts": {"main": {"id": "999988887777"}}},
                 "serviceControlPolicies": {
                  "KeepTrails": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny",
                    "Action": "cloudtrail:StopLogging", "Resource": "*", "Condition":
                      {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Admin"}}}]},
                  "KeepRoles": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny",
                    "Action": "iam:*", "Resource": "arn:aws:iam::*:role/Admin*", "Condition":
                      {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Admin"}}}]}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "main"},
                 "root": {"accounts": {"main": {"id": "999988887777"}}},
                 "serviceControlPolicies": {
                  "KeepTrails": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny",
                    "Action": "cloudtrail:StopLogging", "Resource": "*", "Condition": {"ArnNotLike":
                      {"aws:PrincipalArn": ["arn:aws:iam::111122223333:role/Admin",
                        "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*",
                        "arn:aws:iam::*:root"]}}}]}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            let guardrails = organization.policies.filter { $0.kind == .serviceControlPolicy }
                .flatMap(\.statements).filter(\.isDeny)
            var seen: Set<String> = []
            // One remark for each name, at the first guardrail that spares it.
            return guardrails.flatMap { statement in
                statement.conditions(on: "aws:PrincipalArn").filter(\.isOpenNegation)
                    .flatMap(\.values).compactMap { value in
                        guard let name = OpenRoleName(value.text),
                            seen.insert(name.role).inserted,
                            !guardrails.contains(where: { $0.keepsOthersFrom(name) })
                        else { return nil }
                        let message = "whoever makes a role of this name escapes the Deny"
                        return Remark(message, at: value.span)
                    }
            }
        }
    )
}

extension WrittenStatement {
    /// Whether the statement denies making a role of the name.
    fileprivate func keepsOthersFrom(_ name: OpenRoleName) -> Bool {
        guard concerns("iam:CreateRole") else { return false }
        guard let resources, !resources.isNegated else { return true }
        let wanted = Glob("arn:aws:iam::*:\(name.role)")
        return resources.entries.contains { $0.text == "*" || Glob($0.text).covers(wanted) }
    }
}
