import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    static let rcpServiceNotReached = Check(
        "rcp-service-not-reached",
        .error,
        "an RCP denies actions of a service that RCPs do not reach",
        why: "The entry denies nothing: AWS evaluates RCPs for the services on its list. (RCP-6)",
        fix: """
            Restrict the service by an SCP, by resource policies, or wait until it is on the list \
            of supported services.
            """,
        source: "Organizations User Guide, \"Resource control policies (RCPs)\"",
        examples: [
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": ["s3:*", «"lambda:*"»,
                  «"sns:Publish"»], "Resource": "*"}
                """#
            ),
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": ["sqs:*", "kms:Decrypt",
                  "es:ESHttpGet", "nosuchservice:*"], "Resource": "*"}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Deny", "Action": "lambda:*", "Resource": "*"}"#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .resourceControlPolicy else { return [] }
            return (statement.actions?.entries ?? []).compactMap { entry in
                guard let prefix = entry.actionPattern?.service,
                    let service = ServiceCatalog.service(prefix), !service.isReachedByRCPs
                else { return nil }
                let message = "RCPs do not reach \(service.name): '\(entry.text)' denies nothing"
                return Remark(message, at: entry.span)
            }
        }
    )
}
