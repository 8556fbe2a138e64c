package import JSONSource
import PolicyLanguage

// The root, units and accounts.
extension ObjectFormat {
    static let unit: ObjectFormat = ObjectFormat(
        "OrganizationalUnit",
        "An organizational unit with the accounts and units in it.",
        [
            .optional(
                "id",
                .text(pattern: "^(r-[a-z0-9]{4,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})$"),
                "The id of the unit; left out it follows from its path.",
                example: #""ou-ab12-workload1""#
            )
        ] + attachments + [
            .optional(
                "accounts",
                .entries(.object { .memberAccount }),
                "The accounts right in it, by name.",
                example: #"{"shop": {"id": "222222222222"}}"#
            ),
            .optional(
                "organizationalUnits",
                .entries(.object { .unit }),
                "The units right in it, by name; at most five deep.",
                example: #"{"Production": {"accounts": {}}}"#
            ), .tags,
        ]
    )

    static let root = ObjectFormat(
        "Root",
        "The root with all units and accounts below it.",
        unit.members + [
            .optional(
                "policyTypes",
                .list(.word(policyTypes)),
                "The policy types that are enabled; left out, both that authorize.",
                example: #"["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]"#
            )
        ]
    )

    static let policyTypes =
        ControlPolicyType.allCases.map(\.rawValue) + OrganizationLoader.otherPolicyTypes

    private static let attachments: [MemberFormat] = [
        .optional(
            "serviceControlPolicies",
            .texts,
            "The names of exactly the service control policies attached here; left out, "
                + "FullAWSAccess. With none attached nothing is allowed.",
            example: #"["FullAWSAccess", "DenyLeaving"]"#
        ),
        .optional(
            "resourceControlPolicies",
            .texts,
            "The names of the resource control policies attached here; RCPFullAWSAccess always is.",
            example: #"["OwnOrganizationOnly"]"#
        ),
    ]

    private static let account: [MemberFormat] = [
        .required(
            "id",
            .text(pattern: "^[0-9]{12}$"),
            "The id of the account, twelve digits.",
            example: #""222222222222""#
        ),
        .optional("iam", .object { .iam }, "Users, groups, roles and policies of the account."),
        .optional(
            "resources",
            .entries(.object { .resource }),
            "Resources by ARN, or by a name with the ARN inside. Those with a policy, tags or "
                + "settings have to be listed, others need not.",
            example: #"{"arn:aws:s3:::shop-orders": {"tags": {"class": "internal"}}}"#
        ),
        .optional(
            "status",
            .word(Account.Status.allCases.map(\.rawValue)),
            "ACTIVE (default), or SUSPENDED for one that is closed.",
            example: #""SUSPENDED""#
        ), .tags,
        .optional(
            "blockPublicAccess",
            .object { .blockPublicAccess },
            "S3 Block Public Access of the whole account."
        ),
        .optional(
            "unlistedResources",
            .entries(.object { .unlistedResources }),
            "Resources that may be there beside those that are listed, with any policy, by ARN "
                + "with wildcards: what an export could not tell.",
            example: #"{"arn:aws:sqs:*:222222222222:*": {"policy": {"$missing": "not exported"}}}"#
        ),
    ]

    static let memberAccount = ObjectFormat(
        "Account",
        "An account of the organization.",
        account + attachments
    )

    static let externalAccount = ObjectFormat(
        "ExternalAccount",
        "An account outside the organization.",
        account + [
            .optional(
                "organizationId",
                .text(),
                "The id of another organization that it belongs to.",
                example: #""o-otherorg001""#
            )
        ]
    )

    /// What may be said of an account as it is created.
    package static let createdAccount = account.filter {
        !["id", "status", "unlistedResources"].contains($0.name.text)
    }
}
