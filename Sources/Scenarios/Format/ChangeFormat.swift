import JSONSource
import OrganizationModel
import PolicyLanguage

// Changes of the organization.
extension ObjectFormat {
    static let changeStep = ObjectFormat(
        "ChangeStep",
        "Changes of the organization, in order; one that AWS would refuse fails the step.",
        [
            .stepName,
            .required(
                "change",
                .any([.kinds { .change }, .list(.kinds { .change }, atLeast: 1)]),
                "One change, or a list of them.",
                example: #"{"attachPolicy": "DenyLeaving", "target": "Root"}"#
            ),
            .optional(
                "expect",
                .word(["allowed", "refused"]),
                "refused for changes that AWS does not take.",
                example: #""refused""#
            ),
        ]
    )
}

extension ObjectKinds {
    static let change = ObjectKinds(
        "Change",
        "A change of the organization.",
        [
            kind(
                "attachPolicy",
                "Attaches a control policy.",
                .text(),
                [.target]
            ),
            kind(
                "detachPolicy",
                "Detaches a control policy.",
                .text(),
                [.target]
            ),
            kind(
                "putPolicy",
                "Writes a control policy, a new one or over one that is there.",
                .word(policyTypes),
                [
                    .policyName,
                    .required(
                        "document",
                        .any([
                            .object { .policy(.serviceControl) },
                            .object { .policy(.resourceControl) },
                        ]),
                        "The policy document."
                    ),
                ]
            ),
            kind(
                "deletePolicy",
                "Deletes a control policy that is attached nowhere.",
                .word(policyTypes),
                [.policyName]
            ),
            kind(
                "moveAccount",
                "Moves an account to another unit.",
                .text(),
                [
                    .required(
                        "to",
                        .text(),
                        "The unit, by path or id.",
                        example: #""Root/Suspended""#
                    )
                ]
            ),
            kind(
                "createAccount",
                "Creates an account.",
                .text(),
                [
                    .optional(
                        "id",
                        .text(pattern: "^[0-9]{12}$"),
                        "Its id, twelve digits.",
                        example: #""333333333333""#
                    ),
                    .optional("to", .text(), "The unit it goes to (default Root)."),
                ] + ObjectFormat.createdAccount
            ), kind("closeAccount", "Closes an account.", .text(), []),
            kind("removeAccount", "Takes an account out of the organization.", .text(), []),
            kind("createOrganizationalUnit", "Creates a unit, named by its path.", .text(), []),
            kind(
                "put",
                "Writes into an account, or into identityCenter: a JSON Pointer such as "
                    + "/iam/roles/Deploy.",
                .text(),
                [
                    .account,
                    .required("value", .anything, "What stands there from now on."),
                ]
            ),
            kind(
                "delete",
                "Deletes from an account, or from identityCenter: a JSON Pointer.",
                .text(),
                [.account]
            ),
            kind(
                "tag",
                "Tags a root, unit, account, user, role or resource.",
                .text(),
                [
                    .required(
                        "tags",
                        .entries(.text()),
                        "The tags.",
                        example: #"{"team": "data"}"#
                    )
                ]
            ),
            kind(
                "untag",
                "Takes tags away.",
                .text(),
                [.required("keys", .texts, "Their keys.", example: #"["team"]"#)]
            ), kind("assign", "Assigns a permission set.", .object { .assignment }, []),
            kind("unassign", "Takes an assignment back.", .object { .assignment }, []),
        ]
    )

    private static let policyTypes = ["serviceControlPolicy", "resourceControlPolicy"]

    private static func kind(
        _ name: JSONName,
        _ about: String,
        _ value: ValueFormat,
        _ members: [MemberFormat]
    ) -> Kind {
        let title = name.text.prefix(1).uppercased() + name.text.dropFirst()
        let own = MemberFormat.required(name, value, about)
        return Kind(name, ObjectFormat(title + "Change", about, [own] + members))
    }
}

extension MemberFormat {
    fileprivate static let target = required(
        "target",
        .text(),
        "Where: the root, a unit by path or id, or an account.",
        example: #""Root/Workloads""#
    )

    fileprivate static let policyName = required(
        "name",
        .text(),
        "The name of the policy.",
        example: #""DenyLeaving""#
    )

    fileprivate static let account = optional(
        "account",
        .text(),
        "The account, by name or id; identityCenter has none.",
        example: #""shop""#
    )
}
