/// Control policies as organizations have them: at the root, per unit and per stage.
enum Guardrails {
    struct ControlPolicy: Sendable {
        let name: String
        let statements: [WrittenStatement]
    }

    /// Roles that guardrails spare.
    private static let platformRoles = [
        "arn:aws:iam::*:role/platform/*", "arn:aws:iam::*:role/OrganizationAccountAccessRole",
        "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Administrator_*",
    ]

    private static let sparesPlatform = WrittenStatement.Condition(
        "ArnNotLike",
        "aws:PrincipalArn",
        platformRoles
    )

    static let regions = ["eu-west-1", "eu-central-1"]

    static let serviceControlPolicies: [ControlPolicy] = [
        ControlPolicy(name: "ApprovedRegions", statements: [approvedRegions]),
        ControlPolicy(
            name: "StayInOrganization",
            statements: [
                .deny(
                    "Leave",
                    ["organizations:LeaveOrganization", "account:CloseAccount"]
                ),
                .deny(
                    "RootUser",
                    ["*"],
                    if: .init("StringLike", "aws:PrincipalArn", "arn:aws:iam::*:root")
                ),
            ]
        ),
        ControlPolicy(
            name: "ProtectPlatform",
            statements: [
                .deny(
                    "PlatformRoles",
                    [
                        "iam:AttachRolePolicy", "iam:DeleteRole", "iam:DeleteRolePolicy",
                        "iam:DetachRolePolicy", "iam:PutRolePolicy",
                        "iam:UpdateAssumeRolePolicy",
                    ],
                    on: ["arn:aws:iam::*:role/platform/*"],
                    if: sparesPlatform
                ),
                .deny(
                    "Trails",
                    ["cloudtrail:DeleteTrail", "cloudtrail:StopLogging", "cloudtrail:UpdateTrail"],
                    on: ["arn:aws:cloudtrail:*:*:trail/organization"],
                    if: sparesPlatform
                ),
            ]
        ),
        ControlPolicy(
            name: "ProtectDetection",
            statements: [
                .deny(
                    "Detection",
                    [
                        "guardduty:DeleteDetector", "guardduty:DisassociateFromMasterAccount",
                        "securityhub:DisableSecurityHub", "config:StopConfigurationRecorder",
                        "config:DeleteConfigurationRecorder", "access-analyzer:DeleteAnalyzer",
                    ],
                    if: sparesPlatform
                )
            ]
        ),
        ControlPolicy(
            name: "EncryptedStorage",
            statements: [
                .deny(
                    "PlainObjects",
                    ["s3:PutObject"],
                    if: .init(
                        "StringNotEqualsIfExists",
                        "s3:x-amz-server-side-encryption",
                        "aws:kms",
                        "AES256"
                    )
                ),
                .deny(
                    "PlainVolumes",
                    ["ec2:CreateVolume"],
                    if: .init("Bool", "ec2:Encrypted", "false")
                ),
            ]
        ),
        ControlPolicy(
            name: "NoLongTermKeys",
            statements: [
                .deny(
                    "Users",
                    ["iam:CreateUser", "iam:CreateAccessKey", "iam:CreateLoginProfile"],
                    if: sparesPlatform
                )
            ]
        ),
        ControlPolicy(
            name: "ProductionData",
            statements: [
                .deny(
                    "Backups",
                    ["backup:DeleteBackupVault", "backup:DeleteRecoveryPoint"],
                    if: sparesPlatform
                ),
                .deny(
                    "Databases",
                    ["rds:DeleteDBInstance", "rds:DeleteDBCluster", "dynamodb:DeleteTable"],
                    if: sparesPlatform,
                    .init("StringNotEquals", "aws:PrincipalTag/role", "owner")
                ),
            ]
        ),
        ControlPolicy(
            name: "SmallMachines",
            statements: [
                .deny(
                    "Machines",
                    ["ec2:RunInstances"],
                    on: ["arn:aws:ec2:*:*:instance/*"],
                    if: .init("StringNotLike", "ec2:InstanceType", "t3.*", "t4g.*", "m7g.large")
                )
            ]
        ),
    ]

    private static var approvedRegions: WrittenStatement {
        var statement = WrittenStatement(.deny, "OutsideApprovedRegions")
        statement.notActions = [
            "iam:*", "organizations:*", "account:*", "sts:*", "cloudfront:*", "route53:*",
            "support:*", "budgets:*", "ce:*", "health:*", "s3:ListAllMyBuckets",
            "s3:GetBucketLocation", "kms:ListAliases",
        ]
        statement.resources = ["*"]
        statement.conditions = [
            .init("StringNotEquals", "aws:RequestedRegion", regions), sparesPlatform,
        ]
        return statement
    }

    static func resourceControlPolicies(organizationID: String) -> [ControlPolicy] {
        [
            ControlPolicy(
                name: "OrganizationIdentities",
                statements: [
                    WrittenStatement.deny(
                        "Strangers",
                        [
                            "s3:*", "sqs:*", "kms:*", "secretsmanager:*", "sts:AssumeRole",
                            "sts:SetContext",
                        ],
                        if: .init("StringNotEqualsIfExists", "aws:PrincipalOrgID", organizationID),
                        .init("BoolIfExists", "aws:PrincipalIsAWSService", "false")
                    ).of(.everyone)
                ]
            ),
            ControlPolicy(
                name: "ServicesOnOurBehalf",
                statements: [
                    WrittenStatement.deny(
                        "ConfusedDeputies",
                        ["s3:*", "sqs:*", "kms:*", "secretsmanager:*", "sts:*"],
                        if: .init("StringNotEqualsIfExists", "aws:SourceOrgID", organizationID),
                        .init("Null", "aws:SourceAccount", "false"),
                        .init("Bool", "aws:PrincipalIsAWSService", "true")
                    ).of(.everyone)
                ]
            ),
            ControlPolicy(
                name: "EncryptedTransport",
                statements: [
                    WrittenStatement.deny(
                        "PlainTransport",
                        ["s3:*", "sqs:*", "kms:*", "secretsmanager:*", "sts:*"],
                        if: .init("BoolIfExists", "aws:SecureTransport", "false")
                    ).of(.everyone)
                ]
            ),
            ControlPolicy(
                name: "ProductionBuckets",
                statements: [
                    WrittenStatement.deny(
                        "PolicyChanges",
                        ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:PutBucketAcl"],
                        if: sparesPlatform
                    ).of(.everyone)
                ]
            ),
        ]
    }
}
