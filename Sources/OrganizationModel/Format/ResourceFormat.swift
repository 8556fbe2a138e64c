import JSONSource
import PolicyLanguage

// Resources of an account.
extension ObjectFormat {
    static let resource = ObjectFormat(
        "Resource",
        "A resource with what is attached to it.",
        [
            .optional(
                "arn",
                .text(pattern: "^arn:"),
                "The ARN, where the resource is listed under a name.",
                example: #""arn:aws:s3:::shop-orders""#
            ),
            .optional(
                "policy",
                .any([.object { .policy(.resource) }, .object { .policy(.vpcEndpoint) }]),
                "The policy of the resource, for a VPC endpoint that of the endpoint."
            ), .tags,
            .optional(
                "blockPublicAccess",
                .object { .blockPublicAccess },
                "S3 Block Public Access of a bucket."
            ),
            .optional(
                "grants",
                .any([.list(.object { .grant }), .object { .missing }]),
                "Grants of a KMS key."
            ),
            .optional("vpc", .text(), "The VPC of an endpoint.", example: #""vpc-0a1b2c3d""#),
            .optional(
                "vpcEndpointType",
                .word(endpointTypes),
                "The type of an endpoint, Interface where it is left out.",
                example: #""Gateway""#
            ),
            .optional(
                "region",
                .text(),
                "The Region of a resource whose ARN names none, such as a bucket.",
                example: #""eu-west-1""#
            ),
        ]
    )

    static let unlistedResources = ObjectFormat(
        "UnlistedResources",
        "Resources that the file does not list and that may have any policy.",
        [
            .required("policy", .object { .missing }, "Why nobody knows which policies they have."),
            .optional(
                "listedServices",
                .texts,
                "Services of which all resources are listed, in the Regions that are.",
                example: #"["kms", "sqs"]"#
            ),
            .optional(
                "listedRegions",
                .texts,
                "Regions of which all resources are listed, of the services that are.",
                example: #"["eu-west-1"]"#
            ),
        ]
    )

    static let endpointTypes = [
        "Gateway", "Interface", "GatewayLoadBalancer", "Resource", "ServiceNetwork",
    ]

    static let blockPublicAccess = ObjectFormat(
        "BlockPublicAccess",
        "The four settings of S3 Block Public Access; left out they are off.",
        standIn: .missing,
        [
            .optional("blockPublicAcls", .flag, "Whether new public ACLs are refused."),
            .optional("ignorePublicAcls", .flag, "Whether public ACLs count for nothing."),
            .optional("blockPublicPolicy", .flag, "Whether new public policies are refused."),
            .optional(
                "restrictPublicBuckets",
                .flag,
                "Whether a public policy lets in only the account itself and services."
            ),
        ]
    )

    static let grant = ObjectFormat(
        "KMSGrant",
        "A grant of a KMS key.",
        choices: [.some(["granteePrincipal", "granteeServicePrincipal"])],
        [
            .optional("name", .text(), "The name of the grant."),
            .optional(
                "granteePrincipal",
                .text(),
                "Who may use the key: an account, or the ARN of a user, role or session.",
                example: #""arn:aws:iam::222222222222:role/Deploy""#
            ),
            .optional(
                "granteeServicePrincipal",
                .text(),
                "The service that may use the key.",
                example: #""dynamodb.amazonaws.com""#
            ),
            .required(
                "operations",
                .list(.word(grantOperations), atLeast: 1),
                "What the grant lets do.",
                example: #"["Decrypt", "GenerateDataKey"]"#
            ),
            .optional(
                "constraints",
                .object { .grantConstraints },
                "When the grant counts."
            ),
            .optional(
                "retiringPrincipal",
                .text(),
                "Who may retire the grant; decides nothing here."
            ),
            .optional("sourceArn", .text(), "The resource that a service acts for."),
        ]
    )

    /// AWS Key Management Service Developer Guide, "Grants in AWS KMS", "Grant operations".
    package static let grantOperations = [
        "Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext",
        "GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext", "ReEncryptFrom",
        "ReEncryptTo", "Sign", "Verify", "GenerateMac", "VerifyMac", "DeriveSharedSecret",
        "CreateGrant", "DescribeKey", "GetPublicKey", "RetireGrant",
    ]

    static let grantConstraints = ObjectFormat(
        "GrantConstraints",
        "When a grant counts.",
        [
            .optional(
                "encryptionContextEquals",
                .entries(.text()),
                "The encryption context has to be exactly this.",
                example: #"{"purpose": "backup"}"#
            ),
            .optional(
                "encryptionContextSubset",
                .entries(.text()),
                "The encryption context has to hold these."
            ),
            .optional("sourceArn", .text(), "The resource that a service acts for."),
        ]
    )
}
