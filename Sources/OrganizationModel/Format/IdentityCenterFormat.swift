package import JSONSource
import PolicyLanguage

// IAM Identity Center.
extension ObjectFormat {
    static let identityCenter = ObjectFormat(
        "IdentityCenter",
        "IAM Identity Center: people, permission sets and who has which one where.",
        [
            .optional(
                "instance",
                .text(),
                "The id of the instance.",
                example: #""ssoins-7223aa11bb22cc33""#
            ),
            .optional(
                "region",
                .text(),
                "The Region of the instance, us-east-1 where it is left out.",
                example: #""eu-west-1""#
            ),
            .optional(
                "account",
                .text(),
                "The account the instance lives in.",
                example: #""management""#
            ),
            .optional(
                "users",
                .entries(.object { .person }),
                "People by name.",
                example: #"{"alice": {"groups": ["Engineers"]}}"#
            ),
            .optional(
                "groups",
                .entries(.object { .people }),
                "Groups by name.",
                example: #"{"Engineers": {}}"#
            ),
            .optional(
                "permissionSets",
                .entries(.object { .permissionSet }),
                "Permission sets by name."
            ),
            .optional(
                "assignments",
                .list(.object { .assignment }),
                "Who has which permission set in which accounts."
            ),
            .optional(
                "attributesForAccessControl",
                .entries(.any([.text(pattern: #"^\$\{user:.*\}$"#), .object { .missing }])),
                "Session tags of people: by tag key the attribute its value comes from.",
                example: #"{"CostCenter": "${user:costCenter}"}"#
            ),
            .optional(
                "missingAssignments",
                .text(),
                "Why people may have more permission sets than the file says, where they may.",
                example: #""list-account-assignments.json is not in the export""#
            ),
        ]
    )

    static let person = ObjectFormat(
        "Person",
        "A user of Identity Center.",
        [
            .optional("groups", .texts, "The groups of the person.", example: #"["Engineers"]"#),
            .optional(
                "attributes",
                .entries(.text()),
                "Attributes of the person.",
                example: #"{"costCenter": "1234"}"#
            ),
        ]
    )

    static let people = ObjectFormat(
        "PeopleGroup",
        "A group of Identity Center.",
        [.optional("description", .anything, "What the group is for.", takesNull: false)]
    )

    static let permissionSet = ObjectFormat(
        "PermissionSet",
        "A permission set: what becomes a role in each account it is assigned in.",
        [
            .optional(
                "managedPolicies",
                .texts,
                "AWS managed policies by ARN.",
                example: #"["arn:aws:iam::aws:policy/ReadOnlyAccess"]"#
            ),
            .optional(
                "customerManagedPolicies",
                .list(.object { .customerPolicy }),
                "Policies that each account has under the same name.",
                example: #"[{"name": "TeamAccess", "path": "/"}]"#
            ),
            .optional(
                "inlinePolicy",
                .any([.object { .policy(.identity) }, .object { .nothing }]),
                "The inline policy."
            ),
            .optional(
                "permissionsBoundary",
                .object { .permissionSetBoundary },
                "The policy that bounds what its roles may do."
            ),
            .optional(
                "sessionDuration",
                .text(pattern: "^P"),
                "How long a session lasts, PT1H to PT12H.",
                example: #""PT4H""#
            ), .optional("description", .text(), "What the set is for."),
            .optional("relayState", .text(), "Where people land in the console."), .tags,
        ]
    )

    /// What a permission set without an inline policy may have in its place.
    static let nothing = ObjectFormat("NoPolicy", "No policy.", [])

    static let customerPolicy = ObjectFormat(
        "CustomerPolicyReference",
        "A managed policy that each account has under the same name.",
        [
            .required("name", .text(), "The name of the policy.", example: #""TeamAccess""#),
            .path,
        ]
    )

    static let permissionSetBoundary = ObjectFormat(
        "PermissionSetBoundary",
        "The policy that bounds what roles of a permission set may do.",
        choices: [.one(["customerManagedPolicy", "managedPolicy"])],
        standIn: .missing,
        [
            .optional(
                "customerManagedPolicy",
                .object { .customerPolicy },
                "A policy that each account has under the same name."
            ),
            .optional(
                "managedPolicy",
                .text(),
                "An AWS managed policy by ARN.",
                example: #""arn:aws:iam::aws:policy/PowerUserAccess""#
            ),
        ]
    )

    package static let assignment = ObjectFormat(
        "Assignment",
        "A permission set for a person or a group, in accounts.",
        choices: [.one(["user", "group"]), .some(["accounts", "organizationalUnits"])],
        assignmentMembers
    )

    private static let assignmentMembers: [MemberFormat] = [
        .required(
            "permissionSet",
            .text(),
            "The name of the permission set.",
            example: #""Developer""#
        ), .optional("user", .text(), "The person who has it.", example: #""alice""#),
        .optional("group", .text(), "The group that has it.", example: #""Engineers""#),
        .optional(
            "accounts",
            .texts,
            "Accounts by name or id.",
            example: #"["shop"]"#
        ),
        .optional(
            "organizationalUnits",
            .texts,
            "Units by path or id: every account below, at any depth.",
            example: #"["Root/Workloads"]"#
        ),
        .optional(
            "roleSuffix",
            .text(pattern: "^[0-9a-f]{16}$"),
            "The last part of the names of its roles, where it is known.",
            example: #""0123456789abcdef""#
        ), .uniqueID("AROA"),
    ]
}
