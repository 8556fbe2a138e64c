package import JSONSource
import OrganizationModel

// The scenario file.
extension ObjectFormat {
    package static let scenario = ObjectFormat(
        "Scenario",
        "A story in steps on one state: an organization, a clock and the sessions that were kept.",
        [
            .schema,
            .optional(
                "scenario",
                .text(),
                "What the scenario is called; left out, by its path.",
                example: #""Nobody leaves Europe""#
            ),
            .optional("description", .text(), "Why it exists; shown when it fails."),
            .optional(
                "tags",
                .texts,
                "Words by which `--tag` chooses scenarios.",
                example: #"["guardrail"]"#
            ),
            .required(
                "organization",
                .any([
                    .text(), .object { .organization },
                    .list(.any([.text(), .layer { .organization }]), atLeast: 1),
                ]),
                "The path of the organization file, the organization itself, or a list of those, "
                    + "each laid over what stands before it.",
                example: #""../organization.json""#
            ),
            .optional(
                "clock",
                .text(),
                "The moment of the first step (default 2026-01-01T00:00:00Z).",
                example: #""2026-01-15T09:00:00Z""#
            ),
            .optional("defaults", .object { .defaults }, "What steps take that do not say it."),
            .required("steps", .list(.kinds { .step }), "The steps, in order."),
        ]
    )

    static let defaults = ObjectFormat(
        "Defaults",
        "What steps take that do not say it; their own context is laid over this one.",
        [
            .optional("principal", .principals, "Who asks.", example: #""shop:role/Deploy""#),
            .optional(
                "resource",
                .oneOrMore(.text()),
                "What it is done to.",
                example: #""arn:aws:s3:::shop-orders/1""#
            ),
            .optional(
                "context",
                .context,
                "Condition keys of every request.",
                example: #"{"aws:RequestedRegion": "eu-west-1"}"#
            ), .overrideContext,
        ]
    )

    static let servicePrincipal = ObjectFormat(
        "ServicePrincipal",
        "A service that calls, for whom and because of which resource.",
        [
            .required("service", .text(), "Its principal.", example: #""lambda.amazonaws.com""#),
            .optional(
                "sourceAccount",
                .text(),
                "The account it acts for, by name or id: aws:SourceAccount.",
                example: #""shop""#
            ),
            .optional(
                "sourceArn",
                .text(),
                "The resource it acts for: aws:SourceArn.",
                example: #""arn:aws:sns:eu-west-1:222222222222:orders""#
            ),
        ]
    )
}

extension ValueFormat {
    /// Who asks: `ACCOUNT:role/NAME`, an ARN, `sso:USER/SET@ACCOUNT`, `service:…`, `anonymous` or
    /// `$SAVED`.
    static let principal = ValueFormat.any([.text(), .object { .servicePrincipal }])

    static let principals = ValueFormat.any([
        .text(), .object { .servicePrincipal }, .list(principal, atLeast: 1),
    ])

    /// Condition keys; `null` stands for a key that is absent.
    static let context = ValueFormat.named(
        "Context",
        .entries(
            .any([.scalar, .list(.scalar), .null]),
            keys: ":",
            offered: [
                "aws:CurrentTime", "aws:MultiFactorAuthPresent", "aws:RequestedRegion",
                "aws:SecureTransport", "aws:SourceIp", "aws:SourceVpc", "aws:SourceVpce",
                "aws:TagKeys", "aws:UserAgent", "aws:ViaAWSService",
            ]
        )
    )
}

// What all that is decided may say besides who, what and where.
extension MemberFormat {
    static let overrideContext = optional(
        "overrideContext",
        .flag,
        "Whether the context may give keys that only AWS sets, such as aws:PrincipalTag/…."
    )

    /// Those of every question.
    static let circumstances: [MemberFormat] = [
        .optional(
            "context",
            .context,
            "Condition keys with their values; null for a key that is absent.",
            example: #"{"aws:SourceIp": "203.0.113.9"}"#
        ), .overrideContext,
        .optional(
            "resourceAccount",
            .text(),
            "The account that owns the resource, where its ARN does not tell.",
            example: #""shop""#
        ),
        .optional(
            "through",
            .text(),
            "The ARN of the VPC endpoint the request travels through.",
            example: #""arn:aws:ec2:eu-west-1:222222222222:vpc-endpoint/vpce-1""#
        ),
        .optional(
            "viaService",
            .text(),
            "The service that asks with the caller's own credentials.",
            example: #""athena.amazonaws.com""#
        ),
        .optional(
            "without",
            .list(.word(leftOut)),
            "Policy types to leave out, as if there were none.",
            example: #"["serviceControlPolicy"]"#
        ),
    ]

    /// Those of a request that is decided, not asked about everybody.
    static let request =
        circumstances + [
            .optional(
                "unknownKeys",
                .texts,
                "Condition keys that may have any value: a key, aws:PrincipalTag/*, ec2:* or *.",
                example: #"["aws:SourceVpce"]"#
            )
        ]
}
