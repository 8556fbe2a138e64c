import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    static let rcpActionWithoutResource = Check(
        "rcp-action-without-resource",
        .warning,
        "an RCP denies an action that works on no resource",
        why: """
            RCPs are evaluated for the resource of a request. An action without resource types in \
            the Service Authorization Reference has none that an account owns. (RCP-5)
            """,
        fix: "Remove the entry; deny the action by an SCP.",
        source: "Organizations User Guide, \"Resource control policies (RCPs)\"",
        examples: [
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": ["sts:AssumeRole",
                  «"sts:GetCallerIdentity"»], "Resource": "*"}
                """#
            ),
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": ["sts:*", "s3:GetObject",
                  "sts:AssumeRole*"], "Resource": "*"}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Deny", "Action": "sts:GetCallerIdentity", "Resource": "*"}"#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .resourceControlPolicy else { return [] }
            return (statement.actions?.entries ?? []).compactMap { entry in
                guard let pattern = entry.actionPattern, let prefix = pattern.service,
                    ServiceCatalog.service(prefix)?.isReachedByRCPs == true
                else { return nil }
                let actions = ServiceCatalog.actions(matching: pattern)
                guard !actions.isEmpty, actions.allSatisfy({ !$0.hasResourceTypes }) else {
                    return nil
                }
                let message = "'\(entry.text)' works on no resource, no RCP is evaluated for it"
                return Remark(message, at: entry.span)
            }
        }
    )
}
