import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    static let rcpActionWithoutResource = Check(
        "rcp-action-without-resource",
        .note,
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
                  «"sts:GetCallerIdentity"», "sts:GetSessionToken"], "Resource": "*"}
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
            let idle = (statement.actions?.entries ?? []).filter(worksOnNothing)
            guard let first = idle.first else { return [] }
            let names =
                idle.count > 1
                ? "'\(first.text)' and \(idle.count - 1) more of the list work"
                : "'\(first.text)' works"
            let message = "\(names) on no resource: no RCP is evaluated for that"
            return [Remark(message, at: first.span)]
        }
    )

    /// Whether RCPs reach the service and none of the actions has a resource.
    private static func worksOnNothing(_ entry: SourceString) -> Bool {
        guard let pattern = entry.actionPattern, let prefix = pattern.service,
            ServiceCatalog.service(prefix)?.isReachedByRCPs == true
        else { return false }
        let actions = ServiceCatalog.actions(matching: pattern)
        return !actions.isEmpty && actions.allSatisfy { !$0.hasResourceTypes }
    }
}
