import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    static let actionNeedsEveryResource = Check(
        "action-needs-every-resource",
        .warning,
        "an action without resource types stands beside ARNs only",
        why: """
            By AWS's reference such an action is decided on `*`, which only `Resource: "*"` or a \
            `NotResource` list covers: an Allow gives nothing, a Deny protects nothing. For some of \
            them denials name an ARN nevertheless, on which nothing should be built.
            """,
        fix: "Give the action a statement of its own with `\"Resource\": \"*\"`.",
        source: "Service Authorization Reference; IAM User Guide, \"Resource\" (RES-7)",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": [«"ec2:DescribeInstances"», "ec2:StartInstances"],
                 "Resource": "arn:aws:ec2:*:*:instance/*"}
                """#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "ec2:DescribeInstances", "Resource": "*"}"#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:DescribeInstances",
                 "NotResource": "arn:aws:ec2:*:*:instance/*"}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:ListAllMyBuckets",
                 "Resource": "arn:aws:s3:::*"}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            // What a resource policy hangs on is its resource, whatever the action.
            guard policy.kind != .resourcePolicy, let resources = statement.listedResources,
                !resources.contains(where: { Glob.isEverything($0.text) }),
                let judged = statement.judgedActions
            else { return [] }
            return judged.compactMap { entry, actions in
                guard actions.allSatisfy({ $0.isDecidedOnEverything }) else { return nil }
                let message =
                    "AWS lists no resources for '\(entry.text)': only \"Resource\": \"*\" covers it"
                return Remark(message, at: entry.span)
            }
        }
    )
}

extension CatalogAction {
    /// Decided on `*`, where patterns over all buckets do not count (RES-7).
    fileprivate var isDecidedOnEverything: Bool {
        guard let name = ActionName(qualifiedName) else { return false }
        return ServiceCatalog.resourceUse(of: name) == .none && !hasResourceTypes
    }
}
