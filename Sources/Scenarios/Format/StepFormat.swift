import Authorization
import JSONSource

// Steps of a scenario.
extension ObjectKinds {
    static let step: ObjectKinds = {
        let session = SessionCall.Verb.allCases.map {
            Kind($0.member, .sessionStep(of: $0))
        }
        return ObjectKinds(
            "Step",
            "A step: what it does follows from its verb, of which it has one.",
            [Kind("action", .actionStep)] + session + [
                Kind("whoCan", .whoCanStep), Kind("change", .changeStep),
                Kind("advance", .advanceStep), Kind("at", .atStep),
            ]
        )
    }()
}

extension ObjectFormat {
    static let actionStep = ObjectFormat(
        "ActionStep",
        "One request to AWS, or one for each combination of lists.",
        [
            .stepName,
            .optional("principal", .principals, "Who asks.", example: #""shop:role/Deploy""#),
            .required(
                "action",
                .oneOrMore(.text(pattern: "^[^:*]+:[^:*]+$")),
                "What is asked for: an IAM action.",
                example: #""s3:GetObject""#
            ),
            .optional(
                "resource",
                .oneOrMore(.text()),
                "What it is done to: an ARN, ACCOUNT:role/NAME, or * (default).",
                example: #""arn:aws:s3:::shop-orders/1""#
            ),
        ] + MemberFormat.request + MemberFormat.expectation
    )

    static let whoCanStep = ObjectFormat(
        "WhoCanStep",
        "A question about everybody.",
        choices: [.some(["expect", "expectIncludes", "expectExcludes"])],
        [
            .stepName,
            .required(
                "whoCan",
                .object { .whoCan },
                "What everybody is asked about.",
                example: #"{"action": "s3:GetObject", "resource": "arn:aws:s3:::shop-orders/1"}"#
            ),
            .optional(
                "expect",
                .texts,
                "Exactly those who may.",
                example: #"["shop:role/Deploy"]"#
            ),
            .optional("expectIncludes", .texts, "Some of those who may."),
            .optional("expectExcludes", .texts, "Some of those who may not."),
        ] + MemberFormat.circumstances
    )

    static let whoCan = ObjectFormat(
        "WhoCan",
        "What everybody is asked about.",
        [
            .required("action", .text(pattern: "^[^:*]+:[^:*]+$"), "An IAM action."),
            .optional("resource", .text(), "What it is done to, * where it is left out."),
            .optional("chained", .flag, "Whether to count those who get there by assuming roles."),
            .optional(
                "include",
                .list(.text(pattern: #"^(root|anonymous|service:.*\..*)$"#)),
                "Whom to ask besides users and roles.",
                example: #"["root", "anonymous", "service:lambda.amazonaws.com"]"#
            ),
        ]
    )

    static let advanceStep = ObjectFormat(
        "AdvanceStep",
        "Time that passes.",
        [
            .stepName,
            .required(
                "advance",
                .text(pattern: "^P"),
                "How much, as an ISO 8601 duration.",
                example: #""PT2H""#
            ),
        ]
    )

    static let atStep = ObjectFormat(
        "AtStep",
        "A moment that is reached; the clock never goes back.",
        [
            .stepName,
            .required("at", .text(), "The moment.", example: #""2026-01-15T09:00:00Z""#),
        ]
    )

    static let reason = ObjectFormat(
        "ReasonPattern",
        "A reason of the decision that has every field given.",
        [
            .optional(
                "policyType",
                .word(PolicyType.allCases.map(\.rawValue)),
                "The policy's type."
            ),
            .optional("policy", .text(), "Its name or ARN.", example: #""DenyLeaving""#),
            .optional(
                "statement",
                .any([.text(), .number]),
                "The Sid of the statement, or its index from 0.",
                example: #""StayInTheOrganization""#
            ),
            .optional(
                "target",
                .text(),
                "Where the policy is attached: a unit's path, an account's name, an ARN.",
                example: #""Root/Workloads""#
            ),
            .optional("kind", .word(Reason.Kind.allCases.map(\.rawValue)), "What it does."),
        ]
    )
}

extension MemberFormat {
    static let stepName = optional(
        "name",
        .text(),
        "What the step shows, in a sentence.",
        example: #""no account leaves the organization""#
    )

    /// What a step expects of each of its checks.
    static let expectation: [MemberFormat] = [
        .required(
            "expect",
            .word(Expectation.Verdict.allCases.map(\.rawValue)),
            "The verdict; denied is either kind of denial.",
            example: #""explicitDeny""#
        ),
        .optional(
            "because",
            .any([.object { .reason }, .list(.object { .reason })]),
            "A reason of the verdict, or several; each has to be there.",
            example: #"{"policyType": "serviceControlPolicy", "policy": "DenyLeaving"}"#
        ),
        .optional(
            "blockedBy",
            .list(.word(PolicyType.allCases.map(\.rawValue))),
            "Exactly the policy types that stand in the way, all of them.",
            example: #"["identityPolicy"]"#
        ),
    ]

    /// A service's own rules stand whatever is left out.
    static let leftOut = PolicyType.allCases.filter { $0 != .serviceRule }.map(\.rawValue)
}
