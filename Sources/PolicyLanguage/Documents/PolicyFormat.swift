package import JSONSource

// Policy documents, as the grammar of their type has them.
//
// What AWS takes in one type of policy and not in another is left out of the format of the other, so
// that an editor does not offer it; ``PolicyParser`` knows all elements and says what is wrong.
extension ObjectFormat {
    /// A policy document of a type.
    package static func policy(_ grammar: PolicyGrammar) -> ObjectFormat {
        var members: [MemberFormat] = []
        let version = ValueFormat.word(
            grammar.needsVersion2012 ? ["2012-10-17"] : ["2012-10-17", "2008-10-17"]
        )
        let language =
            "The version of the policy language; without it the one of 2008, which has "
            + "no variables."
        members.append(
            grammar.needsVersion2012
                ? .required("Version", version, language, example: #""2012-10-17""#)
                : .optional(
                    "Version",
                    version,
                    language,
                    example: #""2012-10-17""#,
                    takesNull: false
                )
        )
        if grammar.allowsID {
            members.append(
                .optional("Id", .text(), "A name for the document, which decides nothing.")
            )
        }
        let statement = ValueFormat.object { .statement(grammar) }
        members.append(
            .required(
                "Statement",
                .any([statement, .list(statement)]),
                "What the policy says: one statement, or a list of them."
            )
        )
        return ObjectFormat(
            grammar.kind.formatName + "Policy",
            "A policy document as AWS has it: \(grammar.name).",
            standIn: .missing,
            members
        )
    }

    /// What stands for something that nobody could read, a policy or what else decides.
    package static let missing = ObjectFormat(
        "Missing",
        "What stands for something that nobody could read: it may decide in any way.",
        [.required("$missing", .text(), "Why it could not be read.")]
    )

    /// Every element of a document, whatever its type.
    static let anyPolicy: [JSONName] = ["Version", "Id", "Statement"]

    /// Every element of a statement, whatever the type of its policy.
    static let anyStatement: [JSONName] = [
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource",
        "NotResource", "Condition",
    ]

    private static func statement(_ grammar: PolicyGrammar) -> ObjectFormat {
        var members: [MemberFormat] = [
            .optional(
                "Sid",
                .text(pattern: grammar.isIAM ? "^[A-Za-z0-9]*$" : nil),
                "A name for the statement, by which results call it.",
                example: #""DenyOutsideEurope""#,
                takesNull: false
            ),
            .required(
                "Effect",
                .word(grammar.effects.map(\.rawValue)),
                "Whether what fits is allowed or denied; one Deny outweighs every Allow."
            ),
        ]
        var choices: [MemberChoice] = []
        if grammar.principal != .forbidden {
            let about = "Who asks."
            if grammar.allowsNotPrincipal {
                choices.append(.one(["Principal", "NotPrincipal"]))
                members += [
                    element("Principal", principal(grammar), about),
                    element("NotPrincipal", principal(grammar), "Everybody but these, with Deny."),
                ]
            } else {
                members.append(.required("Principal", principal(grammar), about))
            }
        }
        let action = ValueFormat.oneOrMore(.text())
        let actions = #"["s3:GetObject", "s3:List*"]"#
        if grammar.allowsNotAction {
            choices.append(.one(["Action", "NotAction"]))
            members += [
                element(
                    "Action",
                    action,
                    "What is asked for; * and ? stand for anything.",
                    actions
                ),
                element("NotAction", action, "Everything but these actions.", #"["iam:*"]"#),
            ]
        } else {
            members.append(
                .required("Action", action, "What is asked for.", example: #""s3:*""#)
            )
        }
        if grammar.resource != .forbidden {
            if grammar.resource == .required { choices.append(.one(["Resource", "NotResource"])) }
            members += [
                element(
                    "Resource",
                    action,
                    "What it is done to: ARNs with * and ?, and variables behind the fifth colon.",
                    #""arn:aws:s3:::logs/*""#
                ), element("NotResource", action, "Everything but these resources."),
            ]
        }
        members.append(
            element(
                "Condition",
                .conditions,
                "When the statement counts: operators, each with condition keys and the values "
                    + "they are compared with. All of them have to hold.",
                #"{"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1"]}}"#
            )
        )
        return ObjectFormat(
            grammar.kind.formatName + "Statement",
            "A statement of \(grammar.name).",
            choices: choices,
            members
        )
    }

    private static func element(
        _ name: JSONName,
        _ value: ValueFormat,
        _ about: String,
        _ example: String? = nil
    ) -> MemberFormat {
        .optional(name, value, about, example: example, takesNull: false)
    }

    private static func principal(_ grammar: PolicyGrammar) -> ValueFormat {
        if grammar.principal == .onlyEveryone { return .word(["*"]) }
        return .any([.word(["*"]), .object { .principals }])
    }

    private static let principals = ObjectFormat(
        "Principals",
        "Who asks, by kind.",
        choices: [.some(["AWS", "Service", "Federated", "CanonicalUser"])],
        [
            element(
                "AWS",
                .oneOrMore(.text()),
                "Accounts, users, roles and sessions by ARN, accounts by id, or *.",
                #""arn:aws:iam::111111111111:root""#
            ),
            element("Service", .oneOrMore(.text()), "Services.", #""lambda.amazonaws.com""#),
            element("Federated", .oneOrMore(.text()), "Identity providers, in a trust policy."),
            element("CanonicalUser", .oneOrMore(.text()), "Canonical user ids of S3."),
        ]
    )
}

// Conditions.
extension ValueFormat {
    /// Operators as AWS spells them; other letter case is read, with a warning (COND-5).
    static let conditions = ValueFormat.named(
        "Conditions",
        .entries(
            .named("ConditionKeys", .entries(.any([.scalar, .list(.scalar)]), keys: ":")),
            keys: "^(ForAllValues:|ForAnyValue:)?((\(operators))(IfExists)?|Null)$",
            offered: ConditionOperator.Base.allCases.map(\.rawValue)
        )
    )

    private static let operators = ConditionOperator.Base.allCases.filter { $0 != .null }
        .map(\.rawValue).joined(separator: "|")
}

extension PolicyGrammar.Kind {
    fileprivate var formatName: String {
        switch self {
        case .identity: "Identity"
        case .session: "Session"
        case .trust: "Trust"
        case .resource: "Resource"
        case .vpcEndpoint: "VPCEndpoint"
        case .serviceControl: "ServiceControl"
        case .resourceControl: "ResourceControl"
        }
    }
}

extension StandIn {
    /// ``MissingPolicy``.
    package static let missing = StandIn { .missing }
}
