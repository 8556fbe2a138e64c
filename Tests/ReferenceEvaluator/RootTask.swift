/// The five task policies of AssumeRoot (ROOT-7), as the IAM User Guide prints them.
enum RootTask {
    private static let folder = "arn:aws:iam::aws:policy/root-task/"

    /// The policy of a task; nil where the ARN names none of the five.
    static func policy(_ arn: String) -> NamedPolicy? {
        guard arn.hasPrefix(folder), let document = document(String(arn.dropFirst(folder.count)))
        else {
            return nil
        }
        return NamedPolicy(name: arn, document: PolicyDocument(document))
    }

    private static func document(_ task: String) -> JSON? {
        switch task {
        case "IAMAuditRootUserCredentials":
            let actions = [
                "iam:ListAccessKeys", "iam:ListSigningCertificates", "iam:GetLoginProfile",
                "iam:ListMFADevices", "iam:GetUser", "iam:GetAccessKeyLastUsed",
            ]
            return .policy([
                others(than: actions + ["iam:GetAccountSummary"]),
                onOthers("DenyAuditingCredentialsOnNonRootUserResource", actions),
            ])
        case "IAMCreateRootUserPassword":
            let actions = ["iam:CreateLoginProfile", "iam:GetLoginProfile"]
            return .policy([
                others(than: actions),
                onOthers("DenyCreatingPasswordOnNonRootUserResource", actions),
            ])
        case "IAMDeleteRootUserCredentials":
            let actions = [
                "iam:DeleteAccessKey", "iam:DeleteSigningCertificate", "iam:DeleteLoginProfile",
                "iam:DeactivateMFADevice", "iam:ListAccessKeys", "iam:ListSigningCertificates",
                "iam:GetLoginProfile", "iam:ListMFADevices", "iam:GetUser",
                "iam:GetAccessKeyLastUsed",
            ]
            return .policy([
                others(than: actions),
                onOthers("DenyDeletingRootUserCredentialsOnNonRootUserResource", actions),
            ])
        case "S3UnlockBucketPolicy":
            let actions = [
                "s3:DeleteBucketPolicy", "s3:PutBucketPolicy", "s3:GetBucketPolicy",
                "s3:ListAllMyBuckets",
            ]
            return .policy([
                others(than: actions),
                byOthers("DenyManagingBucketPolicyForNonRootCallers", actions),
            ])
        case "SQSUnlockQueuePolicy":
            // The guide prints no document, only the names and the sense of the statements.
            let actions = [
                "sqs:SetQueueAttributes", "sqs:GetQueueAttributes", "sqs:ListQueues",
                "sqs:GetQueueUrl",
            ]
            let ofOthers = JSON.object([
                "StringNotEquals": .object([
                    "aws:ResourceAccount": .string("${aws:PrincipalAccount}")
                ])
            ])
            return .policy([
                others(than: actions),
                .object([
                    "Sid": .string("DenyGettingQueueAttributesOnNonOwnQueue"),
                    "Effect": .string("Deny"), "Action": .string("sqs:GetQueueAttributes"),
                    "Resource": .string("*"), "Condition": ofOthers,
                ]),
                byOthers("DenyActionsForNonRootUser", actions),
            ])
        default:
            return nil
        }
    }

    private static func others(than actions: [String]) -> JSON {
        .object([
            "Sid": .string("DenyAllOtherActionsOnAnyResource"), "Effect": .string("Deny"),
            "NotAction": .strings(actions), "Resource": .string("*"),
        ])
    }

    private static func onOthers(_ sid: String, _ actions: [String]) -> JSON {
        .object([
            "Sid": .string(sid), "Effect": .string("Deny"), "Action": .strings(actions),
            "NotResource": .string("arn:aws:iam::*:root"),
        ])
    }

    private static func byOthers(_ sid: String, _ actions: [String]) -> JSON {
        .object([
            "Sid": .string(sid), "Effect": .string("Deny"), "Action": .strings(actions),
            "Resource": .string("*"),
            "Condition": .object([
                "ArnNotLike": .object(["aws:PrincipalArn": .string("arn:aws:iam::*:root")])
            ]),
        ])
    }
}
