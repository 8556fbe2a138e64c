import JSONSource
import PolicyLanguage
import ServiceCatalog

// Users, groups, roles and policies of an account.
extension ObjectFormat {
    static let iam = ObjectFormat(
        "IAM",
        "Users, groups, roles and policies of an account.",
        [
            .optional(
                "managedPolicies",
                .entries(
                    .kinds {
                        ObjectKinds(
                            "ManagedPolicyOrDocument",
                            "A policy document, or an object with one and its path.",
                            [.init("document", .managedPolicy)],
                            otherwise: .policy(.identity)
                        )
                    }
                ),
                "Customer managed policies by name.",
                example: #"{"DataReader": {"document": {"$ref": "data-reader.json"}}}"#
            ), .optional("users", .entries(.object { .user }), "Users by name."),
            .optional("groups", .entries(.object { .group }), "Groups by name."),
            .optional("roles", .entries(.object { .role }), "Roles by name."),
            .optional(
                "instanceProfiles",
                .entries(.object { .instanceProfile }),
                "Instance profiles by name.",
                example: #"{"web": {"role": "Web"}}"#
            ),
            .optional(
                "samlProviders",
                .entries(.object { .samlProvider }),
                "SAML providers by name.",
                example: #"{"corp": {}}"#
            ),
            .optional(
                "oidcProviders",
                .entries(.object { .oidcProvider }),
                "OIDC providers by their URL without https://.",
                example:
                    #"{"token.actions.githubusercontent.com": {"audiences": ["sts.amazonaws.com"]}}"#
            ),
            .optional(
                "passwordPolicy",
                .object { .passwordPolicy },
                "The password policy; what of it counts is whether users may change their own."
            ),
            .optional("accountAlias", .text(), "The alias of the account.", example: #""acme""#),
            .optional("root", .object { .rootUser }, "The root user of the account."),
        ]
    )

    static let managedPolicy = ObjectFormat(
        "ManagedPolicy",
        "A customer managed policy.",
        [
            .required("document", .object { .policy(.identity) }, "The policy document."), .path,
            .tags,
        ]
    )

    static let group = ObjectFormat(
        "Group",
        "A group of users.",
        [.path, .managedPolicies, .inlinePolicies]
    )

    static let user = ObjectFormat(
        "User",
        "An IAM user.",
        [
            .path,
            .optional("groups", .texts, "The groups he is in.", example: #"["Analysts"]"#),
            .inlinePolicies, .managedPolicies, .permissionsBoundary, .tags, .accessKeys,
            .optional(
                "mfaDevices",
                .texts,
                "ARNs of virtual devices and serial numbers of others.",
                example: #"["arn:aws:iam::222222222222:mfa/alice"]"#
            ), .optional("password", .object { .password }, "The password for the console."),
            .uniqueID("AIDA"),
        ]
    )

    static let role = ObjectFormat(
        "Role",
        "An IAM role.",
        [
            .path,
            .required(
                "trustPolicy",
                .object { .policy(.trust) },
                "Who may assume the role.",
                example: #"{"$ref": "policies/trust-codebuild.json"}"#
            ), .managedPolicies, .inlinePolicies, .permissionsBoundary,
            .optional(
                "maxSessionDuration",
                .integer(Quotas.roleSessionSeconds),
                "The longest a session lasts, in seconds (default 3600).",
                example: "3600"
            ), .tags,
            .optional(
                "serviceLinked",
                .flag,
                "Whether a service made the role for itself; one under /aws-service-role/ is."
            ), .moment("lastUsed", "When somebody last acted with the role."), .uniqueID("AROA"),
        ]
    )

    static let instanceProfile = ObjectFormat(
        "InstanceProfile",
        "An instance profile, with at most one role.",
        [
            .optional("role", .text(), "The role of its instances.", example: #""Web""#), .path,
            .tags,
        ]
    )

    static let samlProvider = ObjectFormat(
        "SAMLProvider",
        "A SAML provider.",
        [.tags, .optional("validUntil", .anything, "Until when its metadata are valid.")]
    )

    static let oidcProvider = ObjectFormat(
        "OIDCProvider",
        "An OIDC provider.",
        [
            .optional(
                "audiences",
                .texts,
                "The audiences of tokens it may send.",
                example: #"["sts.amazonaws.com"]"#
            ), .tags, .optional("thumbprints", .texts, "Thumbprints of its certificates."),
        ]
    )

    static let rootUser = ObjectFormat(
        "RootUser",
        "The root user of an account.",
        [
            .optional("credentials", .flag, "Whether there is a password or a key."),
            .optional("mfa", .flag, "Whether there is a second factor."), .accessKeys,
        ]
    )

    static let accessKey = ObjectFormat(
        "AccessKey",
        "An access key.",
        [
            .optional("id", .text(), "Its id.", example: #""AKIAEXAMPLE111111111""#),
            .optional("status", .word(keyStates), "Active (default) or Inactive."),
            .moment("created", "When it was made."), .moment("lastUsed", "When it was last used."),
        ]
    )

    static let keyStates = ["Active", "Inactive"]

    static let password = ObjectFormat(
        "Password",
        "A password for the console.",
        [
            .moment("lastChanged", "When it was last changed."),
            .moment("lastUsed", "When somebody last signed in with it."),
        ]
    )

    static let passwordPolicy = ObjectFormat(
        "PasswordPolicy",
        "The password policy of an account.",
        [
            .optional(
                "minimumPasswordLength",
                .integer(6...128),
                "The least number of characters."
            ),
            .optional("requireSymbols", .flag, "Whether a symbol has to be in it."),
            .optional("requireNumbers", .flag, "Whether a digit has to be in it."),
            .optional("requireUppercaseCharacters", .flag, "Whether a capital has to be in it."),
            .optional(
                "requireLowercaseCharacters",
                .flag,
                "Whether a small letter has to be in it."
            ),
            .optional(
                "allowUsersToChangePassword",
                .flag,
                "Whether users may change their own password without a policy that says so."
            ), .optional("maxPasswordAge", .integer(0...1_095), "After how many days it expires."),
            .optional(
                "passwordReusePrevention",
                .integer(1...24),
                "How many earlier ones cannot be taken again."
            ),
            .optional("hardExpiry", .flag, "Whether only an administrator renews an expired one."),
            .optional("expirePasswords", .flag, "Whether passwords expire."),
        ]
    )
}

extension MemberFormat {
    static let path = optional(
        "path",
        .text(pattern: "^/"),
        "The path in its ARN, / where it is left out.",
        example: #""/team/""#
    )

    static let managedPolicies = optional(
        "managedPolicies",
        .texts,
        "Attached managed policies: names of policies of the same account, or ARNs.",
        example: #"["DataReader", "arn:aws:iam::aws:policy/ReadOnlyAccess"]"#
    )

    static let inlinePolicies = optional(
        "inlinePolicies",
        .entries(.object { .policy(.identity) }),
        "Inline policies by name."
    )

    static let permissionsBoundary = optional(
        "permissionsBoundary",
        .text(),
        "The name or the ARN of the managed policy that bounds what it may do.",
        example: #""TeamBoundary""#
    )

    static let accessKeys = optional(
        "accessKeys",
        .list(.object { .accessKey }),
        "Access keys.",
        example: #"[{"id": "AKIAEXAMPLE111111111", "status": "Active"}]"#
    )

    static func uniqueID(_ prefix: String) -> MemberFormat {
        optional(
            "uniqueId",
            .text(pattern: "^\(prefix)[A-Z0-9]{12,124}$"),
            "The unique id that AWS gave it; without it one is made of the ARN.",
            example: #""\#(prefix)EXAMPLE123456789""#
        )
    }

    /// An instant such as 2026-01-15T09:00:00Z.
    static func moment(_ name: JSONName, _ about: String) -> MemberFormat {
        optional(name, .text(), about, example: #""2026-01-15T09:00:00Z""#)
    }
}
