import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    static let actionNeedsEveryResource = Check(
        "action-needs-every-resource",
        .error,
        "an action without resource types stands beside ARNs only",
        why: """
            AWS decides such an action on `*`, which only `Resource: "*"` or a `NotResource` list \
            covers: an Allow gives nothing, a Deny protects nothing.
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
                    "'\(entry.text)' has no resource types: only \"Resource\": \"*\" covers it"
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
