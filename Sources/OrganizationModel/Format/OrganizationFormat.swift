package import JSONSource
import PolicyLanguage

// The organization file.
extension ObjectFormat {
    package static let organization = ObjectFormat(
        "Organization",
        "An organization with its accounts, or accounts outside of one alone.",
        choices: [.together(["organization", "root"], orElse: "externalAccounts")],
        [
            .schema,
            .optional(
                "organization",
                .object { .header },
                "What the organization itself is called and who manages it.",
                example: #"{"id": "o-exampleorg1", "managementAccount": "management"}"#,
                takesNull: false
            ),
            .optional(
                "serviceControlPolicies",
                .entries(.object { .policy(.serviceControl) }),
                "Service control policies by name; FullAWSAccess is always there.",
                example: #"{"DenyLeaving": {"$ref": "policies/deny-leaving.json"}}"#
            ),
            .optional(
                "resourceControlPolicies",
                .entries(.object { .policy(.resourceControl) }),
                "Resource control policies by name; RCPFullAWSAccess is always there.",
                example: #"{"OwnOrganizationOnly": {"$ref": "policies/own.json"}}"#
            ),
            .optional(
                "root",
                .object { .root },
                "The root with all units and accounts below it.",
                takesNull: false
            ),
            .optional(
                "identityCenter",
                .object { .identityCenter },
                "IAM Identity Center: people, permission sets and who has which one where."
            ),
            .optional(
                "externalAccounts",
                .entries(.object { .externalAccount }),
                "Accounts outside the organization by name; no control policy reaches them.",
                example: #"{"vendor": {"id": "999999999999"}}"#
            ),
            .optional(
                "awsManagedPolicies",
                .entries(
                    .kinds {
                        ObjectKinds(
                            "SuppliedPolicyOrDocument",
                            "A policy document, or an object with one.",
                            [.init("document", .suppliedPolicy)],
                            otherwise: .policy(.identity)
                        )
                    }
                ),
                "AWS managed policies by ARN that are newer than the catalog, or another version.",
                example: #"{"arn:aws:iam::aws:policy/NewPolicy": {"$ref": "new-policy.json"}}"#
            ),
            .optional(
                "trustedAccess",
                .texts,
                "Service principals of services that act across the organization.",
                example: #"["sso.amazonaws.com"]"#
            ),
            .optional(
                "delegatedAdministrators",
                .entries(.any([.texts, .null])),
                "By service principal the accounts that administer the service.",
                example: #"{"sso.amazonaws.com": ["identity"]}"#
            ),
            .optional(
                "centralizedRootAccess",
                .object { .rootAccess },
                "What of centralized root access is switched on."
            ),
            .optional(
                "missing",
                .texts,
                "What the export that the file was imported from lacked, a sentence each.",
                example: #"["errors.tsv:1:1: the call failed, so the policy is not known"]"#
            ),
        ]
    )

    static let header = ObjectFormat(
        "OrganizationHeader",
        "What the organization itself is called and who manages it.",
        [
            .optional(
                "id",
                .text(pattern: "^o-[a-z0-9]{10,32}$"),
                "The id of the organization; left out it follows from the management account's.",
                example: #""o-exampleorg1""#
            ),
            .required(
                "managementAccount",
                .text(),
                "The name or the id of the management account.",
                example: #""management""#
            ),
            .optional(
                "featureSet",
                .word(featureSets),
                "ALL (default), or CONSOLIDATED_BILLING, which knows no policies.",
                example: #""ALL""#
            ),
        ]
    )

    static let featureSets = ["ALL", "CONSOLIDATED_BILLING"]

    static let rootAccess = ObjectFormat(
        "CentralizedRootAccess",
        "What of centralized root access is switched on.",
        [
            .optional(
                "rootCredentialsManagement",
                .flag,
                "Whether the organization manages the credentials of root users.",
                example: "true"
            ),
            .optional(
                "rootSessions",
                .flag,
                "Whether sts:AssumeRoot opens sessions in member accounts.",
                example: "true"
            ),
        ]
    )

    static let suppliedPolicy = ObjectFormat(
        "SuppliedPolicy",
        "An AWS managed policy.",
        [.required("document", .object { .policy(.identity) }, "The policy document.")]
    )
}

extension MemberFormat {
    /// What an editor wants to know of a file.
    package static let schema = optional(
        "$schema",
        .anything,
        "Where the schema of the file lies, for editors; `orgsim schema` writes it.",
        example: #""organization.schema.json""#
    )

    static let tags = optional(
        "tags",
        .entries(.text()),
        "Tags: keys with values.",
        example: #"{"team": "data"}"#
    )
}
