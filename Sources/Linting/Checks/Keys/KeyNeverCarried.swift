import JSONSource
import ServiceCatalog

extension Check {
    static let keyNeverCarried = Check(
        "key-never-carried",
        .warning,
        "no action of the statement carries the condition key",
        why: """
            Keys of a service come only with some of its actions. Where none of the statement's \
            actions has the key, a positive operator never holds and a negated one always does, \
            whatever the values are.
            """,
        fix: "Look up in the actions table of the service which key the action has.",
        source: "Service Authorization Reference",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"StringLike": {«"s3:prefix"»: "home/*"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": ["ec2:TerminateInstances", "ec2:StopInstances"],
                  "Resource": "*", "Condition": {"StringNotEquals": {
                  «"aws:RequestTag/team"»: "${aws:PrincipalTag/team}"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*",
                  "Condition": {"StringEquals": {«"iam:PassedToService"»: "ec2.amazonaws.com"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "*",
                  "Condition": {"StringLike": {"s3:prefix": "home/*"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "ec2:*", "Resource": "*",
                  "Condition": {"StringEquals": {"aws:RequestTag/team": "a"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": ["ec2:NewAction", "s3:GetObject"], "Resource": "*",
                  "Condition": {"StringLike": {"s3:prefix": "home/*"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "111122223333"},
                  "Action": ["sts:AssumeRole", "sts:TagSession"], "Condition": {"StringEquals":
                  {"sts:ExternalId": "a", "iam:ResourceTag/b": "c", "aws:RequestTag/d": "e"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "ssm:DeregisterManagedInstance", "Resource": "*",
                  "Condition": {"StringEquals": {"ssm:resourceTag/team": "a"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ssm:StartSession", "Resource": "*",
                  "Condition": {"Null": {"lambda:SourceFunctionArn": "false"}}}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard let actions = statement.coveredActions?.allKnown else { return [] }
            return statement.conditions.compactMap { condition in
                guard let key = CarriedKey(condition),
                    !key.mayBeCarried(byOneOf: actions)
                else { return nil }
                let what =
                    actions.count == 1
                    ? "other actions than \(actions[0].qualifiedName)" : "none of these actions"
                let message = "AWS lists '\(condition.key.text)' with \(what)"
                let meaning = consequence(of: condition, in: statement, policy)
                return Remark("\(message): \(meaning)", at: condition.key.span)
            }
        }
    )

    private static func consequence(
        of condition: WrittenCondition,
        in statement: WrittenStatement,
        _ policy: WrittenPolicy
    ) -> String {
        switch (statement.isDeny, condition.holdsWhenAbsent) {
        case (true, true): "the Deny asks for it in vain and applies whatever the request says"
        case (true, false): "the Deny never applies"
        case (false, true): "the condition always holds and limits nothing"
        case (false, false): policy.kind.grants ? "nothing is granted" : "nothing is allowed"
        }
    }
}
