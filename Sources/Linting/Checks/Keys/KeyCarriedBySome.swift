import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    static let keyCarriedBySome = Check(
        "key-carried-by-some",
        .note,
        "an Allow names an action that never carries the key it asks for",
        why: """
            The condition fails for requests without the key, so the action is listed and yet \
            never allowed by the statement.
            """,
        fix: "Move the action to a statement of its own, without the condition.",
        source: "Service Authorization Reference",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": [«"ec2:RunInstances"», "iam:PassRole"],
                  "Resource": "*",
                  "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": ["s3:ListBucket", «"s3:GetObject"»],
                  "Resource": "*", "Condition": {"StringLike": {"s3:prefix": "home/*"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetObject"], "Resource": "*",
                  "Condition": {"StringLikeIfExists": {"s3:prefix": "home/*"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": ["s3:ListBucket", "s3:GetObject"], "Resource": "*",
                  "Condition": {"StringLike": {"s3:prefix": "home/*"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "111122223333"},
                  "Action": ["sts:AssumeRole", "sts:TagSession"],
                  "Condition": {"StringEquals": {"sts:ExternalId": "a"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": ["ec2:Describe*", "ec2:StopInstances"],
                  "Resource": "*", "Condition": {"StringEquals": {"ec2:ResourceTag/a": "b"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            guard statement.isAllow, let covered = statement.coveredActions?.allKnown else {
                return []
            }
            for condition in statement.conditions where !condition.holdsWhenAbsent {
                guard let key = CarriedKey(condition),
                    key.mayBeCarried(byOneOf: covered)
                else { continue }
                let left = namedActions(of: statement).filter { !key.mayBeCarried(by: $0.action) }
                if left.isEmpty { continue }
                return left.map { entry, _ in
                    Remark(
                        "requests for '\(entry.text)' never carry '\(condition.key.text)', so "
                            + "the statement does not allow them",
                        at: entry.span
                    )
                    .noting("the condition asks for the key here", at: condition.key.span)
                }
            }
            return []
        }
    )

    /// Actions written in full: who writes `ec2:*` does not mean every single one.
    ///
    /// What comes along with taking on a role is judged with the role's own request.
    private static func namedActions(
        of statement: WrittenStatement
    ) -> [(entry: SourceString, action: CatalogAction)] {
        let companions = ["sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"]
        return (statement.actions?.entries ?? []).compactMap { entry in
            guard let name = ActionName(entry.text), let action = ServiceCatalog.action(name),
                !companions.contains(action.qualifiedName)
            else { return nil }
            return (entry, action)
        }
    }
}
