import JSONSource
import PolicyLanguage

extension Check {
    /// Actions by which the holder changes what he himself may do, and on what.
    private static let raisingActions: [(type: String, names: [String])] = [
        ("policy", ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"]),
        (
            "user",
            [
                "iam:AttachUserPolicy", "iam:PutUserPolicy", "iam:CreateAccessKey",
                "iam:CreateLoginProfile", "iam:UpdateLoginProfile",
                "iam:DeleteUserPermissionsBoundary",
            ]
        ),
        ("group", ["iam:AttachGroupPolicy", "iam:PutGroupPolicy", "iam:AddUserToGroup"]),
        (
            "role",
            [
                "iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy",
                "iam:DeleteRolePermissionsBoundary",
            ]
        ),
    ]

    /// Actions that start something with a role and run what the caller wrote.
    private static let runningActions = [
        "cloudformation:CreateStack", "ec2:RunInstances", "ecs:RunTask", "glue:CreateJob",
        "lambda:CreateFunction", "sagemaker:CreateNotebookInstance",
    ]

    static let privilegeEscalation = Check(
        "privilege-escalation",
        .warning,
        "the holder may raise his own permissions",
        why: """
            One call makes an administrator of whoever may change policies, trust policies or \
            credentials of any user or role, or run his own code with any role of the account.
            """,
        fix: """
            Name the policies, users or roles, below a path of their own; where roles are made, \
            demand a boundary by a condition on `iam:PermissionsBoundary`.
            """,
        source: "IAM User Guide, \"Delegate permission management using permissions boundaries\"",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": ["iam:Get*", «"iam:AttachRolePolicy"»,
                  "iam:PutUserPolicy"], "Resource": "*"}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": «"iam:*"»,
                  "Resource": "arn:aws:iam::111122223333:policy/*"}
                """#
            ),
            .policy(
                .identityPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": «"iam:PassRole"», "Resource": "*", "Condition":
                    {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}},
                  {"Effect": "Allow", "Action": "lambda:*", "Resource": "*"}]}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "iam:AttachRolePolicy", "Resource": "*", "Condition":
                  {"StringEquals": {"iam:PermissionsBoundary":
                    "arn:aws:iam::111122223333:policy/Boundary"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": ["iam:CreateAccessKey", "iam:DeleteAccessKey"],
                  "Resource": "arn:aws:iam::*:user/${aws:username}"}
                """#
            ),
            .policy(
                .identityPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "iam:PassRole", "Resource":
                    "arn:aws:iam::111122223333:role/app/*"},
                  {"Effect": "Allow", "Action": "lambda:CreateFunction", "Resource": "*"}]}
                """#
            ),
            .policy(
                .identityPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition":
                    {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}},
                  {"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}]}
                """#
            ),
            .statement(.identityPolicy, #"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": ["iam:Get*", "iam:List*"], "Resource": "*"}"#
            ),
        ],
        inspection: .policy { policy in
            guard policy.kind == .identityPolicy, !policy.isBoundary else { return [] }
            return policy.statements.compactMap { statement in
                guard statement.isAllow else { return nil }
                return raising(statement, policy) ?? running(statement, policy)
            }
        }
    )

    /// What changes permissions directly.
    private static func raising(_ statement: WrittenStatement, _ policy: WrittenPolicy) -> Remark? {
        guard statement.entry(covering: raisingActions.flatMap(\.names)) != nil,
            !statement.limitsTarget(of: "iam")
        else { return nil }
        let names = raisingActions.flatMap { type, names -> [String] in
            guard statement.coversAll([type], of: "iam", in: .own) else { return [] }
            return names.filter { statement.concerns($0) && !policy.takesBack($0) }
        }
        guard let entry = statement.entry(covering: names) else { return nil }
        let more = names.count > 3 ? " and \(names.count - 3) more" : ""
        let list = names.prefix(3).joined(separator: ", ")
        return Remark("the holder may raise his own permissions by \(list)\(more)", at: entry.span)
    }

    /// Any role for one service, together with the action that starts something there.
    ///
    /// Without `iam:PassedToService` it is `pass-role-on-all`.
    private static func running(_ statement: WrittenStatement, _ policy: WrittenPolicy) -> Remark? {
        guard let entry = statement.entry(covering: ["iam:PassRole"]),
            statement.coversAll(["role"], of: "iam", in: .own),
            !policy.takesBack("iam:PassRole")
        else { return nil }
        let passed = statement.conditions(on: "iam:PassedToService")
        guard !passed.isEmpty, passed.count == statement.conditions.count else { return nil }
        let services = passed.flatMap(\.values).map { $0.text.prefix { $0 != "." } }
        for name in runningActions {
            let service = name.prefix { $0 != ":" }
            // ecs-tasks.amazonaws.com gets the roles of `ecs:RunTask`.
            guard services.contains(where: { $0 == service || $0 == "\(service)-tasks" }) else {
                continue
            }
            let starter = policy.statements.first {
                $0.isAllow && $0.actions?.isNegated == false && $0.concerns(name)
                    && $0.coversEverything && $0.conditions.isEmpty
            }
            guard let starter else { continue }
            let message = "with \(name) the holder uses every role that trusts the service"
            return Remark(message, at: entry.span)
                .noting("\(name) is allowed here", at: starter.place)
        }
        return nil
    }
}
