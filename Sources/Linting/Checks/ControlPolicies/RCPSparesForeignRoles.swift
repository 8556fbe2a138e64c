import JSONSource
import PolicyLanguage

extension Check {
    static let rcpSparesForeignRoles = Check(
        "rcp-spares-foreign-roles",
        .warning,
        "an RCP against outsiders spares a role by a name that outsiders may use",
        why: """
            An RCP meets callers from all the world. With the account left open, somebody else's \
            role of that name passes, and the perimeter ends there.
            """,
        fix: "Name the account in the ARN, or list it under `aws:PrincipalAccount`.",
        source: "Organizations User Guide, \"Resource control policies (RCPs)\"",
        examples: [
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition":
                  {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                   "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
                   "ArnNotLikeIfExists": {"aws:PrincipalArn": [«"arn:aws:iam::*:role/Partner"»,
                     "arn:aws:iam::*:role/aws:ec2-infrastructure"]}}}
                """#
            ),
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition":
                  {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                   "ArnNotLikeIfExists":
                     {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/Partner"}}}
                """#
            ),
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "kms:ScheduleKeyDeletion",
                  "Resource": "*", "Condition":
                    {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/KeyAdmin"}}}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .resourceControlPolicy, statement.isDeny,
                statement.conditions.contains(where: {
                    ($0.isAboutOwner || $0.isAboutNetwork) && $0.isOpenNegation
                })
            else { return [] }
            return statement.conditions(on: "aws:PrincipalArn").filter(\.isOpenNegation)
                .flatMap(\.values).filter { OpenRoleName($0.text) != nil }
                .map {
                    Remark("a role of this name in any account of the world passes", at: $0.span)
                }
        }
    )
}
