package import JSONSource
import PolicyLanguage

// Sessions: the parameters are those of the STS API in lowerCamelCase.
extension ObjectFormat {
    static func sessionStep(of verb: SessionCall.Verb) -> ObjectFormat {
        ObjectFormat(
            verb.formatName + "Step",
            verb.about,
            [
                .stepName,
                .optional("principal", .principal, "Who calls.", example: #""shop:role/Deploy""#),
                .required(verb.member, .object { .parameters(of: verb) }, "The parameters."),
                .optional(
                    "saveAs",
                    .text(),
                    "The name of the session for later steps, where it is $NAME.",
                    example: #""audit""#
                ),
            ] + MemberFormat.request + MemberFormat.expectation
        )
    }

    /// The parameters of a verb with the circumstances of its own call.
    static func parameters(of verb: SessionCall.Verb) -> ObjectFormat {
        parameters[verb] ?? ObjectFormat(verb.formatName, verb.about, [])
    }

    private static let parameters = Dictionary(
        uniqueKeysWithValues: SessionCall.Verb.allCases.map { verb in
            let own: [MemberFormat] = [
                .optional("context", .context, "Condition keys of this call alone."),
                .overrideContext,
            ]
            return (verb, ObjectFormat(verb.formatName, verb.about, verb.parameters + own))
        }
    )

    /// A session of a line of requests.
    static let requestSession = ObjectFormat(
        "RequestSession",
        "The session that acts: one verb with its parameters.",
        choices: [.one(SessionCall.Verb.allCases.map(\.member))],
        SessionCall.Verb.allCases.map { verb in
            .optional(
                verb.member,
                .object { .parameters(of: verb) },
                verb.about,
                takesNull: false
            )
        }
    )

    /// A line of `orgsim evaluate`.
    package static let request = ObjectFormat(
        "Request",
        "A request to AWS.",
        [
            .optional("id", .anything, "Anything by which the answer is known again."),
            .optional("principal", .principal, "Who asks.", example: #""shop:role/Deploy""#),
            .required("action", .text(), "An IAM action.", example: #""s3:GetObject""#),
            .optional("resource", .text(), "What it is done to, * where it is left out."),
            .optional("session", .object { .requestSession }, "The session that acts."),
        ] + MemberFormat.request
    )
}

extension SessionCall.Verb {
    /// The member of a step that stands for the verb.
    var member: JSONName {
        switch self {
        case .assumeRole: "assumeRole"
        case .assumeRoleWithSAML: "assumeRoleWithSAML"
        case .assumeRoleWithWebIdentity: "assumeRoleWithWebIdentity"
        case .getSessionToken: "getSessionToken"
        case .getFederationToken: "getFederationToken"
        case .assumeRoot: "assumeRoot"
        case .signIn: "signIn"
        }
    }

    fileprivate var formatName: String {
        switch self {
        case .assumeRole: "AssumeRole"
        case .assumeRoleWithSAML: "AssumeRoleWithSAML"
        case .assumeRoleWithWebIdentity: "AssumeRoleWithWebIdentity"
        case .getSessionToken: "GetSessionToken"
        case .getFederationToken: "GetFederationToken"
        case .assumeRoot: "AssumeRoot"
        case .signIn: "SignIn"
        }
    }

    fileprivate var about: String {
        switch self {
        case .assumeRole: "sts:AssumeRole: a session of a role."
        case .assumeRoleWithSAML: "sts:AssumeRoleWithSAML: a role for somebody of a SAML provider."
        case .assumeRoleWithWebIdentity:
            "sts:AssumeRoleWithWebIdentity: a role for the token of an OIDC provider."
        case .getSessionToken: "sts:GetSessionToken: a session of a user, with a second factor."
        case .getFederationToken: "sts:GetFederationToken: a session that a user hands on."
        case .assumeRoot: "sts:AssumeRoot: a session of the root user of a member account."
        case .signIn: "Somebody signs in by Identity Center."
        }
    }

    fileprivate var parameters: [MemberFormat] {
        switch self {
        case .assumeRole:
            [
                .role, .sessionName,
                .optional("externalId", .text(), "The external id.", example: #""acme-7""#),
                .serialNumber, .mfa,
            ] + MemberFormat.sessionPolicies + MemberFormat.sessionTags
        case .assumeRoleWithSAML, .assumeRoleWithWebIdentity:
            federation + MemberFormat.sessionPolicies + MemberFormat.sessionTags
        case .getSessionToken: [.duration, .serialNumber, .mfa]
        case .getFederationToken:
            [
                .required("name", .text(), "The name of the session.", example: #""app""#),
                .tags,
            ] + MemberFormat.sessionPolicies
        case .assumeRoot:
            [
                .required(
                    "targetPrincipal",
                    .text(),
                    "The account, by name, id or the ARN of its root.",
                    example: #""shop""#
                ),
                .required(
                    "taskPolicyArn",
                    .text(),
                    "The task policy that limits the session.",
                    example: #""arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy""#
                ), .duration,
            ]
        case .signIn:
            [
                .required("user", .text(), "Who signs in.", example: #""alice""#),
                .required("permissionSet", .text(), "The set.", example: #""Developer""#),
                .required("account", .text(), "The account.", example: #""shop""#),
            ]
        }
    }

    private var federation: [MemberFormat] {
        let type = self == .assumeRoleWithSAML ? "saml-provider/corp" : "oidc-provider/idp.example"
        return [
            .role, .sessionName,
            .required(
                "provider",
                .text(pattern: "^arn:"),
                "The ARN of the provider.",
                example: "\"arn:aws:iam::222222222222:\(type)\""
            ),
            .optional("audience", .text(), "The audience of the token or assertion."),
            .optional("subject", .text(), "Its subject.", example: #""repo:acme/shop:ref:main""#),
            .optional(
                "claims",
                .entries(.any([.scalar, .list(.scalar)])),
                "Claims or attributes that become condition keys.",
                example: #"{"repository": "acme/shop"}"#
            ),
        ]
    }
}

extension MemberFormat {
    fileprivate static let role = required(
        "role",
        .text(),
        "The role: ACCOUNT:role/NAME or its ARN.",
        example: #""security:role/Audit""#
    )

    fileprivate static let sessionName = optional(
        "roleSessionName",
        .text(),
        "The name of the session (default orgsim).",
        example: #""review""#
    )

    fileprivate static let serialNumber = optional(
        "serialNumber",
        .text(),
        "The second factor that is presented.",
        example: #""arn:aws:iam::222222222222:mfa/alice""#
    )

    fileprivate static let mfa = optional("mfa", .flag, "Whether a second factor is presented.")

    fileprivate static let duration = optional(
        "durationSeconds",
        .integer(),
        "How long the session lasts.",
        example: "3600"
    )

    fileprivate static let tags = optional(
        "tags",
        .entries(.text()),
        "Session tags.",
        example: #"{"team": "data"}"#
    )

    fileprivate static let sessionPolicies: [MemberFormat] = [
        .optional(
            "policy",
            .object { .policy(.session) },
            "A session policy: what of the rights remains."
        ),
        .optional(
            "policyArns",
            .texts,
            "Managed policies as session policies.",
            example: #"["arn:aws:iam::aws:policy/ReadOnlyAccess"]"#
        ), .duration,
    ]

    fileprivate static let sessionTags: [MemberFormat] = [
        .tags,
        .optional(
            "transitiveTagKeys",
            .texts,
            "Keys of tags that go along to the next role.",
            example: #"["team"]"#
        ),
        .optional("sourceIdentity", .text(), "The source identity.", example: #""alice""#),
    ]
}
