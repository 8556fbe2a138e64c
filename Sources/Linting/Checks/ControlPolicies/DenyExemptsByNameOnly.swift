import JSONSource
import PolicyLanguage

extension Check {
    static let denyExemptsByNameOnly = Check(
        "deny-exempts-by-name-only",
        .note,
        "a guardrail spares whoever has a role of a certain name",
        why: """
            With the account left open, a role of that name in any account below escapes: whoever \
            may create roles there can give himself one. In an RCP the accounts of all the world \
            count.
            """,
        fix: """
            Name the account, or deny creating and changing roles of that name to everybody else \
            in the same policy.
            """,
        source: "Organizations User Guide, \"Service control policy examples\"",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "cloudtrail:StopLogging", "Resource": "*", "Condition":
                  {"ArnNotLike": {"aws:PrincipalArn": «"arn:aws:iam::*:role/Admin*"»}}}
                """#
            ),
            .policy(
                .serviceControlPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Deny", "Action": "cloudtrail:*", "Resource": "*", "Condition":
                    {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Admin"}}},
                  {"Effect": "Deny", "Action": "iam:*", "Resource": "arn:aws:iam::*:role/Admin*",
                    "Condition":
                      {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Admin"}}}]}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "cloudtrail:StopLogging", "Resource": "*", "Condition":
                  {"ArnNotLike": {"aws:PrincipalArn": ["arn:aws:iam::111122223333:role/Admin",
                    "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*",
                    "arn:aws:iam::*:root"]}}}
                """#
            ),
        ],
        inspection: .policy { policy in
            guard [.serviceControlPolicy, .resourceControlPolicy].contains(policy.kind) else {
                return []
            }
            var seen: Set<String> = []
            return policy.statements.filter(\.isDeny).flatMap { statement in
                statement.conditions(on: "aws:PrincipalArn").filter(\.isOpenNegation)
                    .flatMap(\.values).compactMap { value in
                        guard let role = value.text.openRole, seen.insert(value.text).inserted,
                            !policy.protectsCreation(of: role)
                        else { return nil }
                        let place =
                            policy.kind == .resourceControlPolicy
                            ? "in any account of the world" : "in any account below"
                        let message = "whoever makes a role of this name \(place) escapes the Deny"
                        return Remark(message, at: value.span)
                    }
            }
        }
    )
}

extension String {
    /// The path and name of a role whose account is left open; nil for names that AWS alone gives.
    fileprivate var openRole: String? {
        let parts = split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[2] == "iam", parts[4] == "*" else { return nil }
        guard parts[5].hasPrefix("role/"), !parts[5].hasPrefix("role/aws") else { return nil }
        return String(parts[5])
    }
}

extension WrittenPolicy {
    /// Whether the policy keeps others from making a role of the name.
    fileprivate func protectsCreation(of role: String) -> Bool {
        let wanted = Glob("arn:aws:iam::*:\(role)")
        return statements.contains { statement in
            guard statement.isDeny, statement.concerns("iam:CreateRole") else { return false }
            guard let resources = statement.resources, !resources.isNegated else { return true }
            return resources.entries.contains { Glob($0.text).covers(wanted) || $0.text == "*" }
        }
    }
}
