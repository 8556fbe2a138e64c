import JSONSource
import PolicyLanguage

extension Check {
    /// Services whose guides show `aws:SourceArn` or `aws:SourceAccount` in their roles.
    ///
    /// The guides of datazone, iot and personalize were read in 2026-11, the others not one by one.
    /// Those that hand roles out by another resource of the account, such as EC2 and Lambda, do not.
    private static let servicesThatSendSource: Set<String> = [
        "bedrock", "bedrock-agentcore", "comprehend", "datasync", "datazone", "iot", "logs",
        "personalize", "pipes", "sagemaker", "scheduler", "ssm", "states", "transfer",
        "vpc-flow-logs",
    ]

    static let confusedDeputyTrust = Check(
        "confused-deputy-trust",
        .note,
        "a role for a service does not say on whose behalf the service may assume it",
        why: """
            The service's guide recommends the condition. Without it the role relies on the \
            service alone to check that whoever names the role owns it.
            """,
        fix: "Add `StringEquals` on `aws:SourceAccount` or `ArnLike` on `aws:SourceArn`.",
        source: "IAM User Guide, \"The confused deputy problem\", and the guides of the services",
        examples: [
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": «"scheduler.amazonaws.com"»},
                  "Action": "sts:AssumeRole"}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": "scheduler.amazonaws.com"},
                  "Action": "sts:AssumeRole", "Condition":
                    {"StringEquals": {"aws:SourceAccount": "111122223333"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service":
                  ["ec2.amazonaws.com", "lambda.amazonaws.com", "ecs-tasks.amazonaws.com"]},
                  "Action": "sts:AssumeRole"}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .trustPolicy, statement.isAllow,
                let principals = statement.principals, !principals.isNegated,
                statement.concerns("sts:AssumeRole"),
                !statement.conditions.contains(where: { $0.canonicalKey.hasPrefix("aws:source") })
            else { return [] }
            return principals.entries(ofKind: "Service").compactMap { principal in
                guard let name = ServicePrincipal(principal.text.text),
                    servicesThatSendSource.contains(name.service)
                else { return nil }
                let message =
                    "nothing says on whose behalf \(principal.text.text) may assume the role"
                return Remark(message, at: principal.text.span)
            }
        }
    )
}
